/** Builds every function's real code over memory ports, each call of which passes through the kernel's instruments. */
import { CONFIG, CONFIG_VERSION } from '../../../config/generated/config.ts';
import { auditor } from '../../../functions/auditor/handler.ts';
import { classify } from '../../../functions/classify/handler.ts';
import { flagWatcher } from '../../../functions/flag-watcher/handler.ts';
import { ingest } from '../../../functions/ingest/handler.ts';
import { orderLookup } from '../../../functions/order-lookup/handler.ts';
import { reconciler } from '../../../functions/reconciler/handler.ts';
import { responderReply } from '../../../functions/responder/reply/handler.ts';
import { responderRoute } from '../../../functions/responder/route/handler.ts';
import { responderSettle } from '../../../functions/responder/settle/handler.ts';
import { sealer } from '../../../functions/sealer/handler.ts';
import { cached } from '../../../functions/shared/cached.ts';
import type { Capabilities, Container } from '../../../functions/shared/container.ts';
import { loadDigester } from '../../../functions/shared/digests.ts';
import { EMBEDDED } from '../../../functions/shared/embedded/testing.ts';
import { VendorError, type VendorName } from '../../../functions/shared/errors.ts';
import { flagsFrom } from '../../../functions/shared/flags/flags.ts';
import { STANDING_SETTINGS, type StandingFunction } from '../../../functions/shared/function-settings.ts';
import { TransportError } from '../../../functions/shared/helpdesk/transport.ts';
import { seededIds } from '../../../functions/shared/ids/memory.ts';
import { unlimited } from '../../../functions/shared/limits/unlimited.ts';
import type {
  Bus,
  Clock,
  Ids,
  IntakeRule,
  Parameters,
  Queues,
  Secrets,
  Store,
} from '../../../functions/shared/ports.ts';
import { memoryRecords } from '../../../functions/shared/records/memory.ts';
import {
  RICHPANEL_RETRIES,
  retryingBus,
  retryingIntakeRule,
  retryingParameters,
  retryingQueues,
  retryingSecrets,
  retryingStore,
  withRetries,
} from '../../../functions/shared/retrying.ts';
import { cachedSecrets } from '../../../functions/shared/secrets/cached-secrets.ts';
import type { Telemetry } from '../../../functions/shared/telemetry/doors.ts';
import { WAITS } from '../../../functions/shared/times.ts';
import { cipherFrom } from '../../../functions/shared/vault/cipher.ts';
import { sweeper } from '../../../functions/sweeper/handler.ts';
import { verify } from '../../../functions/verify/handler.ts';
import type { PortCall } from '../kernel/faults.ts';
import type { Instruments } from '../kernel/instrument.ts';
import type { Process } from '../kernel/scheduler.ts';
import type { Handler } from './functions.ts';
import type { HelpdeskPorts } from './helpdesk.ts';
import type { Release } from './releases.ts';

/** The bare ports that one process is given, before the instruments are put around them. */
export type BarePorts = {
  readonly store: Store;
  readonly bus: Bus;
  readonly queues: Queues;
  readonly parameters: Parameters;
  readonly secrets: Secrets;
  readonly intakeRule: IntakeRule;
  readonly helpdesk: HelpdeskPorts | MakeClient;
  readonly telemetry: Telemetry;
  /** The bundle that the container was started from. */
  readonly release: Release;
};

/** Makes the vendor's client as a live container has it: retries and budget are its own, and its wire is the port that fails. */
export type MakeClient = (parts: {
  readonly name: StandingFunction;
  readonly process: Process;
  readonly instruments: Instruments;
  readonly store: Store;
  readonly secrets: Secrets;
  readonly ids: Ids;
}) => VendorPorts;
type VendorPorts = Pick<Capabilities, 'helpdesk' | 'directory' | 'tagger' | 'closer' | 'noter' | 'sender' | 'orders'>;

type Everything = Container<keyof Capabilities>;
type Waiting = { readonly clock: Clock; readonly ids: Ids };

const BINDERS: Readonly<Record<StandingFunction, (container: Everything) => Handler>> = {
  ingest,
  classify,
  'order-lookup': orderLookup,
  verify,
  'responder-route': responderRoute,
  'responder-reply': responderReply,
  'responder-settle': responderSettle,
  auditor,
  sweeper,
  reconciler,
  'flag-watcher': flagWatcher,
  sealer,
};

/** Port of the HTTP exchange below a real client. */
export const WIRE_PORT = 'wire';

const VENDOR_OF_PORT: Readonly<Record<string, VendorName>> = {
  store: 'dynamodb',
  bus: 'eventbridge',
  queues: 'sqs',
  parameters: 'ssm',
  secrets: 'secrets',
  helpdesk: 'richpanel',
  directory: 'richpanel',
  tagger: 'richpanel',
  closer: 'richpanel',
  noter: 'richpanel',
  sender: 'richpanel',
  orders: 'richpanel',
  intakeRule: 'eventbridge',
};

/** How a port says that a call failed; only a throttled one is known not to have happened. */
export function vendorErrorOf(kind: 'timeout' | 'throttle' | 'error', { port }: PortCall): Error {
  // A wire knows no refusals: nobody was reached, or nobody answered.
  if (port === WIRE_PORT) return new TransportError(kind === 'timeout' ? kind : 'network', kind !== 'throttle');
  const vendor = VENDOR_OF_PORT[port] ?? 'dynamodb';
  if (kind === 'throttle')
    return new VendorError(vendor, 'rate_limited', {
      status: 429,
      applied: 'no',
      ...(vendor === 'richpanel' ? { retryAfterMs: 5_000 } : {}),
    });
  if (kind === 'timeout') return new VendorError(vendor, 'timeout', { applied: 'unknown' });
  return new VendorError(vendor, 'server', { status: 500, applied: 'unknown' });
}

/**
 * The helpdesk's client reads twice, and writes again only what was answered: a write without an answer is the
 * register's to wait for (protocols §8). A message is sent once.
 */
function vendorPorts(
  bare: HelpdeskPorts,
  port: <P extends object>(name: string, target: P) => P,
  waiting: Waiting,
): VendorPorts {
  const { ticket, tickets, addTags, removeTags, reopen, close, note, send, linked, byId } = bare;
  const helpdesk = port('helpdesk', { ticket });
  const directory = port('directory', { tickets });
  const tagger = port('tagger', { addTags, removeTags, reopen });
  const closer = port('closer', { close });
  const orders = port('orders', { linked, byId });
  const twice = <T>(run: () => Promise<T>) => withRetries(waiting, RICHPANEL_RETRIES, run);
  const again = <T>(run: () => Promise<T>) =>
    withRetries(
      waiting,
      RICHPANEL_RETRIES,
      run,
      ({ kind, retryable, applied }) => retryable && (applied === 'no' || kind === 'server'),
    );
  return {
    helpdesk: { ticket: (...call) => twice(() => helpdesk.ticket(...call)) },
    directory: { tickets: (...call) => twice(() => directory.tickets(...call)) },
    tagger: {
      addTags: (...call) => again(() => tagger.addTags(...call)),
      removeTags: (...call) => again(() => tagger.removeTags(...call)),
      reopen: (...call) => again(() => tagger.reopen(...call)),
    },
    closer: { close: (...call) => again(() => closer.close(...call)) },
    noter: port('noter', { note }),
    sender: port('sender', { send }),
    orders: {
      linked: (...call) => twice(() => orders.linked(...call)),
      byId: (...call) => twice(() => orders.byId(...call)),
    },
  };
}

/** A handler in a container of its own: nothing survives the process but what lies behind the ports. */
export function containerIn(
  process: Process,
  name: StandingFunction,
  bare: BarePorts,
  instruments: Instruments,
  seed: string,
): Handler {
  const { clock } = process;
  const ids = seededIds(`${seed}/${process.id}`);
  const waiting = { clock, ids };
  const port = <P extends object>(portName: string, target: P): P => instruments.port(process, portName, target);
  const { telemetry } = bare;
  const parameters = retryingParameters(port('parameters', bare.parameters), waiting);
  const secrets = cachedSecrets(retryingSecrets(port('secrets', bare.secrets), waiting), clock, WAITS.secretCacheMs);
  const store = retryingStore(port('store', bare.store), waiting);
  const vendor =
    typeof bare.helpdesk === 'function'
      ? bare.helpdesk({ name, process, instruments, store, secrets, ids })
      : vendorPorts(bare.helpdesk, port, waiting);
  const isRouting = name === 'responder-route' || name === 'responder-settle';
  const settings = STANDING_SETTINGS.find((candidate) => candidate.name === name);
  if (!settings) throw new Error(`no settings of ${name}`);
  const container: Everything = {
    ...telemetry,
    settings: {
      functionName: name,
      env: 'local',
      release: bare.release.name,
      brandId: 'main',
      timeoutMs: settings.timeoutSeconds * 1000,
      configVersion: CONFIG_VERSION,
      traceShare: 1,
      reopenProven: true,
      notePrivate: true,
      agesFrom: 'older',
    },
    clock,
    waits: WAITS,
    ids,
    store,
    bus: retryingBus(port('bus', bare.bus), waiting),
    queues: retryingQueues(port('queues', bare.queues), waiting),
    flags: flagsFrom(parameters, clock, telemetry, {
      cacheMs: isRouting ? WAITS.flagCacheRoutingMs : WAITS.flagCacheMs,
      writesPhrase: null,
    }),
    config: CONFIG,
    policy: bare.release.policy,
    parameters,
    intakeRule: retryingIntakeRule(port('intakeRule', bare.intakeRule), waiting),
    secrets,
    digests: cached(clock, WAITS.secretCacheMs, () => loadDigester(secrets)),
    cipher: cipherFrom(secrets, ids),
    ...vendor,
    ...EMBEDDED,
    modelClassifier: null,
    modelVerifier: null,
    limits: unlimited(clock),
    templates: bare.release.library,
    // Consumers that only watch have no part in it.
    records: memoryRecords(),
  };
  return BINDERS[name](container);
}
