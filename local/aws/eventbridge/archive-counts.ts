/**
 * How many events an archive holds, over time. Young ones are counted; of a pack its first and last instants and its number are
 * known without opening it, and its events are spread evenly between them. Joins nothing, writes nothing.
 */
import type { DatabaseSync } from 'node:sqlite';

export type Counts = {
  /** By the start of their grain, epoch milliseconds. */
  readonly byGrain: ReadonlyMap<number, number>;
  /** `false` where a pack lies across grains. */
  readonly isExact: boolean;
};

/** @param grainMs  counted from the epoch */
export function countArchived(
  database: DatabaseSync,
  archive: string,
  { from, to }: { readonly from: number; readonly to: number },
  grainMs: number,
): Counts {
  const byGrain = new Map<number, number>();
  const add = (grain: number, events: number): void => void byGrain.set(grain, (byGrain.get(grain) ?? 0) + events);
  const young = database
    .prepare(
      `SELECT event_time / ?1 AS grain, count(*) AS events FROM eb_archived
       WHERE archive = ?2 AND event_time BETWEEN ?3 AND ?4 GROUP BY 1`,
    )
    .all(grainMs, archive, from, to);
  for (const { grain, events } of young) add(Number(grain) * grainMs, Number(events));
  const packs = database
    .prepare(
      `SELECT first_time AS first, last_time AS last, events FROM eb_pack
       WHERE archive = ?1 AND first_time <= ?3 AND last_time >= ?2`,
    )
    .all(archive, from, to);
  let isExact = true;
  for (const { first, last, events } of packs as { first: number; last: number; events: number }[]) {
    const firstGrain = Math.floor(first / grainMs);
    const grains = Math.floor(last / grainMs) - firstGrain + 1;
    if (grains > 1) isExact = false;
    for (let index = 0; index < grains; index += 1) {
      const at = (firstGrain + index) * grainMs;
      const share = shareWithin({ from: first, to: last }, { from: at, to: at + grainMs - 1 });
      if (at + grainMs > from && at <= to) add(at, events * share);
    }
  }
  return { byGrain, isExact };
}

/** Of a span, what lies within another; a span of one instant lies wholly where it lies. */
function shareWithin(
  span: { readonly from: number; readonly to: number },
  within: { readonly from: number; readonly to: number },
): number {
  const from = Math.max(span.from, within.from);
  const to = Math.min(span.to, within.to);
  return to < from ? 0 : (to - from + 1) / (span.to - span.from + 1);
}

/** The first event that an archive holds, epoch milliseconds; `null` for an empty one. */
export function firstArchived(database: DatabaseSync, archive: string): number | null {
  const row = database
    .prepare(
      `SELECT min(at) AS at FROM (
         SELECT min(event_time) AS at FROM eb_archived WHERE archive = ?1
         UNION ALL SELECT min(first_time) FROM eb_pack WHERE archive = ?1
       )`,
    )
    .get(archive) as { at: number | null } | undefined;
  return row?.at ?? null;
}
