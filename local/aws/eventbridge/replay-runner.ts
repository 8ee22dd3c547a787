/** Runs replays: one-minute slices by event time, first minute first, without a promised order inside a slice. */
import type { DatabaseSync } from 'node:sqlite';
import { transact } from '../database.ts';
import { createAlarm, type Timing } from '../time.ts';
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
}): ReplayRunner {
  const { database, timing, ruleBook, deliveries } = context;
  const selectActive = database.prepare(
    "SELECT * FROM eb_replay WHERE state IN ('STARTING', 'RUNNING', 'CANCELLING') ORDER BY started_at, name",
  );
  const archiveExists = database.prepare('SELECT 1 FROM eb_archive WHERE name = ?');
  const selectNextTime = database.prepare(
    `SELECT event_time FROM eb_archived
     WHERE archive = ? AND (event_time, seq) > (?, ?) AND event_time <= ? ORDER BY event_time, seq LIMIT 1`,
  );
  const selectPage = database.prepare(
    `SELECT a.seq, a.event_time, e.body FROM eb_archived a JOIN eb_event e ON e.seq = a.seq
     WHERE a.archive = ? AND (a.event_time, a.seq) > (?, ?) AND a.event_time < ?
     ORDER BY a.event_time, a.seq LIMIT ${PAGE_EVENTS}`,
  );
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
    const after = [replay.archive, replay.cursor_time, replay.cursor_seq] as const;
    const next = selectNextTime.get(...after, replay.end_time) as { event_time: number } | undefined;
    if (next === undefined) {
      end.run('COMPLETED', null, timing.now(), replay.name);
      return;
    }
    const sliceEnd = Math.min((Math.floor(next.event_time / SLICE_MS) + 1) * SLICE_MS, replay.end_time + 1);
    const events = selectPage.all(...after, sliceEnd) as { seq: number; event_time: number; body: string }[];
    const filter = replay.filter_arns === null ? null : new Set(JSON.parse(replay.filter_arns) as string[]);
    for (const { seq, body } of shuffled(events, context.random)) {
      const event = { ...(parseEventText(body) as IndexedEvent), 'replay-name': replay.name };
      for (const target of ruleBook.targetsOf(replay.bus, event)) {
        if (filter === null || filter.has(target.ruleArn)) deliveries.add(target, seq, replay.name, timing.now());
      }
    }
    const last = events.at(-1);
    if (last !== undefined) advance.run(last.event_time, last.seq, last.event_time, replay.name);
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
