/**
 * The whole product on one machine: endpoint, functions, sandbox, webhook door, schedules. This process is supervisor and
 * holds the state; the functions run in a process of their own (architecture §4).
 */
import { join } from 'node:path';
import { isYes } from '../../config/tenant-flags.ts';
import type { AuthMethod } from '../../events/auth-methods.ts';
import { topology as shippedTopology } from '../../stacks/topology.ts';
import { LIMITS } from '../../stacks/topology-stage.ts';
import type { FunctionSpec, Topology } from '../../stacks/topology-types.ts';
import { ALARMS_FILE } from '../alarms/alarms-file.ts';
import type { AlarmWatch } from '../alarms/watch.ts';
import { schedulesOf } from '../aws/eventbridge/apply-topology.ts';
import { startQueueMapping } from '../aws/lambda/queue-mapping.ts';
import { type Schedules, startSchedules } from '../aws/lambda/schedules.ts';
import { hostEnvironment } from '../host/environment.ts';
import { type FunctionHost, startHost } from '../host/host.ts';
import { startWebhookServer, type WebhookServer } from '../host/http-front.ts';
import type { OptionsPatch } from '../sandbox/options.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { type Collected, collectTelemetry, TRACES_FILE } from '../telemetry/collect.ts';
import type { MetricReader } from '../telemetry/metric-reader.ts';
import { type Measure, watchQueues } from '../telemetry/native.ts';
import { METRICS_FILE } from '../telemetry/series-file.ts';
import { type Door, doorUrl } from '../webhook-proof.ts';
import { bundled } from './bundles.ts';
import { closeLoss } from './close-loss.ts';
import { configFile, startConfig } from './config-file.ts';
import type { DataFolder } from './data-folder.ts';
import { endClaimsOfDead } from './dead-boot.ts';
import { doorToken } from './door-token.ts';
import { type Endpoint, type Onlooker, openEndpoint } from './endpoint.ts';
import { furnishFlags, furnishModel, furnishSecrets, isLedgerLost, type OwnSecrets, withoutModel } from './furnish.ts';
import type { Helpdesk } from './helpdesk.ts';
import { flagsOfMode, type Mode } from './modes.ts';
import { type Ports, portsFrom } from './ports.ts';
import { RELEASE, ROOT } from './release.ts';
import { openSandboxHelpdesk } from './sandbox-helpdesk.ts';
import { STAGE } from './stage.ts';
import { startUpkeep } from './upkeep.ts';
import { watchAlarms } from './watch-alarms.ts';
import { openWorkspaceHelpdesk, type WorkspaceUse } from './workspace-helpdesk.ts';

export type PlatformOptions = {
  /** `null` keeps nothing on disk. */
  readonly folder: DataFolder | null;
  readonly ports?: Ports;
  /** `null` leaves an existing folder's flags alone, and means `auto` for a new one. */
  readonly mode?: Mode | null;
  readonly limits?: 'vendor' | 'unlimited';
  readonly timeScale?: number;
  /** Ages of messages from their receipt, for runs over dated messages (interfaces §2). */
  readonly agesFrom?: 'older' | 'received';
  readonly sandbox?: OptionsPatch;
  /** The real workspace to work for in place of the sandbox; `null` or absent for the sandbox. */
  readonly workspace?: WorkspaceUse | null;
  readonly topology?: Topology;
  /** Runs the built bundles in place of the sources; they look at no switch of one machine (`refuseSwitches`). */
  readonly isBundled?: boolean;
  /** The shop's configuration; the repository's own where it is left out. */
  readonly config?: string;
  /** The model over the network; `null` or absent where none is asked. */
  readonly model?: Model | null;
  readonly onlooker?: Onlooker;
  /** Where alarms are posted; `null` or absent for nowhere. */
  readonly alertUrl?: URL | null;
  /** Something a person should know, in one line; never a customer's words. */
  readonly onTrouble?: (what: string) => void;
};

/** @property baseUrl  OpenAI's own where it is left out. */
export type Model = { readonly apiKey: string; readonly baseUrl?: string };

export type Platform = {
  readonly endpoint: Endpoint;
  readonly helpdesk: Helpdesk;
  /** Throws where a real workspace is worked for. */
  readonly sandbox: Sandbox;
  readonly sandboxUrl: string;
  /** What the workspace's answers hold back, in one line each. */
  readonly held: readonly string[];
  /** For whoever is to call the webhook: with the secret that is accepted just now, whatever a rotation is doing. */
  readonly door: () => Door;
  readonly ownSecrets: OwnSecrets;
  readonly busName: string;
  readonly alarms: AlarmWatch;
  /** What functions and platform measured, as CloudWatch would answer it. */
  readonly metrics: MetricReader;
  /** The same, each value as it is recorded. */
  readonly onMeasured: Collected['listen'];
  readonly hostPid: () => number | null;
  /**
   * Takes nothing more in, lets what runs end within 10 s in all, and closes; what waits stays in the folder. Answers whether
   * everything that ran has ended: if not, the next start treats it as the work of a dead process.
   */
  stop(): Promise<boolean>;
};

/** Rows of facts for questions in SQL, below the data folder. */
export const RECORDS_HOME = 'analytics';
/** State of the sandbox in a data folder: where it stands, the folder is the sandbox's. */
export const SANDBOX_FILE = 'richpanel.sqlite';
export const WEBHOOK_HEADER = 'x-richpanel-webhook-token';
/** The path that messages take, loaded before the door opens; the others load when they are first needed. */
const HOT: readonly string[] = [
  'ingest',
  'classify',
  'auditor',
  'responder-route',
  'order-lookup',
  'verify',
  'responder-reply',
  'responder-settle',
];
/** `ingest` has its own, exact limit of 32 KB; more than this is not even read. */
const MAX_WEBHOOK_BYTES = 1024 * 1024;
/** Together less than the 10 s of a stop (interfaces §1). */
const DOOR_DRAIN_MS = 1_500;
const DRAIN_MS = 5_000;
const HOST_DRAIN_MS = 200;
/** What a function may run beside each other for its later queue when nothing is limited. */
const UNLIMITED_MAPPING = 2;

/** Starts everything; rejects with a listen error when a port was taken, and then has closed what it had opened. */
export async function startPlatform(options: PlatformOptions): Promise<Platform> {
  const { folder, limits = 'vendor', timeScale = 1, onTrouble = () => {}, topology = shippedTopology } = options;
  const ports = options.ports ?? portsFrom(0);
  const isUnlimited = limits === 'unlimited';
  const opened: (() => Promise<void> | void)[] = [];
  const closeAll = async (): Promise<void> => {
    for (const close of opened.splice(0).reverse()) await close();
  };
  let host: FunctionHost | null = null;
  let schedules: Schedules | null = null;

  try {
    const telemetry = collectTelemetry({
      functionsLog: folder?.file('functions.log') ?? null,
      tracesLog: folder?.file(TRACES_FILE) ?? null,
      metricsLog: folder?.file(METRICS_FILE) ?? null,
      env: STAGE.env,
      timeScale,
    });
    opened.push(() => telemetry.close());
    const endpoint = await openEndpoint({
      files: folder === null ? null : { sqlite: folder.file('aws.sqlite'), records: folder.file(RECORDS_HOME) },
      topology,
      port: ports.aws,
      timeScale,
      limits,
      onlooker: options.onlooker,
      measure: telemetry.measure,
      invoker: (invocation) => host?.invoke(invocation) ?? Promise.resolve({ ok: false, code: 'unavailable' }),
      onTrouble,
      // In a folder that is new nothing is lost.
      ...(folder?.isNew === false && {
        onMissing: (tables, present) => closeLoss(tables, present, onTrouble),
      }),
    });
    opened.push(() => endpoint.close());
    opened.push(startUpkeep(endpoint.database, endpoint.sqs, onTrouble));
    const { workspace: use = null } = options;
    const config = options.config ?? configFile({});
    const auth = startConfig(config).webhook.auth[STAGE.env];
    const ownSecrets = furnishSecrets(endpoint.secrets, STAGE.env, use?.workspace ?? null, auth);
    if (ownSecrets.isWebhookTokenRenewed)
      onTrouble(`no secret of the webhook was fit for ${auth}: a new one was made (docs/webhooks.md)`);
    const { model = null } = options;
    if (model) furnishModel(endpoint, STAGE.env, model.apiKey);
    else if (options.isBundled && withoutModel(endpoint, STAGE.env))
      onTrouble('openai_enabled was switched off: no key was given for this start (--classifier openai)');
    const helpdesk =
      use === null
        ? await openSandboxHelpdesk({
            file: folder?.file(SANDBOX_FILE) ?? null,
            apiKey: ownSecrets.richpanelKey,
            port: ports.richpanel,
            isUnlimited,
            options: options.sandbox,
          })
        : openWorkspaceHelpdesk(use, endpoint.server.url, onTrouble);
    opened.push(() => helpdesk.close());
    const held = furnishFlags(endpoint.ssm, endpoint.putParameter, {
      env: STAGE.env,
      isNew: folder?.isNew ?? true,
      mode: options.mode ?? null,
      now: Date.now(),
      answers: helpdesk.answers,
    });
    const opens = options.mode && flagsOfMode(options.mode).automation_enabled === 'true';
    if (opens && isLedgerLost(endpoint.ssm, STAGE.env))
      onTrouble('the ledger is not known to be whole: --mode leaves automation_enabled as it is (docs/recovery.md)');
    if (folder?.followsDeath) await endClaimsOfDead(endpoint);

    const functions = isUnlimited ? topology.functions.map(withoutReservation) : topology.functions;
    host = await startHost({
      functions: options.isBundled ? functions.map(bundled) : functions,
      timeScale,
      root: ROOT,
      env: hostEnvironment({
        awsEndpoint: endpoint.server.url,
        region: STAGE.region,
        env: STAGE.env,
        timeScale,
        richpanelBaseUrl: helpdesk.url,
        extra: {
          FRONTDESK_RELEASE: RELEASE,
          FRONTDESK_CONFIG: config,
          FRONTDESK_REOPEN_PROVEN: String(isYes(helpdesk.answers, 'V8')),
          FRONTDESK_NOTE_PRIVATE: String(isYes(helpdesk.answers, 'V15')),
          FRONTDESK_HELPDESK_WRITES: helpdesk.writes,
          FRONTDESK_LIMITS: isUnlimited ? 'off' : 'vendor',
          FRONTDESK_AGES_FROM: options.agesFrom ?? 'older',
          // They are kept on disk or not at all.
          ...(folder !== null && { FRONTDESK_SPANS: 'stdout' }),
          ...(model && { FRONTDESK_CLASSIFIER: 'openai' }),
          ...(model?.baseUrl !== undefined && { OPENAI_BASE_URL: model.baseUrl }),
          NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(ROOT, 'node_modules', '.cache', 'node'),
        },
      }),
      // What the dead process held is nobody's, as after the death of the whole runtime.
      async beforeRestart() {
        await endClaimsOfDead(endpoint).catch(() =>
          onTrouble('claims of the ended function host stay until their leases end'),
        );
        schedules?.ring();
      },
      // Log lines are JSON on either stream; anything else is a function that could not even load.
      onLog: (line) => (line.startsWith('{') ? telemetry.take(line) : onTrouble(line)),
    });
    const runningHost = host;
    opened.push(() => runningHost.stop(HOST_DRAIN_MS));
    host.onExit(() => onTrouble('the function host ended; it is being started again'));
    const isLoaded = host.warm(HOT);

    endpoint.dispatcher.start();
    endpoint.eventBridge.start();
    const stopMappings = mapQueues(endpoint, functions, isUnlimited);
    const running = startSchedules(schedulesOf(topology, endpoint.names, endpoint.eventBridge, STAGE.env), {
      ...STAGE,
      enqueue: endpoint.dispatcher.enqueue,
      timing: endpoint.timing,
    });
    schedules = running;
    let isDrained = false;
    opened.push(async () => {
      running.stop();
      endpoint.eventBridge.stop();
      const runs = Promise.all([endpoint.dispatcher.stop(), ...stopMappings.map((stop) => stop())]);
      isDrained = await within(DRAIN_MS, runs);
      if (!isDrained) endpoint.dispatcher.halt();
    });
    const queues = watchQueues(endpoint.sqs, endpoint.timing, telemetry.record);
    opened.push(() => queues.stop());
    const alarms = watchAlarms(endpoint, {
      reader: telemetry.metrics,
      file: folder?.file(ALARMS_FILE) ?? null,
      hasCustomers: use !== null,
      alertUrl: options.alertUrl ?? null,
      onTrouble,
    });
    opened.push(() => alarms.stop());
    const front = await openDoor(endpoint, ports.webhook, isUnlimited, auth, telemetry.measure);
    opened.push(async () => void (await within(DOOR_DRAIN_MS, front.close())));
    // The sender of a webhook has little patience (5 s), and functions that load beside it would take the processor from it.
    await isLoaded;
    const tokenName = `frontdesk/${STAGE.env}/richpanel/webhook_token`;
    const door = (): Door => {
      const stored = endpoint.secrets.value(tokenName) ?? '';
      const token = doorToken(stored, Date.now(), timeScale) ?? ownSecrets.webhookToken;
      return { url: doorUrl(front.url, auth, token), token, header: WEBHOOK_HEADER, auth };
    };
    helpdesk.connect(door);

    return {
      endpoint,
      helpdesk,
      get sandbox() {
        if (helpdesk.sandbox === null) throw new Error('a real workspace is worked for: there is no sandbox');
        return helpdesk.sandbox;
      },
      sandboxUrl: helpdesk.url,
      held,
      door,
      ownSecrets,
      busName: topology.busName(STAGE.env),
      alarms,
      metrics: telemetry.metrics,
      onMeasured: telemetry.listen,
      hostPid: () => runningHost.pid,
      async stop() {
        await within(DOOR_DRAIN_MS, helpdesk.quieten());
        await closeAll();
        return isDrained;
      },
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

/** `false` when it took longer. */
async function within(ms: number, work: Promise<unknown>): Promise<boolean> {
  const timeout = Promise.withResolvers<false>();
  const timer = setTimeout(() => timeout.resolve(false), ms);
  const isDone = await Promise.race([work.then(() => true), timeout.promise]);
  clearTimeout(timer);
  return isDone;
}

function withoutReservation(spec: FunctionSpec): FunctionSpec {
  return { ...spec, reservedConcurrency: null };
}

function mapQueues(
  endpoint: Endpoint,
  functions: readonly FunctionSpec[],
  isUnlimited: boolean,
): (() => Promise<void>)[] {
  const { names, sqs, dispatcher, timing } = endpoint;
  return functions
    .filter((spec) => spec.laterQueue)
    .map(({ name }) =>
      startQueueMapping({
        queueName: names.laterQueue(name),
        queueArn: names.queueArn(names.laterQueue(name)),
        functionName: name,
        sqs,
        dispatcher,
        timing,
        ...(isUnlimited && { maxConcurrency: UNLIMITED_MAPPING }),
      }),
    );
}

function openDoor(
  endpoint: Endpoint,
  port: number,
  isUnlimited: boolean,
  auth: AuthMethod,
  measure: Measure,
): Promise<WebhookServer> {
  const { requestsPerSecond, burst } = LIMITS.edge;
  return startWebhookServer({
    port,
    invoke: ({ functionName, payload }) => endpoint.dispatcher.invoke(functionName, payload),
    throttle: isUnlimited ? null : { ratePerSecond: requestsPerSecond, burst },
    maxBytes: MAX_WEBHOOK_BYTES,
    auth,
    onAnswer: (status, ms) => measure({ of: 'request', status, ms }),
  });
}
