/** Binds a function to the real world: the base that all have, and exactly the capabilities it asked for. */
import { openStage } from '#stage-knobs';
import { POLICY } from '../../policy/policy.ts';
import type { TemplateLibrary } from '../../templates/library.ts';
import type { ClientOptions } from './aws/live-client.ts';
import { type AwsClients, liveClients } from './aws/live-clients.ts';
import { eventBridgeBus } from './bus/live-eventbridge.ts';
import { eventBridgeIntakeRule } from './bus/live-intake-rule.ts';
import { cached } from './cached.ts';
import type { Base, Capabilities, Capability, Container, Settings } from './container.ts';
import { loadDigester } from './digests.ts';
import type { EmbeddedJudges } from './embedded/judges.ts';
import { flagsFrom } from './flags/flags.ts';
import { type DeployedFunction, FUNCTION_SETTINGS } from './function-settings.ts';
import { liveHttpTransport } from './helpdesk/live-http.ts';
import { richpanelPorts } from './helpdesk/live-richpanel.ts';
import { liveIds } from './ids/live.ts';
import { richpanelCircuits } from './limits/circuits.ts';
import { RICHPANEL_BUDGET, windowLimits } from './limits/window.ts';
import { type Environment, readEnvironment } from './live-environment.ts';
import type { openAiPorts } from './openai/live-openai.ts';
import { ssmParameters } from './parameters/live-ssm.ts';
import type { Records } from './ports.ts';
import { sqsQueues } from './queues/live-sqs.ts';
import {
  retryingBus,
  retryingIntakeRule,
  retryingParameters,
  retryingQueues,
  retryingRecords,
  retryingSecrets,
  retryingStore,
} from './retrying.ts';
import { cachedSecrets } from './secrets/cached-secrets.ts';
import { secretsManagerSecrets } from './secrets/live-secretsmanager.ts';
import type { Stage } from './stage/stage.ts';
import { dynamoStore } from './store/live-dynamodb.ts';
import { type LiveTelemetry, powertoolsTelemetry } from './telemetry/live-powertools.ts';
import { liveTrace } from './telemetry/live-trace.ts';
import { cipherFrom } from './vault/cipher.ts';

type LambdaContext = { readonly awsRequestId?: string };
type LambdaHandler<R> = (payload: unknown, context?: LambdaContext) => Promise<R>;

/** Given by the functions that judge messages: weights and SDK are in no other bundle. */
export type Judges = { readonly embedded: EmbeddedJudges; readonly openAi: typeof openAiPorts };
/** Given by the functions that know what could be answered. */
type Shelf = { readonly templates: TemplateLibrary };
/** Given by the functions that keep rows: the stream's SDK is in no other bundle. */
type Keeper = { readonly records: (ofStage: Partial<ClientOptions>, env: string) => Records };
/** What is large, and in the bundle of whoever gives it alone. */
export type Parts = Partial<Judges & Shelf & Keeper>;

/** The Lambda handler of a function: bound once per container, telemetry flushed at the end of each invocation. */
export async function liveHandler<K extends Capability, R>(
  name: DeployedFunction,
  uses: readonly K[],
  bind: (container: Container<K>) => (payload: unknown) => Promise<R>,
  parts?: Parts,
): Promise<LambdaHandler<R>> {
  const { container, telemetry } = await liveContainer(name, uses, undefined, parts);
  const handle = bind(container);
  return (payload, context) => telemetry.invocation(context?.awsRequestId ?? null, () => handle(payload));
}

/** Throws when the environment or the configuration is wrong: nothing runs on a guess. */
export async function liveContainer<K extends Capability>(
  name: DeployedFunction,
  uses: readonly K[],
  given?: AwsClients,
  parts: Parts = {},
): Promise<{ readonly container: Container<K>; readonly telemetry: LiveTelemetry }> {
  const environment = readEnvironment(process.env);
  const stage = openStage(environment.env, process.env);
  const clients = given ?? liveClients(stage.awsClients());
  const { config, version } = await stage.config();
  const telemetry = await liveTelemetry(name, environment, stage.clock);
  const settings = settingsOf(name, environment, stage, version);
  const base = { ...portsOf(name, environment, stage, clients, telemetry), settings, config, policy: POLICY };
  const makers = capabilitiesOf(base, environment, stage, clients, uses.includes('secrets' as K), parts);
  const used = Object.fromEntries(uses.map((capability) => [capability, makers[capability]()]));
  return { container: { ...base, ...(used as Pick<Capabilities, K>) }, telemetry };
}

async function liveTelemetry(
  name: DeployedFunction,
  environment: Environment,
  clock: Stage['clock'],
): Promise<LiveTelemetry> {
  const about = { functionName: name, env: environment.env, release: environment.release };
  return powertoolsTelemetry(about, await liveTrace(environment, about, { clock, ids: liveIds }));
}

function settingsOf(
  name: DeployedFunction,
  { env, release, brandId, reopenProven, notePrivate, traceShare }: Environment,
  stage: Stage,
  configVersion: string,
): Settings {
  return {
    functionName: name,
    env,
    release,
    brandId,
    timeoutMs: stage.timeoutMs(timeoutMsOf(name)),
    configVersion,
    traceShare,
    reopenProven,
    notePrivate,
    agesFrom: stage.agesFrom,
  };
}

function portsOf(
  name: DeployedFunction,
  { env, writesPhrase }: Environment,
  { clock, waits, delaySeconds }: Stage,
  clients: AwsClients,
  telemetry: LiveTelemetry,
): Omit<Base, 'config' | 'policy' | 'settings'> {
  const waiting = { clock, ids: liveIds };
  const parameters = retryingParameters(ssmParameters(clients.ssm, env), waiting);
  const isRouting = name === 'responder-route' || name === 'responder-settle';
  const { log, metrics, trace } = telemetry;
  return {
    log,
    metrics,
    trace,
    clock,
    waits,
    ids: liveIds,
    store: retryingStore(dynamoStore(clients.dynamo, env, clock), waiting),
    bus: retryingBus(eventBridgeBus(clients.eventBridge, env), waiting),
    queues: retryingQueues(sqsQueues(clients.sqs, env, name, delaySeconds), waiting),
    flags: flagsFrom(parameters, clock, telemetry, {
      cacheMs: isRouting ? waits.flagCacheRoutingMs : waits.flagCacheMs,
      writesPhrase,
    }),
  };
}

/** Made only when asked for; what several share is made once. */
function capabilitiesOf(
  base: Base,
  { env, richpanelBaseUrl }: Environment,
  { awsClients, budget, helpdesk: ofStage, modelUrl }: Stage,
  clients: AwsClients,
  mayReadSecrets: boolean,
  parts: Parts,
): { readonly [C in Capability]: () => Capabilities[C] } {
  const { clock, waits, ids, store, flags } = base;
  const waiting = { clock, ids };
  const secrets = cachedSecrets(
    retryingSecrets(secretsManagerSecrets(clients.secrets, env), waiting),
    clock,
    waits.secretCacheMs,
  );
  const isCatchingUp = async () => (await flags.read()).values.catch_up_mode;
  const limits = budget(windowLimits(store, clock, { richpanel: RICHPANEL_BUDGET }, isCatchingUp));
  const readsToWrite = base.settings.functionName.startsWith('responder-');
  const helpdesk = richpanelPorts({
    transport: ofStage(liveHttpTransport(richpanelBaseUrl)),
    secrets,
    limits,
    circuits: richpanelCircuits(base, { readsToWrite }),
    metrics: base.metrics,
    isReadOnly: async () => (await flags.read()).values.richpanel_read_only,
    knowsSeat: mayReadSecrets,
    readsAs: readsToWrite ? 'writes' : base.settings.functionName === 'reconciler' ? 'polls' : 'reads',
    clock,
    ids,
  });
  const model = modelUrl === null ? undefined : parts.openAi?.(base, modelUrl, () => secrets.read('openai/api_key'));
  const digests = cached(clock, waits.secretCacheMs, () => loadDigester(secrets));
  return {
    ...helpdesk,
    secrets: () => secrets,
    digests: () => digests,
    cipher: () => cipherFrom(secrets, ids),
    classifier: () => given(parts.embedded).classifier,
    verifier: () => given(parts.embedded).verifier,
    modelClassifier: () => model?.classifier ?? null,
    modelVerifier: () => model?.verifier ?? null,
    limits: () => limits,
    templates: () => given(parts.templates),
    parameters: () => retryingParameters(ssmParameters(clients.ssm, env), waiting),
    records: () => retryingRecords(given(parts.records)(awsClients(), env), waiting),
    intakeRule: () => retryingIntakeRule(eventBridgeIntakeRule(clients.eventBridge, env), waiting),
  };
}

/** A function that uses a part and was bound without it is a bug of ours, found at its first start. */
function given<T>(part: T | undefined): T {
  if (part === undefined) throw new Error('a function is bound without a part that it uses');
  return part;
}

function timeoutMsOf(name: DeployedFunction): number {
  const settings = FUNCTION_SETTINGS.find((one) => one.name === name);
  if (!settings) throw new Error(`no settings for ${name}`);
  return settings.timeoutSeconds * 1000;
}
