/** One thread, all functions' real code, a simulated bus, Lambda, queues and helpdesk, under one seed. */
import type { Envelope } from '../../../functions/shared/envelopes.ts';
import { STANDING_SETTINGS } from '../../../functions/shared/function-settings.ts';
import type { Decided } from '../../../functions/shared/ledger/claims.ts';
import { memoryParameters } from '../../../functions/shared/parameters/memory.ts';
import type { Bus, Parameters, Queues, Store } from '../../../functions/shared/ports.ts';
import { delayOf } from '../../../functions/shared/queues/names.ts';
import { memorySecrets } from '../../../functions/shared/secrets/memory.ts';
import type { Item } from '../../../functions/shared/store/language.ts';
import { type MemoryTables, memoryStore } from '../../../functions/shared/store/memory.ts';
import type { LogLine, Metrics, Telemetry } from '../../../functions/shared/telemetry/doors.ts';
import type { MetricName } from '../../../functions/shared/telemetry/metrics.ts';
import type { SpanName } from '../../../functions/shared/telemetry/spans.ts';
import { topology } from '../../../stacks/topology.ts';
import type { Fact, Resting } from '../facts.ts';
import { type FaultPlan, randomFaults } from '../kernel/faults.ts';
import { createHistory, type History } from '../kernel/history.ts';
import { createInstruments, type Instruments } from '../kernel/instrument.ts';
import type { Random } from '../kernel/random.ts';
import { createScheduler, type Process, type Scheduler } from '../kernel/scheduler.ts';
import { type BusFaults, type SimulatedBus, simulatedBus } from './bus.ts';
import { capsOf } from './caps.ts';
import { containerIn, type MakeClient, vendorErrorOf } from './containers.ts';
import { crashByTurns } from './crashes.ts';
import { type FaultName, type Mix, mixOf } from './faults.ts';
import { type SimulatedFunctions, simulatedFunctions } from './functions.ts';
import { type HelpdeskFaults, type HelpdeskPorts, type SimulatedHelpdesk, simulatedHelpdesk } from './helpdesk.ts';
import { lostDoorAnswers } from './lost-answers.ts';
import { RecordedParameters } from './parameters.ts';
import { type Releases, releasesIn } from './releases.ts';
import { initialParameters, initialSecrets } from './setup.ts';
import { sparingLookUps } from './sparing.ts';
import { type LosableTables, losableTables } from './tables.ts';
import { hotPartitions, stubbornThrottles } from './throttles.ts';

export type WorldOptions = {
  readonly seed: string | number;
  /** When the clocks begin, epoch milliseconds; `START_AT` where none is given. */
  readonly startAt?: number;
  readonly faults?: 'none' | 'all' | readonly FaultName[];
  /** Replaces the drawn faults of port calls, for going through crash points one by one. */
  readonly plan?: FaultPlan;
  /** Sharper than the mix: for a run that is about one misbehaviour. */
  readonly bus?: Partial<BusFaults>;
  readonly helpdesk?: Partial<HelpdeskFaults>;
  /** A client of a helpdesk of one's own, in place of the simulated one's ports. */
  readonly client?: MakeClient;
  /** Stand-ins for ports with one protection missing: what the checker must catch. */
  readonly defects?: Partial<Defects>;
};

export type Defects = {
  readonly store: (store: Store) => Store;
  readonly bus: (bus: Bus) => Bus;
  readonly parameters: (parameters: Parameters) => Parameters;
  readonly helpdesk: (helpdesk: HelpdeskPorts) => HelpdeskPorts;
};
const FLAWLESS: Defects = {
  store: (store) => store,
  bus: (bus) => bus,
  parameters: (parameters) => parameters,
  helpdesk: (helpdesk) => helpdesk,
};

export type World = {
  readonly scheduler: Scheduler;
  readonly random: Random;
  readonly history: History<Fact>;
  /** The scheduler's step in which each fact came about. */
  readonly steps: readonly number[];
  readonly mix: Mix;
  readonly instruments: Instruments;
  readonly helpdesk: SimulatedHelpdesk;
  readonly bus: SimulatedBus;
  readonly functions: SimulatedFunctions;
  readonly parameters: RecordedParameters;
  readonly tables: MemoryTables;
  readonly losable: LosableTables;
  readonly releases: Releases;
  /** Of the operators: one of them at a time turns switches. */
  readonly hands: Hands;
  /** Another release: idle containers end, running ones finish as they are. */
  deploy(): void;
  /** Names of what the functions logged, measured and traced. */
  readonly told: {
    readonly lines: readonly LogLine[];
    readonly measured: ReadonlySet<MetricName>;
    readonly spans: ReadonlySet<SpanName>;
  };
  /** When a run of the reconciler last left no ticket unread; epoch milliseconds. */
  readonly readThroughAt: number;
  /** Resolves when the next such event is published. */
  published(detailType: string): Promise<void>;
  /** Counts a fault that no port call shows. */
  count(fault: FaultName): void;
  readonly counted: ReadonlyMap<FaultName, number>;
  record(fact: Fact): void;
  resting(): Resting[];
};

export type Hands = { readonly isBusy: boolean; alone(run: () => Promise<void>): Promise<void> };

/** Nothing but a date, a Tuesday morning: the same in every run, so that the same seed gives the same bytes. */
export const START_AT = Date.UTC(2026, 2, 3, 9, 0, 0);
/** Longer than a claim goes unwatched (protocols §6): a sender that wakes finds its outcome told. */
const LONGEST_FAULT_MS = 300_000;
const RECYCLED = 0.03;

export function createWorld(options: WorldOptions): World {
  const { startAt = START_AT } = options;
  const history = createHistory<Fact>();
  const steps: number[] = [];
  let step = 0;
  const scheduler = createScheduler({
    seed: options.seed,
    startAt,
    history: {
      step(taken) {
        step = taken.number;
        history.step(taken);
      },
    },
  });
  const random = scheduler.random.fork('world');
  const mix = mixOf(options.faults ?? 'none');
  const faults = sparingLookUps(
    random.fork('spared'),
    randomFaults(random.fork('faults'), mix.calls, LONGEST_FAULT_MS),
  );
  const answered = mix.names.has('timeout-applied') ? lostDoorAnswers(random.fork('door'), faults) : faults;
  const drawn = stubbornThrottles(mix.names.has('throttle') ? hotPartitions(random.fork('hot'), answered) : answered);
  const crashes = mix.names.has('crash-before') && mix.names.has('crash-after');
  const plan =
    options.plan ??
    (crashes ? crashByTurns(random.fork('crashes'), drawn, (name) => functions.invocationsOf(name)) : drawn);
  const instruments = createInstruments({ scheduler, plan, errorFor: vendorErrorOf });
  let listening: { readonly detailType: string; readonly tell: () => void }[] = [];
  const record = (fact: Fact): void => {
    steps.push(step);
    history.append(fact);
    if (fact.kind !== 'published' || listening.length === 0) return;
    const heard = listening.filter(({ detailType }) => detailType === fact.detailType);
    listening = listening.filter((one) => !heard.includes(one));
    for (const { tell } of heard) tell();
  };
  let readThroughAt = Number.NEGATIVE_INFINITY;
  const measured = new Set<MetricName>();
  const spans = new Set<SpanName>();
  const measuring: Metrics = {
    count: (name) => void measured.add(name),
    observe(name, value) {
      measured.add(name);
      if (name === 'reconciler.unread_tickets' && value === 0) readThroughAt = scheduler.clock.now();
    },
  };
  const counted = new Map<FaultName, number>();
  const count = (fault: FaultName): void => void counted.set(fault, (counted.get(fault) ?? 0) + 1);

  const tables: MemoryTables = new Map();
  const parameters = new RecordedParameters(initialParameters(startAt), scheduler.clock);
  record({ kind: 'epoch', at: startAt, epoch: Date.parse(parameters.get('reply_epoch') ?? '') });
  const secrets = memorySecrets(initialSecrets());
  const losable = losableTables(memoryStore(scheduler.clock, tables), tables);
  const lines: LogLine[] = [];
  const releases = releasesIn(random.fork('releases'));
  const queued: string[] = [];

  const helpdesk = simulatedHelpdesk({
    scheduler,
    random: random.fork('helpdesk'),
    // In some shops nobody finds what was missed: there intake has to do without.
    faults: {
      ...mix.helpdesk,
      hidesList: mix.names.has('error') && random.fork('list').chance(0.4),
      ...options.helpdesk,
    },
    record,
    causeOf: (process) => functions.causeOf(process),
  });
  const bus = simulatedBus({
    scheduler,
    random: random.fork('bus'),
    rules: topology.rules.filter(({ target }) => STANDING_SETTINGS.some(({ name }) => name === target)),
    faults: { ...mix.bus, ...options.bus },
    record,
    deliver: (target, payload, cause) => functions.invokeLater(target, payload, cause),
    causeOf: (process, detail) => (decidedLive.has(eventIdIn(detail)) ? null : functions.causeOf(process)),
  });
  const functions: SimulatedFunctions = simulatedFunctions({
    scheduler,
    random: random.fork('functions'),
    settings: capsOf(random.fork('caps'), mix.names.has('deploy')),
    record,
    duplicates: mix.queueDuplicates,
    recycled: RECYCLED,
    build(name, process) {
      skewed(process);
      const trace: Telemetry['trace'] = async (span, _fields, run) => {
        spans.add(span);
        return run(() => {});
      };
      const telemetry: Telemetry = { log: logInto(name), metrics: measuring, trace };
      const queues: Queues = {
        async later(body, delayMs) {
          queued.push(body);
          functions.park(name, body, delayOf(delayMs / 1000) * 1000, functions.causeOf(process.id));
        },
        async failure(body, cause) {
          functions.fail(name, body, cause);
        },
      };
      const defects = { ...FLAWLESS, ...options.defects };
      const observed = observing(losable.store, process);
      return containerIn(
        process,
        name,
        {
          store: defects.store(observed),
          bus: defects.bus(bus.portFor(process)),
          queues,
          parameters: defects.parameters(memoryParameters(parameters)),
          secrets,
          intakeRule: { isEnabled: async () => true },
          helpdesk: options.client ?? defects.helpdesk(helpdesk.portsFor(process)),
          telemetry,
          release: releases.now,
        },
        instruments,
        String(options.seed),
      );
    },
  });

  let atWork = 0;
  let last: Promise<void> = Promise.resolve();
  const hands: Hands = {
    get isBusy() {
      return atWork > 0;
    },
    alone(run) {
      atWork += 1;
      last = last.then(run).then(() => {
        atWork -= 1;
      });
      return last;
    },
  };

  const clocks = random.fork('clocks');
  function skewed(process: Process): void {
    if (!mix.names.has('clock-skew') || !clocks.chance(0.2)) return;
    count('clock-skew');
    process.skew(clocks.integer(-2_000, 2_000));
  }

  function logInto(name: LogLine['function']) {
    return (level: LogLine['level'], event: LogLine['event'], fields: LogLine['fields'] = {}): void =>
      void lines.push({ level, event, function: name, fields });
  }

  /** Facts that were decided without a replay: one that finds them stored only has them told (protocols §4). */
  const decidedLive = new Set<string>();
  const eventIdIn = (detail: string): string => (JSON.parse(detail) as Envelope).metadata.eventId;

  /** The door's claims are what a stop must come before; the sticky flag comes before whatever is told of it. */
  function observing(bare: Store, process: Process): Store {
    return {
      ...bare,
      async put(table, item, condition) {
        const isDone = await bare.put(table, item, condition);
        if (isDone && item.status === 'CLAIMED') claimed(item, process);
        if (isDone && typeof item.root_event_id === 'string') held(item, item.root_event_id, process);
        return isDone;
      },
      async change(table, key, changes, condition) {
        const isDone = await bare.change(table, key, changes, condition);
        const conversationId = key.conversation_id;
        if (isDone && changes.set?.sticky === true && conversationId !== undefined)
          record({ kind: 'flagged', at: scheduler.clock.now(), by: process.id, conversationId });
        if (isDone && changes.set?.status === 'DECIDED' && functions.causeOf(process.id) === null)
          for (const { metadata } of (JSON.parse(String(changes.set.decided)) as Decided).facts)
            decidedLive.add(metadata.eventId);
        return isDone;
      },
    };
  }

  function claimed(item: Item, process: Process): void {
    const [, conversationId = '', commentId = ''] = /^act:rp_reply:(.*):([^:]+)$/.exec(String(item.key)) ?? [];
    if (conversationId !== '')
      record({ kind: 'claimed', at: scheduler.clock.now(), by: process.id, conversationId, commentId });
  }

  function held(item: Item, rootEventId: string, process: Process): void {
    const [, conversationId = '', commentId = ''] = /^evt:rp:(.*):([^:]+)$/.exec(String(item.key)) ?? [];
    if (conversationId !== '')
      record({ kind: 'held', at: scheduler.clock.now(), by: process.id, conversationId, commentId, rootEventId });
  }

  return {
    scheduler,
    random,
    history,
    steps,
    mix,
    instruments,
    helpdesk,
    bus,
    functions,
    parameters,
    tables,
    losable,
    releases,
    hands,
    deploy() {
      count('deploy');
      releases.next();
      functions.recycle();
    },
    told: { lines, measured, spans },
    get readThroughAt() {
      return readThroughAt;
    },
    published: (detailType) => new Promise((tell) => listening.push({ detailType, tell })),
    count,
    counted,
    record,
    resting: () => [
      ...[...tables].flatMap(([table, rows]) =>
        [...rows.values()].map((item) => ({
          place: `table ${table}`,
          text: JSON.stringify(table === 'vault' ? { ...item, sealed: '' } : item),
        })),
      ),
      ...queued.map((text) => ({ place: 'later queue', text })),
      ...lines.map((line) => ({ place: 'log', text: JSON.stringify(line) })),
    ],
  };
}
