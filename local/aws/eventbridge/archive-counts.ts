/** How many events an archive holds over time, from what was counted as they came. Writes nothing, opens no pack. */
import type { DatabaseSync } from 'node:sqlite';
import { QUARTER_MS } from './schema.ts';

export type Period = { readonly from: number; readonly to: number };

/** Events by the start of their grain, epoch milliseconds: quarters of an hour, or finer where that is asked for and cheap. */
export type Counts = { readonly grainMs: number; readonly byGrain: ReadonlyMap<number, number> };

/** Young events stand in rows of their own; so many are counted at once in some milliseconds. */
const MOST_COUNTED = 50_000;

/**
 * @param grainMs  of less than a quarter of an hour only where nothing of the period is packed and it holds a few ten thousand
 *                 events; quarters otherwise
 */
export function countArchived(database: DatabaseSync, archive: string, period: Period, grainMs: number): Counts {
  const quarters = new Map(
    database
      .prepare(
        'SELECT quarter, events FROM eb_archive_over_time WHERE archive = ? AND quarter BETWEEN ? AND ? ORDER BY quarter',
      )
      .all(archive, Math.floor(period.from / QUARTER_MS), Math.floor(period.to / QUARTER_MS))
      .map(({ quarter, events }) => [Number(quarter) * QUARTER_MS, Number(events)] as const),
  );
  const total = [...quarters.values()].reduce((sum, events) => sum + events, 0);
  if (grainMs >= QUARTER_MS || total > MOST_COUNTED || hasPacks(database, archive, period))
    return { grainMs: QUARTER_MS, byGrain: quarters };
  const rows = database
    .prepare(
      `SELECT event_time / ?1 AS grain, count(*) AS events FROM eb_archived
       WHERE archive = ?2 AND event_time BETWEEN ?3 AND ?4 GROUP BY 1`,
    )
    .all(grainMs, archive, period.from, period.to);
  return { grainMs, byGrain: new Map(rows.map(({ grain, events }) => [Number(grain) * grainMs, Number(events)])) };
}

function hasPacks(database: DatabaseSync, archive: string, { from, to }: Period): boolean {
  const pack = database.prepare(
    'SELECT 1 FROM eb_pack WHERE archive = ? AND first_time <= ? AND last_time >= ? LIMIT 1',
  );
  return pack.get(archive, to, from) !== undefined;
}

/** The first quarter of an hour that an archive holds anything of, epoch milliseconds; `null` for an empty one. */
export function firstArchived(database: DatabaseSync, archive: string): number | null {
  const row = database
    .prepare('SELECT min(quarter) AS quarter FROM eb_archive_over_time WHERE archive = ?')
    .get(archive) as { quarter: number | null } | undefined;
  return row?.quarter == null ? null : row.quarter * QUARTER_MS;
}
