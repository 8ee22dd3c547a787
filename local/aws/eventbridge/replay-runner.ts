/** Runs replays: one-minute slices by event time, first minute first, no order inside a slice. */
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
  /** Everything before it has been replayed; survives a restart. */
  cursor_time: number;
  last_event_time: number | null;
  started_at: number;
  ended_at: number | null;
};

const SLICE_MS = 60_000;

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
    'SELECT min(event_time) AS next FROM eb_archived WHERE archive = ? AND event_time BETWEEN ? AND ?',
  );
  const selectSlice = database.prepare(
    `SELECT a.seq, a.event_time, e.body FROM eb_archived a JOIN eb_event e ON e.seq = a.seq
     WHERE a.archive = ? AND a.event_time >= ? AND a.event_time < ?`,
  );
  const advance = database.prepare(
    "UPDATE eb_replay SET state = 'RUNNING', cursor_time = ?, last_event_time = ? WHERE name = ?",
  );
  const end = database.prepare('UPDATE eb_replay SET state = ?, state_reason = ?, ended_at = ? WHERE name = ?');
  const alarm = createAlarm(timing, step);

  /** One slice of every active replay, each in one transaction with its cursor. */
  function step(): void {
    const replays = selectActive.all() as ReplayRow[];
    for (const replay of replays) transact(database, () => replaySlice(replay));
    if (replays.length === 0) return;
    deliveries.wake();
    alarm.at(timing.now());
  }

  function replaySlice(replay: ReplayRow): void {
    if (replay.state === 'CANCELLING') {
      end.run('CANCELLED', null, timing.now(), replay.name);
      return;
    }
    if (archiveExists.get(replay.archive) === undefined) {
      end.run('FAILED', 'The archive was deleted.', timing.now(), replay.name);
      return;
    }
    const { next } = selectNextTime.get(replay.archive, replay.cursor_time, replay.end_time) as { next: number | null };
    if (next === null) {
      end.run('COMPLETED', null, timing.now(), replay.name);
      return;
    }
    const sliceEnd = Math.min((Math.floor(next / SLICE_MS) + 1) * SLICE_MS, replay.end_time + 1);
    const events = selectSlice.all(replay.archive, next, sliceEnd) as {
      seq: number;
      event_time: number;
      body: string;
    }[];
    const filter = replay.filter_arns === null ? null : new Set(JSON.parse(replay.filter_arns) as string[]);
    for (const { seq, body } of shuffled(events, context.random)) {
      const event = { ...(parseEventText(body) as IndexedEvent), 'replay-name': replay.name };
      for (const target of ruleBook.targetsOf(replay.bus, event)) {
        if (filter === null || filter.has(target.ruleArn)) deliveries.add(target, seq, replay.name, timing.now());
      }
    }
    const lastEventTime = events.reduce((latest, event) => Math.max(latest, event.event_time), next);
    advance.run(sliceEnd, lastEventTime, replay.name);
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
