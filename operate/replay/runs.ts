/**
 * The record of a run: which period, how far it has come, who drives it. It lives in the table of read models, so that another
 * machine can go on; who drives holds a lease and renews it with every step.
 */
import { randomBytes } from 'node:crypto';
import * as v from 'valibot';
import { ulidFrom } from '../../functions/shared/ids.ts';
import { absent, all, any, eq, type Item, lt, ne, present } from '../../functions/shared/store/language.ts';
import { asking, tableClient } from '../instance/clients.ts';
import type { Place } from '../instance/place.ts';
import { endpointStore } from '../instance/store.ts';
import { runName } from './names.ts';
import type { Choice } from './plan.ts';

const MODEL = 'replay';
const KEPT_SECONDS = 90 * 86_400;
/** The one run that may be driven: of two that begin at once, one has its name here. */
const IN_FORCE = { model: 'replay-in-force', key: 'run' } as const;
/** DynamoDB pages by size; a run for every minute of the time they are kept is fewer. */
const MOST_RUNS = 200_000;
/** Renewed at every step; a driver that was killed is succeeded after this. */
export const LEASE_MS = 15_000;

const Run = v.object({
  name: v.string(),
  purpose: v.picklist(['recovery', 'rebuild', 'backfill']),
  archive: v.picklist(['recovery', 'facts']),
  rule: v.string(),
  from: v.number(),
  to: v.number(),
  status: v.picklist(['running', 'interrupted', 'completed', 'cancelled']),
  /** Everything before is replayed. */
  cursor: v.number(),
  /** Windows begun so far; the next one's number. */
  windows: v.number(),
  /** The window under way. */
  active: v.nullable(v.object({ name: v.string(), from: v.number(), to: v.number(), events: v.number() })),
  /** Counted in the trail; an estimate. */
  eventsDone: v.number(),
  eventsTotal: v.number(),
  /** The run switched it on, and switches it off. */
  setCatchUp: v.boolean(),
  owner: v.string(),
  leaseUntil: v.number(),
  startedAt: v.number(),
  /** Fixed before the end is stated, so that however often it is, it is one fact. */
  endedAt: v.nullable(v.number()),
  /** The flag is off and the end stated. `true` of runs recorded before there was this. */
  ended: v.optional(v.boolean(), true),
});
export type Run = v.InferOutput<typeof Run>;

/** A run that nobody has begun. */
export function newRun(
  { purpose, archive, rule }: Pick<Choice, 'purpose' | 'archive' | 'rule'>,
  { from, to }: { readonly from: number; readonly to: number },
  now: number,
): Run {
  return {
    name: runName(purpose, ulidFrom(now, randomBytes(10))),
    purpose,
    archive,
    rule,
    from,
    to,
    status: 'running',
    cursor: from,
    windows: 0,
    active: null,
    eventsDone: 0,
    eventsTotal: 0,
    setCatchUp: false,
    owner: newOwner(),
    leaseUntil: now + LEASE_MS,
    startedAt: now,
    endedAt: null,
    ended: false,
  };
}

/** Running or to be taken up again. */
export const isOpen = ({ status }: Pick<Run, 'status'>): boolean => status === 'running' || status === 'interrupted';

export const newOwner = (): string => randomBytes(8).toString('hex');

export type Runs = {
  /** All that are remembered, the newest first. */
  all(): Promise<readonly Run[]>;
  find(name: string): Promise<Run | null>;
  create(run: Run): Promise<boolean>;
  /** Makes it the one run in force; `null` when it is, else the name of the one that is not over. */
  hold(name: string, now: number): Promise<string | null>;
  /** Takes an interrupted run, or one whose driver is dead. */
  take(name: string, owner: string, now: number): Promise<Run | null>;
  /** Writes progress and renews the lease; `null` when the run is no longer this driver's. */
  save(run: Run, changes: Partial<Run>, now: number): Promise<Run | null>;
  /** Ends a run for good, whoever drives it; `null` when it was over. Until `markEnded` its end may be repeated. */
  cancel(name: string, endedAt: number): Promise<Run | null>;
  /** Nothing is left of its end. */
  markEnded(name: string): Promise<void>;
  close(): void;
};

export function openRuns(place: Place): Runs {
  const client = tableClient(place);
  const store = endpointStore(client, place);
  const keyOf = (name: string) => ({ model: MODEL, key: name });
  const isDriver = (owner: string) => all(eq('owner', owner), eq('status', 'running'));
  const read = <T>(run: () => Promise<T>): Promise<T> => asking('DynamoDB', run);
  const changed = (item: Item | null): Run | null => (item === null ? null : runOf(item));
  const find = async (name: string) => changed(await read(() => store.get('read_models', keyOf(name))));
  const inForce = () => read(() => store.get('read_models', IN_FORCE));
  return {
    async all() {
      // By their names they are in the order of their purposes.
      const items = await read(() => store.query('read_models', { partition: MODEL, limit: MOST_RUNS }));
      const runs = items.map(runOf).filter((run) => run !== null);
      return runs.sort((left, right) => right.startedAt - left.startedAt);
    },
    find,
    async hold(name, now) {
      const item = await inForce();
      const holder = item === null ? name : String(item.run);
      if (holder !== name) {
        const run = await find(holder);
        // Who has just taken it writes its record next.
        if (run === null ? Number(item?.until) > now : isOpen(run)) return holder;
      }
      const set = { run: name, until: now + LEASE_MS };
      const isStill = item === null ? absent('run') : eq('run', holder);
      if ((await read(() => store.update('read_models', IN_FORCE, { set }, isStill))) !== null) return null;
      return String((await inForce())?.run);
    },
    create: (run) =>
      read(() =>
        store.put(
          'read_models',
          { ...keyOf(run.name), ...run, expires_at: Math.floor(run.startedAt / 1000) + KEPT_SECONDS },
          absent('key'),
        ),
      ),
    async take(name, owner, now) {
      const isFree = any(eq('status', 'interrupted'), all(eq('status', 'running'), lt('leaseUntil', now)));
      const set = { owner, status: 'running', leaseUntil: now + LEASE_MS };
      return changed(await read(() => store.update('read_models', keyOf(name), { set }, isFree)));
    },
    async save(run, changes, now) {
      const set = { leaseUntil: now + LEASE_MS, ...changes } as Item;
      return changed(await read(() => store.update('read_models', keyOf(run.name), { set }, isDriver(run.owner))));
    },
    async cancel(name, endedAt) {
      const isNotOver = all(ne('status', 'completed'), ne('status', 'cancelled'));
      const set = { status: 'cancelled', endedAt, ended: false };
      return changed(await read(() => store.update('read_models', keyOf(name), { set }, isNotOver)));
    },
    async markEnded(name) {
      await read(() => store.change('read_models', keyOf(name), { set: { ended: true } }, present('key')));
    },
    close: () => client.destroy(),
  };
}

function runOf(item: Item): Run | null {
  const parsed = v.safeParse(Run, item);
  return parsed.success ? parsed.output : null;
}
