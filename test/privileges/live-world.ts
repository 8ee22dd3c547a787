/**
 * All functions as they run on one machine, on real SDK clients and a helpdesk over HTTP, in this process: what the bus
 * hears is handed to the functions whose rules match, one after the other.
 */
import { DeleteItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { PutRuleCommand } from '@aws-sdk/client-eventbridge';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { AnyEvent } from '../../events/define-event.ts';
import type { FunctionName } from '../../events/words.ts';
import { auditor } from '../../functions/auditor/handler.ts';
import { classify } from '../../functions/classify/handler.ts';
import { flagWatcher, uses as flagWatcherUses } from '../../functions/flag-watcher/handler.ts';
import { ingest } from '../../functions/ingest/handler.ts';
import { orderLookup } from '../../functions/order-lookup/handler.ts';
import { reconciler, uses as reconcilerUses } from '../../functions/reconciler/handler.ts';
import { responderReply } from '../../functions/responder/reply/handler.ts';
import { responderRoute } from '../../functions/responder/route/handler.ts';
import { responderSettle } from '../../functions/responder/settle/handler.ts';
import { sealer } from '../../functions/sealer/handler.ts';
import { perConsumer } from '../../functions/shared/consumers.ts';
import type { Base, Capability, Container } from '../../functions/shared/container.ts';
import { EMBEDDED } from '../../functions/shared/embedded/testing.ts';
import { type DeployedFunction, FUNCTION_SETTINGS } from '../../functions/shared/function-settings.ts';
import { liveContainer } from '../../functions/shared/live-container.ts';
import { openAiPorts } from '../../functions/shared/openai/live-openai.ts';
import { failureQueueName, laterQueueName } from '../../functions/shared/queues/names.ts';
import { firehoseRecords } from '../../functions/shared/records/live-firehose.ts';
import { INTAKE_RULE } from '../../functions/shared/rules.ts';
import { openFlags } from '../../functions/shared/testing.ts';
import { WAITS } from '../../functions/shared/times.ts';
import { sweeper, uses as sweeperUses } from '../../functions/sweeper/handler.ts';
import { verify } from '../../functions/verify/handler.ts';
import { compilePattern } from '../../local/aws/eventbridge/pattern.ts';
import type { CustomerMessage } from '../../local/sandbox/control/requests.ts';
import { createSandbox } from '../../local/sandbox/sandbox.ts';
import { startSandboxServer } from '../../local/sandbox/server.ts';
import { topology } from '../../stacks/topology.ts';
import type { Statement } from '../../stacks/topology-permissions.ts';
import { LIBRARY } from '../../templates/generated/library.ts';
import { type Endpoint, openEndpoint } from '../contracts/endpoint.ts';
import { watcher } from '../watchers.ts';
import { PLACE } from './accesses.ts';
import { type Asked, grantedTo, guardedClients } from './guarded-clients.ts';

const TOKEN = 'webhook-token-of-a-test-with-at-least-43-characters';
export const SECRETS: Readonly<Record<string, string>> = {
  'richpanel/api_key': 'test-key',
  'richpanel/webhook_token': JSON.stringify({ active_tokens: [TOKEN] }),
  'richpanel/bot_agent_id': 'usr_bot_01',
  hash_salt: JSON.stringify({ current: 1, versions: { 1: 'salt-of-a-test-salt-of-a-test-01' } }),
  vault_key: 'vault-key-of-a-test-vault-key-01',
};

type Run = (payload: unknown) => Promise<unknown>;
type Binding<K extends Capability> = { uses: readonly K[]; bind: (container: Container<K>) => Run };
/** What is changed in a container before the function is bound to it. */
export type Override = (container: Base) => Partial<Container<Capability>>;

export type LiveWorld = Awaited<ReturnType<typeof openLiveWorld>>;

/**
 * @param granted    what a function may do; by default what the topology grants.
 * @param variables  more of the functions' environment
 */
export async function openLiveWorld(
  granted: (name: FunctionName) => readonly Statement[] = grantedTo,
  variables: Readonly<Record<string, string>> = {},
) {
  const endpoint = await openEndpoint();
  const sandbox = createSandbox({ options: { apiKey: 'test-key', seedData: false, rateLimit: null } });
  const server = await startSandboxServer({ sandbox, port: 0 });
  furnish(endpoint);
  await putIntakeRule(endpoint);
  const restore = setEnvironment({ ...ENVIRONMENT, RICHPANEL_BASE_URL: server.url, ...variables });
  const asked: Asked[] = [];
  const failures: { readonly by: FunctionName; readonly code: string }[] = [];
  const queued: string[] = [];
  let published = 0;
  let offset = 0;
  let delivered = 0;

  async function bound<K extends Capability>(
    name: DeployedFunction,
    { uses, bind }: Binding<K>,
    override?: Override,
  ): Promise<Run> {
    const clients = guardedClients(
      name,
      endpoint.url,
      () => granted(name),
      (one) => asked.push(one),
    );
    const { container } = await liveContainer(name, uses, clients, {
      embedded: EMBEDDED,
      openAi: openAiPorts,
      templates: LIBRARY,
      records: (_, env) => firehoseRecords(clients.firehose, env),
    });
    const { bus, clock } = container;
    const changed = {
      ...container,
      clock: { ...clock, now: () => clock.now() + offset },
      // `pass` moves the clock as far as a real wait would; only what is slept is short here.
      waits: WAITS,
      settings: { ...container.settings, timeoutMs: timeoutOf(name) },
      bus: {
        async putEvents(...call: Parameters<typeof bus.putEvents>) {
          const answer = await bus.putEvents(...call);
          published += call[0].length - answer.failed.length;
          return answer;
        },
      },
    };
    return bind({ ...changed, ...override?.(changed) });
  }

  const open = (override?: Override): Readonly<Record<DeployedFunction, () => Promise<Run>>> => ({
    ingest: () => bound('ingest', { uses: ['secrets', 'digests'], bind: ingest }, override),
    classify: () => bound('classify', { uses: classify.definition.uses, bind: classify }, override),
    'order-lookup': () => bound('order-lookup', { uses: orderLookup.definition.uses, bind: orderLookup }, override),
    verify: () => bound('verify', { uses: verify.definition.uses, bind: verify }, override),
    'responder-route': () =>
      bound('responder-route', { uses: responderRoute.definition.uses, bind: responderRoute }, override),
    'responder-reply': () =>
      bound('responder-reply', { uses: responderReply.definition.uses, bind: responderReply }, override),
    'responder-settle': () =>
      bound('responder-settle', { uses: responderSettle.definition.uses, bind: responderSettle }, override),
    auditor: () => bound('auditor', { uses: auditor.definition.uses, bind: auditor }, override),
    reconciler: () => bound('reconciler', { uses: reconcilerUses, bind: reconciler }, override),
    sweeper: () => bound('sweeper', { uses: sweeperUses, bind: sweeper }, override),
    'flag-watcher': () => bound('flag-watcher', { uses: flagWatcherUses, bind: flagWatcher }, override),
    sealer: () => bound('sealer', { uses: [], bind: sealer }, override),
    ...perConsumer((name) => async () => {
      const { definition, bind } = await watcher(name);
      return bound(name, { uses: definition.uses, bind }, override);
    }),
  });
  const running = new Map<FunctionName, Run>();
  for (const { name } of FUNCTION_SETTINGS) running.set(name, await open()[name]());

  const rules = topology.rules
    .filter(({ bus }) => bus === 'frontdesk')
    .map((rule) => ({ target: rule.target, matches: compilePattern(rule.pattern) }));

  /** Lambda's own retries are left out: what fails here is told. */
  async function invoke(name: FunctionName, payload: unknown): Promise<unknown> {
    try {
      return await running.get(name)?.(payload);
    } catch (error) {
      failures.push({ by: name, code: error instanceof Error ? error.message : 'unknown' });
      return undefined;
    }
  }

  /** Everything that was published has been heard. */
  async function heard() {
    while (endpoint.heard().length < published) await new Promise((resolve) => setTimeout(resolve, 1));
    return endpoint.heard();
  }

  /** Delivers until the bus has nothing new; what is parked stays parked. */
  async function run(): Promise<void> {
    while (delivered < (await heard()).length) {
      const fact = endpoint.heard()[delivered];
      delivered += 1;
      if (fact === undefined) continue;
      const event = busEvent(delivered, fact.source, fact.detailType, fact.detail);
      for (const rule of rules) if (rule.matches(event)) await invoke(rule.target, event);
    }
  }

  /** Takes everything out of a function's queues; what was in its later queue is returned. */
  function takeQueued(name: FunctionName): string[] {
    const bodies = (queue: string) => endpoint.delayed(queue).map(({ body }) => body);
    const later = bodies(laterQueueName(PLACE.env, name));
    queued.push(...later, ...bodies(failureQueueName(PLACE.env, name)));
    endpoint.emptyQueues(name);
    return later;
  }

  /** Brings back what was parked, due or not, once. */
  async function unpark(): Promise<void> {
    for (const { name } of FUNCTION_SETTINGS) {
      for (const body of takeQueued(name)) await invoke(name, { Records: [{ body }] });
      await run();
    }
  }

  /** A new window of the vendor's budget, so that a test does not wait for the old one to end. */
  async function renewBudget(): Promise<void> {
    for (const operation of ['reads', 'writes', 'orders'])
      await endpoint.dynamo.send(
        new DeleteItemCommand({
          TableName: `frontdesk_${PLACE.env}_vendor_limits`,
          Key: { bucket: { S: `richpanel#${operation}` } },
        }),
      );
  }

  return {
    endpoint,
    sandbox,
    asked,
    failures,
    /** Bodies of everything that stood in a queue. */
    queued,
    run,
    unpark,
    invoke,
    now: () => Date.now() + offset,
    refusals: () => asked.filter(({ isRefused }) => isRefused),
    /** Replaces a function by one with other ports until the returned function is called. */
    async replace(name: DeployedFunction, override: Override): Promise<() => void> {
      const former = running.get(name);
      running.set(name, await open(override)[name]());
      return () => {
        if (former) running.set(name, former);
      };
    },
    /** Hands a fact to one function, as the bus would, again or changed. */
    deliver: async (name: FunctionName, fact: AnyEvent): Promise<void> => {
      await renewBudget();
      await invoke(name, busEvent(0, `frontdesk.${fact.metadata.producer}`, fact.metadata.eventName, fact));
      await run();
    },
    discardQueues: (name: FunctionName): void => void takeQueued(name),
    unreadable: (name: FunctionName): Promise<unknown> => invoke(name, { nothing: 'of ours' }),
    /** Until the returned function is called nothing reaches the function, as if it were throttled for good. */
    stop(name: DeployedFunction): () => void {
      const former = running.get(name);
      running.delete(name);
      return () => {
        if (former) running.set(name, former);
      };
    },
    /** Moves the functions' clock and the helpdesk's; nothing happens by itself. */
    pass(ms: number): void {
      offset += ms;
      sandbox.advance(ms);
    },
    /** What nobody will look at again, and what comes back at once. */
    async rest(): Promise<void> {
      await run();
      for (let round = 0; round < 3; round += 1) await unpark();
    },
    async reconcile(): Promise<void> {
      await invoke('reconciler', {});
      await run();
    },
    async sweep(): Promise<void> {
      await invoke('sweeper', {});
      await run();
    },
    webhook: async (body: Readonly<Record<string, unknown>>, token = TOKEN): Promise<unknown> =>
      invoke('ingest', {
        rawPath: '/webhook',
        headers: { 'content-type': 'application/json', 'x-richpanel-webhook-token': token },
        body: JSON.stringify({ schema_version: 1, trigger: 'customer_message', ...body }),
        isBase64Encoded: false,
        requestContext: { http: { method: 'POST' } },
      }),
    /** A customer writes and the webhook names the message; returns the comment's id. */
    async says(conversationId: string, text: string, more: Partial<CustomerMessage> = {}): Promise<string> {
      await renewBudget();
      const { messageId } = await sandbox.customerWrites({ conversationId, text, channel: 'email', ...more });
      return messageId;
    },
    facts: (conversationId?: string): AnyEvent[] =>
      endpoint
        .heard()
        .map(({ detail }) => detail as AnyEvent)
        .filter(({ metadata }) => conversationId === undefined || metadata.conversationId === conversationId),
    outcomes: (conversationId: string): unknown[] =>
      endpoint
        .heard()
        .map(({ detail }) => detail as AnyEvent)
        .filter(({ metadata }) => metadata.eventName === 'MessageSettled' && metadata.conversationId === conversationId)
        .map(({ data }) => (data as { outcome?: unknown }).outcome),
    /** Every item of every table. */
    async items(): Promise<{ readonly table: string; readonly item: Record<string, unknown> }[]> {
      const found = [];
      for (const { name } of topology.tables) {
        const { Items = [] } = await endpoint.dynamo.send(
          new ScanCommand({ TableName: `frontdesk_${PLACE.env}_${name}` }),
        );
        for (const item of Items) found.push({ table: name, item: unmarshall(item) });
      }
      return found;
    },
    async close(): Promise<void> {
      restore();
      await server.close();
      await endpoint.close();
    },
  };
}

function timeoutOf(name: DeployedFunction): number {
  return 1000 * (FUNCTION_SETTINGS.find((one) => one.name === name)?.timeoutSeconds ?? 0);
}

/** What is slept is a hundredth as long, and ages count from receipt, so that messages may bear the dates of their examples. */
const ENVIRONMENT = {
  AWS_REGION: PLACE.region,
  FRONTDESK_ENV: PLACE.env,
  FRONTDESK_TIME_SCALE: '0.01',
  FRONTDESK_LIMITS: 'on',
  FRONTDESK_AGES_FROM: 'received',
  FRONTDESK_REOPEN_PROVEN: 'true',
  FRONTDESK_NOTE_PRIVATE: 'true',
  POWERTOOLS_LOG_LEVEL: 'SILENT',
  POWERTOOLS_METRICS_DISABLED: 'true',
};

function setEnvironment(variables: Readonly<Record<string, string>>): () => void {
  const former = Object.keys(variables).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, variables);
  return () => {
    for (const [name, value] of former)
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
  };
}

function furnish(endpoint: Endpoint): void {
  for (const [name, value] of Object.entries(SECRETS)) endpoint.putSecret(`frontdesk/${PLACE.env}/${name}`, value);
  // Parameter Store takes no empty value; a flag that is absent has its safe one.
  const flags = openFlags().set('agent_note_enabled', 'true').set('order_match_verified_enabled', 'true');
  for (const [name, value] of flags) if (value !== '') endpoint.putParameter(`/frontdesk/${PLACE.env}/${name}`, value);
  for (const { name } of FUNCTION_SETTINGS) endpoint.emptyQueues(name);
}

/** Without a target: what it would deliver, this world delivers itself. */
async function putIntakeRule({ eventBridge }: Endpoint): Promise<void> {
  const pattern = topology.rules.find(({ name }) => name === INTAKE_RULE)?.pattern;
  await eventBridge.send(
    new PutRuleCommand({
      Name: INTAKE_RULE,
      EventBusName: topology.busName(PLACE.env),
      EventPattern: JSON.stringify(pattern),
    }),
  );
}

function busEvent(serial: number, source: string, detailType: string, detail: unknown) {
  return {
    version: '0',
    id: `${serial}`,
    source,
    'detail-type': detailType,
    account: PLACE.accountId,
    region: PLACE.region,
    time: '',
    resources: [],
    detail,
  };
}
