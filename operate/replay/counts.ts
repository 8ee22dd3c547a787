/** How many events of a period the archive holds for a rule: an archive cannot be asked, the audit trail can. */
import type { EventName } from '../../events/catalogue.ts';
import { leafHour } from '../../functions/shared/audit/leaves.ts';
import { LEAVES_BY_HOUR } from '../../functions/shared/store/tables.ts';
import { TIMES } from '../../functions/shared/times.ts';
import type { Tables } from '../instance/tables.ts';

/** A record may be dated by a clock that is a little behind the bus's. */
const SKEW_MS = 60_000;
const HOUR_MS = 3_600_000;
/** Hours that are asked for at the same time. */
const AT_ONCE = 8;
const PUBLISHED = /"publishedAt":"([^"]{20,30})"/;

/**
 * Events by the start of their grain, epoch milliseconds. Reads the trail from the hour of the first on, since a fact may be
 * written down long after it was published; keeps numbers only.
 */
export async function countByGrain(
  tables: Pick<Tables, 'query'>,
  period: { readonly from: number; readonly to: number },
  heard: ReadonlySet<EventName>,
  grainMs: number,
  now = Date.now(),
): Promise<Map<number, number>> {
  const counts = new Map<number, number>();
  const ofHour = async (hour: string): Promise<void> => {
    const question = {
      IndexName: LEAVES_BY_HOUR,
      KeyConditionExpression: '#h = :h',
      ProjectionExpression: '#n, #e',
      ExpressionAttributeNames: { '#h': 'leaf_hour', '#n': 'event_name', '#e': 'envelope' },
      ExpressionAttributeValues: { ':h': { S: hour } },
    };
    for await (const { event_name, envelope } of tables.query('audit_trail', question)) {
      if (!heard.has(event_name as EventName)) continue;
      const at = Date.parse(PUBLISHED.exec(String(envelope))?.[1] ?? '');
      if (!(at >= period.from && at <= period.to)) continue;
      const grain = Math.floor(at / grainMs) * grainMs;
      counts.set(grain, (counts.get(grain) ?? 0) + 1);
    }
  };
  const hours = hoursFrom(period.from - SKEW_MS, now);
  for (let first = 0; first < hours.length; first += AT_ONCE)
    await Promise.all(hours.slice(first, first + AT_ONCE).map(ofHour));
  return counts;
}

/** The trail forgets, and may do so a little late: nothing in it was written down before. */
const KEPT_MS = TIMES.ttl.audit + TIMES.ttl.sealAfterLeaves;

function hoursFrom(from: number, now: number): string[] {
  const hours: string[] = [];
  const first = Math.max(from, now - KEPT_MS);
  for (let at = first - (first % HOUR_MS); at <= now + SKEW_MS; at += HOUR_MS) hours.push(leafHour(at));
  return hours;
}
