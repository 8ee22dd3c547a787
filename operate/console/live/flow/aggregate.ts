/** Gathers what is stated, delivered, handled and left lying into the figures of the live view; remembers sums, never facts. */
import { CATALOGUE, isEventName } from '../../../../events/catalogue.ts';
import type { AnyEvent } from '../../../../events/define-event.ts';
import { decodeVendorId } from '../../../../functions/shared/vendor-ids.ts';
import type { Recorded } from '../../../../local/telemetry/series.ts';
import { heardId, statedId } from '../choreography/ids.ts';
import type { FactFigures, Figures, FlowFrame, FunctionFigures, Moment, SeenFact } from './figures.ts';
import type { Hearing } from './hearing.ts';
import { createRate, createSamples, type Rate, type Samples } from './window.ts';

/** What cannot be overheard and has to be looked up. */
export type Standing = {
  /** In Lambda's queue, by function. */
  readonly invocations: ReadonlyMap<string, { readonly queued: number; readonly running: number }>;
  /** Messages in the function's own queues. */
  readonly queues: ReadonlyMap<string, { readonly later: number; readonly failed: number; readonly dead: number }>;
};

export type Aggregate = {
  fact(fact: AnyEvent): void;
  measured(recorded: Recorded): void;
  /** What went by since the last call; `null` where nothing did. */
  takeFrame(): FlowFrame | null;
  figures(standing: Standing): Figures;
  /** Keeps a moment for the charts, and forgets the oldest. */
  mark(): Moment;
  history(): readonly Moment[];
  /** The last of each fact, the newest first. */
  seen(): readonly SeenFact[];
  /** The newest of each fact that was stated since the last call. */
  takeSeen(): readonly SeenFact[];
};

export type AggregateOptions = {
  readonly hearing: Hearing;
  /** Names of the rules that are switched off; asked every two seconds. */
  readonly rulesOff: () => ReadonlySet<string>;
  readonly ticketNumber: (conversationId: string) => number | undefined;
  readonly env: string;
  readonly now: () => number;
};

const RATE_SECONDS = 10;
const RECENT_SECONDS = 60;
/** Enough for a percentile of a minute; at more, of its last part. */
const MOST_SAMPLES = 512;
const SEEN_EACH = 8;
/** Ten minutes in steps of two seconds. */
export const MARK_EVERY_MS = 2_000;
const MOST_MARKS = 300;

const LAG = 'consumer.event_lag_ms';
const OF_CONSUMER: Readonly<Record<string, 'parked' | 'invalid' | 'repeated'>> = {
  'consumer.parked_total': 'parked',
  'consumer.invalid_total': 'invalid',
  'consumer.duplicates_total': 'repeated',
};
const OF_LAMBDA: Readonly<Record<string, 'runs' | 'errors' | 'throttled'>> = {
  Invocations: 'runs',
  Errors: 'errors',
  Throttles: 'throttled',
};

type Counted = { total: number; readonly rate: Rate };
type Counts = Map<string, Counted>;
type FunctionCounts = {
  readonly runs: Rate;
  readonly lag: Samples;
  readonly errors: Rate;
  readonly throttled: Rate;
  readonly parked: Rate;
  readonly invalid: Rate;
  readonly repeated: Rate;
};

export function createAggregate({ hearing, rulesOff, ticketNumber, env, now }: AggregateOptions): Aggregate {
  const stated: Counts = new Map();
  const heard: Counts = new Map();
  const functions = new Map<string, FunctionCounts>();
  const failedDeliveries = new Map<string, Rate>();
  const all = createRate(RATE_SECONDS);
  const lag = createSamples(RECENT_SECONDS * 1000, MOST_SAMPLES);
  const seen = new Map<string, AnyEvent[]>();
  let fresh = new Set<string>();
  let off = rulesOff();
  const marks: Moment[] = [];
  const frame = { stated: new Map(), heard: new Map(), replayed: new Map(), runs: new Map() } satisfies Record<
    string,
    Map<string, number>
  >;

  function of(name: string): FunctionCounts {
    const known = functions.get(name);
    if (known !== undefined) return known;
    const recent = (): Rate => createRate(RECENT_SECONDS);
    const made: FunctionCounts = {
      runs: createRate(RATE_SECONDS),
      lag: createSamples(RECENT_SECONDS * 1000, MOST_SAMPLES),
      errors: recent(),
      throttled: recent(),
      parked: recent(),
      invalid: recent(),
      repeated: recent(),
    };
    functions.set(name, made);
    return made;
  }

  /** Of the functions' own metrics: those with the function's dimension; the same comes once more without. */
  function ofConsumer({ metric, dimensions, value, at }: Recorded): void {
    const { function: name } = dimensions;
    if (name === undefined) return;
    const kind = OF_CONSUMER[metric];
    if (kind !== undefined) of(name)[kind].add(at, value);
    if (metric !== LAG) return;
    of(name).lag.add(at, value);
    lag.add(at, value);
  }

  function ofLambda({ metric, dimensions, value, at }: Recorded): void {
    const prefix = `frontdesk-${env}-`;
    const { FunctionName = '' } = dimensions;
    const kind = OF_LAMBDA[metric];
    if (kind === undefined || value === 0 || !FunctionName.startsWith(prefix)) return;
    const name = FunctionName.slice(prefix.length);
    of(name)[kind].add(at, value);
    if (kind === 'runs') bump(frame.runs, name);
  }

  function ofRule({ metric, dimensions, value, at }: Recorded): void {
    const { RuleName: rule = '' } = dimensions;
    if (metric === 'Invocations' && rule.endsWith('-replay')) bump(frame.replayed, rule, value);
    if (metric !== 'FailedInvocations') return;
    const known = failedDeliveries.get(rule) ?? createRate(RECENT_SECONDS);
    failedDeliveries.set(rule, known);
    known.add(at, value);
  }

  function figuresOf(name: string, { invocations, queues }: Standing, at: number): FunctionFigures {
    const { runs, lag: own, errors, throttled, parked, invalid, repeated } = of(name);
    const [lagP50 = null, lagP95 = null] = own.percentiles(at, 0.5, 0.95);
    const { queued: waiting = 0, running = 0 } = invocations.get(name) ?? {};
    const { later = 0, failed = 0, dead = 0 } = queues.get(name) ?? {};
    return {
      rate: runs.perSecond(at),
      ...{ lagP50, lagP95 },
      errors: errors.count(at),
      throttled: throttled.count(at),
      parked: parked.count(at),
      invalid: invalid.count(at),
      repeated: repeated.count(at),
      ...{ waiting, running, later, failed, dead },
    };
  }

  const shown = (id: string, { metadata }: AnyEvent): SeenFact => {
    const conversation = metadata.conversationId === null ? null : decodeVendorId(metadata.conversationId);
    return {
      stated: id,
      eventId: metadata.eventId,
      at: metadata.occurredAt,
      conversation,
      ticket: conversation === null ? null : (ticketNumber(conversation) ?? null),
    };
  };
  const newest = (id: string): SeenFact[] => {
    const last = seen.get(id)?.at(-1);
    return last === undefined ? [] : [shown(id, last)];
  };

  return {
    fact(fact) {
      const at = now();
      const { eventName, producer } = fact.metadata;
      // Anybody may put anything on the bus under our name; what no function states is not counted by name.
      if (!isStatedBy(producer, eventName)) return;
      const id = statedId(producer, eventName);
      all.add(at);
      count(stated, id, at);
      bump(frame.stated, id);
      for (const rule of hearing(fact)) {
        if (off.has(rule)) continue;
        const link = heardId(producer, eventName, rule);
        count(heard, link, at);
        bump(frame.heard, link);
      }
      const last = seen.get(id) ?? [];
      last.push({ metadata: fact.metadata, data: {} });
      if (last.length > SEEN_EACH) last.shift();
      seen.set(id, last);
      fresh.add(id);
    },
    measured(recorded) {
      if (recorded.namespace === 'frontdesk') ofConsumer(recorded);
      else if (recorded.namespace === 'AWS/Lambda') ofLambda(recorded);
      else if (recorded.namespace === 'AWS/Events') ofRule(recorded);
    },
    takeFrame() {
      if (Object.values(frame).every(({ size }) => size === 0)) return null;
      const taken: FlowFrame = {
        at: now(),
        stated: Object.fromEntries(frame.stated),
        heard: Object.fromEntries(frame.heard),
        replayed: Object.fromEntries(frame.replayed),
        runs: Object.fromEntries(frame.runs),
      };
      for (const counts of Object.values(frame)) counts.clear();
      return taken;
    },
    figures(standing) {
      const at = now();
      off = rulesOff();
      const names = new Set([...functions.keys(), ...standing.queues.keys()]);
      return {
        at,
        perSecond: all.perSecond(at),
        lagP95: lag.percentiles(at, 0.95)[0] ?? null,
        functions: Object.fromEntries([...names].map((name) => [name, figuresOf(name, standing, at)])),
        stated: factFigures(stated, at),
        heard: factFigures(heard, at),
        rulesOff: [...off],
        failedDeliveries: Object.fromEntries([...failedDeliveries].map(([rule, rate]) => [rule, rate.count(at)])),
      };
    },
    mark() {
      const at = now();
      off = rulesOff();
      const moment = { at, perSecond: all.perSecond(at), lagP95: lag.percentiles(at, 0.95)[0] ?? null };
      marks.push(moment);
      if (marks.length > MOST_MARKS) marks.shift();
      return moment;
    },
    history: () => marks,
    seen: () => [...seen].flatMap(([id, facts]) => facts.map((fact) => shown(id, fact)).reverse()),
    takeSeen() {
      const taken = [...fresh].flatMap(newest);
      fresh = new Set();
      return taken;
    },
  };
}

function isStatedBy(producer: string, event: string): boolean {
  return isEventName(event) && (CATALOGUE[event].producers as readonly string[]).includes(producer);
}

function count(counts: Counts, id: string, at: number): void {
  const known = counts.get(id) ?? { total: 0, rate: createRate(RATE_SECONDS) };
  counts.set(id, known);
  known.total += 1;
  known.rate.add(at);
}

function bump(counts: Map<string, number>, id: string, by = 1): void {
  counts.set(id, (counts.get(id) ?? 0) + by);
}

function factFigures(counts: Counts, at: number): Record<string, FactFigures> {
  return Object.fromEntries([...counts].map(([id, { total, rate }]) => [id, { total, rate: rate.perSecond(at) }]));
}
