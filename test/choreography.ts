/** All functions on memory ports with a bus that delivers at once and in order: the plain case, for tests of behaviour. */
import type { CATALOGUE } from '../events/catalogue.ts';
import type { AnyEvent } from '../events/define-event.ts';
import type { FunctionName } from '../events/words.ts';
import { analytics } from '../functions/analytics/handler.ts';
import { auditor } from '../functions/auditor/handler.ts';
import { classify } from '../functions/classify/handler.ts';
import { ingest } from '../functions/ingest/handler.ts';
import { orderLookup } from '../functions/order-lookup/handler.ts';
import { reconciler } from '../functions/reconciler/handler.ts';
import { responderReply } from '../functions/responder/reply/handler.ts';
import { responderRoute } from '../functions/responder/route/handler.ts';
import { responderSettle } from '../functions/responder/settle/handler.ts';
import { TEST_TOKEN, type TestClock, testWorld } from '../functions/shared/testing.ts';
import { sweeper } from '../functions/sweeper/handler.ts';
import { verify } from '../functions/verify/handler.ts';
import { compilePattern } from '../local/aws/eventbridge/pattern.ts';
import { topology } from '../stacks/topology.ts';

export type Choreography = ReturnType<typeof choreography>;

/**
 * @param clock  where the test's own noon will not do
 * @param deaf   functions that the bus does not reach; a test hands them what it wants
 */
export function choreography(clock?: TestClock, deaf: readonly FunctionName[] = []) {
  const world = testWorld(clock);
  const containers = new Map<FunctionName, ReturnType<typeof world.container>>();
  const containerOf = (name: FunctionName) => {
    const found = containers.get(name) ?? world.container(name);
    containers.set(name, found);
    return found;
  };
  const handlers: Partial<Record<FunctionName, (payload: unknown) => Promise<unknown>>> = {
    classify: classify(containerOf('classify')),
    'order-lookup': orderLookup(containerOf('order-lookup')),
    verify: verify(containerOf('verify')),
    'responder-route': responderRoute(containerOf('responder-route')),
    'responder-reply': responderReply(containerOf('responder-reply')),
    'responder-settle': responderSettle(containerOf('responder-settle')),
    auditor: auditor(containerOf('auditor')),
    analytics: analytics(containerOf('analytics')),
  };
  const door = ingest(containerOf('ingest'));
  const sweep = sweeper(containerOf('sweeper'));
  const reconcile = reconciler(containerOf('reconciler'));
  const rules = topology.rules
    .filter(({ bus }) => bus === 'frontdesk')
    .map((rule) => ({ name: rule.name, target: rule.target, matches: compilePattern(rule.pattern) }));
  /** Names of rules that are switched off. */
  const rulesOff = new Set<string>();
  let delivered = 0;
  const taken = new Set<string>();

  /** Delivers until nothing is left to deliver now; parked messages stay parked. */
  async function run(): Promise<void> {
    while (delivered < world.bus.published.length) {
      const entry = world.bus.published[delivered];
      delivered += 1;
      if (!entry) continue;
      const event = {
        version: '0',
        id: `${delivered}`,
        source: entry.source,
        'detail-type': entry.detailType,
        account: '0',
        region: 'x',
        time: '',
        resources: [],
        detail: JSON.parse(entry.detail) as AnyEvent,
      };
      for (const rule of rules)
        if (!rulesOff.has(rule.name) && rule.matches(event) && !deaf.includes(rule.target))
          await handlers[rule.target]?.(event);
    }
  }

  /** Brings back every parked message that is due. */
  async function unpark(): Promise<void> {
    for (const [name, container] of containers)
      for (const [index, message] of container.queues.waiting.entries()) {
        const id = `${name}:${index}`;
        if (taken.has(id) || message.dueAt > world.clock.now()) continue;
        taken.add(id);
        await handlers[name]?.({ Records: [{ body: message.body }] });
        await run();
      }
  }

  return {
    ...world,
    containerOf,
    rulesOff,
    run,
    unpark,
    /** Hands a payload to a function past all rules, then delivers what it states. */
    async hand(name: FunctionName, payload: unknown): Promise<void> {
      const handler = handlers[name];
      if (handler === undefined) throw new Error(`${name} is not among the functions`);
      await handler(payload);
      await run();
    },
    /** Which functions the rules let an event through to. */
    heardBy: (event: Readonly<Record<string, unknown>>): FunctionName[] =>
      rules.filter(({ matches }) => matches(event)).map(({ target }) => target),
    sweep: async () => {
      await sweep({});
      await run();
    },
    reconcile: async () => {
      const reconciled = await reconcile({});
      await run();
      return reconciled;
    },
    /** Moves time on in steps, bringing back what was parked on the way. */
    async pass(ms: number, step = 1000): Promise<void> {
      for (let gone = 0; gone < ms; gone += step) {
        world.clock.advance(step);
        await unpark();
      }
    },
    async webhook(body: unknown, headers: Record<string, string> = {}) {
      const answer = await door({
        rawPath: '/webhook',
        headers: { 'content-type': 'application/json', 'x-richpanel-webhook-token': TEST_TOKEN, ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
        isBase64Encoded: false,
        requestContext: { http: { method: 'POST' } },
      });
      await run();
      return answer;
    },
    facts: (): AnyEvent[] => world.bus.published.map(({ detail }) => JSON.parse(detail) as AnyEvent),
    names: (): string[] => world.bus.published.map(({ detailType }) => detailType),
    factsOf: <N extends keyof typeof CATALOGUE>(name: N): AnyEvent[] =>
      world.bus.published
        .filter(({ detailType }) => detailType === name)
        .map(({ detail }) => JSON.parse(detail) as AnyEvent),
  };
}
