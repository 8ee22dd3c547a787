/** The bus of the simulated world: the topology's rules, at least once, in any order, with an archive. */
import type { FunctionName } from '../../../events/words.ts';
import { VendorError } from '../../../functions/shared/errors.ts';
import type { Bus, BusEntry } from '../../../functions/shared/ports.ts';
import { indexPatterns } from '../../../local/aws/eventbridge/pattern-index.ts';
import type { RuleSpec } from '../../../stacks/topology-types.ts';
import type { Fact, ReplayCause } from '../facts.ts';
import type { Random } from '../kernel/random.ts';
import type { Process, Scheduler } from '../kernel/scheduler.ts';
import { deepFreeze } from '../memo/memoise.ts';

/** Shares of the deliveries, but `failedEntries`: of the entries put. */
export type BusFaults = {
  readonly duplicate: number;
  /** Longest drawn way of a delivery; what is drawn for each anew overtakes. */
  readonly reorderMs: number;
  /** Deliveries that come late, by up to `lateMs`. */
  readonly late: number;
  readonly lateMs: number;
  readonly failedEntries: number;
};

/** An entry in the archive, and when it was taken (epoch milliseconds). */
export type Archived = BusEntry & { readonly at: number };

export type Playing = {
  /** Epoch milliseconds, both included; the whole archive where they are left out. */
  readonly from?: number;
  readonly to?: number;
  /** The only rule it reaches; all of them, as by a replay that was started by hand, where it is left out. */
  readonly rule?: string;
  /** The event names that the archive keeps. */
  readonly only?: readonly string[];
};

export type SimulatedBus = {
  portFor(process: Process): Bus;
  /** Plays what the archive holds to whoever hears a replay of this name; answers how many deliveries came of it. */
  replay(name: string, playing?: Playing): number;
  readonly archive: readonly Archived[];
  readonly fired: { duplicate: number; reorder: number; late: number; failedEntries: number };
  /** Deliveries on their way. */
  readonly pending: number;
};

const ENTRIES_A_CALL = 10;
const SHORTEST_WAY_MS = 5;

export function simulatedBus(options: {
  readonly scheduler: Scheduler;
  readonly random: Random;
  readonly rules: readonly RuleSpec[];
  readonly faults: BusFaults;
  readonly record: (fact: Fact) => void;
  readonly deliver: (target: FunctionName, payload: unknown, cause: ReplayCause | null) => void;
  /** The replay behind what a process tells. */
  readonly causeOf: (process: string, detail: string) => ReplayCause | null;
}): SimulatedBus {
  const { scheduler, random, faults, record, deliver, causeOf } = options;
  const rulesFor = indexPatterns(
    options.rules.filter(({ bus }) => bus === 'frontdesk').map((rule) => ({ pattern: rule.pattern, value: rule })),
  );
  const carrier = scheduler.process('bus');
  const archive: Archived[] = [];
  const fired = { duplicate: 0, reorder: 0, late: 0, failedEntries: 0 };
  let pending = 0;
  let latestArrival = 0;

  function send(target: FunctionName, payload: unknown, cause: ReplayCause | null): void {
    const isLate = random.chance(faults.late);
    if (isLate) fired.late += 1;
    const way = SHORTEST_WAY_MS + random.integer(0, isLate ? faults.lateMs : faults.reorderMs);
    const arrival = scheduler.clock.monotonic() + way;
    if (arrival < latestArrival && faults.reorderMs > 0) fired.reorder += 1;
    latestArrival = Math.max(latestArrival, arrival);
    pending += 1;
    void carrier.clock.sleep(way).then(() => {
      pending -= 1;
      deliver(target, payload, cause);
    });
  }

  /** Replays deliver the same bytes again and again; nobody may change what all are given. */
  const parsed = new Map<string, unknown>();
  const read = (detail: string): unknown => {
    const known = parsed.get(detail) ?? deepFreeze(JSON.parse(detail) as unknown);
    parsed.set(detail, known);
    return known;
  };

  function fanOut(
    entry: BusEntry,
    cause: ReplayCause | null,
    as: { name: string; rule?: string | undefined } | null,
  ): number {
    const detail = read(entry.detail) as { metadata?: { rootEventId?: string | null } };
    const event = {
      version: '0',
      id: `${random.hex(4)}-${random.hex(2)}`,
      source: entry.source,
      'detail-type': entry.detailType,
      time: new Date(scheduler.clock.now()).toISOString(),
      detail,
      ...(as === null ? {} : { 'replay-name': as.name }),
    };
    // What a replay leads to is about the message that it is about, which a look may have found besides.
    const name = as?.name ?? cause?.name;
    const cameOf = name === undefined ? null : { name, rootEventId: detail.metadata?.rootEventId ?? null };
    const heard = rulesFor(event).filter(({ name }) => as?.rule === undefined || name === as.rule);
    for (const { target } of heard) {
      send(target, event, cameOf);
      if (!random.chance(faults.duplicate)) continue;
      fired.duplicate += 1;
      send(target, event, cameOf);
    }
    return heard.length;
  }

  return {
    archive,
    fired,
    get pending() {
      return pending;
    },
    portFor: (process) => ({
      async putEvents(entries) {
        if (entries.length === 0 || entries.length > ENTRIES_A_CALL) throw new VendorError('eventbridge', 'invalid');
        const failed: { index: number; code: string }[] = [];
        for (const [index, entry] of entries.entries()) {
          if (random.chance(faults.failedEntries)) {
            fired.failedEntries += 1;
            failed.push({ index, code: 'ThrottlingException' });
            continue;
          }
          const cause = causeOf(process.id, entry.detail);
          archive.push({ ...entry, at: scheduler.clock.now() });
          record({
            kind: 'published',
            at: scheduler.clock.now(),
            by: process.id,
            source: entry.source,
            detailType: entry.detailType,
            detail: entry.detail,
            ...(cause && { replay: cause }),
          });
          fanOut(entry, cause, null);
        }
        return { failed };
      },
    }),
    replay(name, { from = 0, to = Number.POSITIVE_INFINITY, rule, only } = {}) {
      const played = archive.filter(
        ({ at, detailType }) => at >= from && at <= to && (only === undefined || only.includes(detailType)),
      );
      return played.reduce((sum, entry) => sum + fanOut(entry, null, { name, rule }), 0);
    },
  };
}
