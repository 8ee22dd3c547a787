/** Runs replays: one-minute slices by event time, first minute first, without a promised order inside a slice. */
import type { DatabaseSync } from 'node:sqlite';
import { transact } from '../database.ts';
import { createAlarm, type Timing } from '../time.ts';
import type { ArchiveStore } from './archive-store.ts';
import type { Deliveries } from './deliveries.ts';
import { parseEventText } from './event-text.ts';
import type { IndexedEvent } from './pattern-index.ts';
import type { RuleBook } from './rule-book.ts';

export type ReplayRow = {
  name: string;
  archive: string;
  bus: string;
  description: string | null;
  /** JSON list of rule ARNs; `null` for every rule. */
  filter_arns: string | null;
  state: 'STARTING' | 'RUNNING' | 'CANCELLING' | 'COMPLETED' | 'CANCELLED' | 'FAILED';
  state_reason: string | null;
  start_time: number;
  end_time: number;
  /** The last event that was replayed, by time and then `seq`; survives a restart. */
  cursor_time: number;
  cursor_seq: number;
  last_event_time: number | null;
  started_at: number;
  ended_at: number | null;
};

const SLICE_MS = 60_000;
/** Replayed in one transaction; a slice that holds more is gone through in pages, with others served in between. */
const PAGE_EVENTS = 100;

export type ReplayRunner = { wake(): void; stop(): void };

export function createReplayRunner(context: {
  database: DatabaseSync;
  timing: Timing;
  random: () => number;
  ruleBook: RuleBook;
  deliveries: Deliveries;
  store: ArchiveStore;
}): ReplayRunner {
  const { database, timing, ruleBook, deliveries, store } = context;
  const selectActive = database.prepare(
    "SELECT * FROM eb_replay WHERE state IN ('STARTING', 'RUNNING', 'CANCELLING') ORDER BY started_at, name",
  );
  const archiveExists = database.prepare('SELECT 1 FROM eb_archive WHERE name = ?');
  const advance = database.prepare(
    "UPDATE eb_replay SET state = 'RUNNING', cursor_time = ?, cursor_seq = ?, last_event_time = ? WHERE name = ?",
  );
  const end = database.prepare('UPDATE eb_replay SET state = ?, state_reason = ?, ended_at = ? WHERE name = ?');
  const alarm = createAlarm(timing, step);

  /** One page of every active replay, each in one transaction with its cursor. */
  function step(): void {
    const replays = selectActive.all() as ReplayRow[];
    for (const replay of replays) transact(database, () => replayPage(replay));
    if (replays.length === 0) return;
    deliveries.wake();
    alarm.at(timing.now());
  }

  function replayPage(replay: ReplayRow): void {
    if (replay.state === 'CANCELLING') {
      end.run('CANCELLED', null, timing.now(), replay.name);
      return;
    }
    if (archiveExists.get(replay.archive) === undefined) {
      end.run('FAILED', 'The archive was deleted.', timing.now(), replay.name);
      return;
    }
    const cursor = { time: replay.cursor_time, seq: replay.cursor_seq };
    const next = store.nextTime(replay.archive, cursor, replay.end_time);
    if (next === null) {
      end.run('COMPLETED', null, timing.now(), replay.name);
      return;
    }
    const sliceEnd = Math.min((Math.floor(next / SLICE_MS) + 1) * SLICE_MS, replay.end_time + 1);
    const events = store.page(replay.archive, cursor, sliceEnd, PAGE_EVENTS);
    const filter = replay.filter_arns === null ? null : new Set(JSON.parse(replay.filter_arns) as string[]);
    for (const archived of shuffled(events, context.random)) {
      const event = { ...(parseEventText(archived.body) as IndexedEvent), 'replay-name': replay.name };
      const targets = ruleBook.targetsOf(replay.bus, event).filter(({ ruleArn }) => filter?.has(ruleArn) ?? true);
      if (targets.length > 0) store.lay(archived);
      for (const target of targets) deliveries.add(target, archived.seq, replay.name, timing.now());
    }
    const last = events.at(-1);
    if (last !== undefined) advance.run(last.eventTime, last.seq, last.eventTime, replay.name);
  }

  return { wake: () => alarm.at(timing.now()), stop: () => alarm.stop() };
}

/** Fisher and Yates' shuffle of a copy. */
function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const copy = [...items];
  for (let last = copy.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [copy[last], copy[other]] = [copy[other] as T, copy[last] as T];
  }
  return copy;
}
