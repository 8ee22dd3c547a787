/** How many events of a period the archive holds for a rule: an archive cannot be asked, the audit trail can. */
import type { EventName } from '../../events/catalogue.ts';
import type { Tables } from '../instance/tables.ts';

/** A record may be dated by a clock that is a little behind the bus's. */
const SKEW_MS = 60_000;
const PUBLISHED = /"publishedAt":"([^"]{20,30})"/;

/** Events by the start of their grain, epoch milliseconds. Walks the trail once; keeps numbers only. */
export async function countByGrain(
  tables: Pick<Tables, 'scan'>,
  period: { readonly from: number; readonly to: number },
  heard: ReadonlySet<EventName>,
  grainMs: number,
): Promise<Map<number, number>> {
  const counts = new Map<number, number>();
  const question = {
    FilterExpression: '#r >= :from',
    ProjectionExpression: '#n, #e',
    ExpressionAttributeNames: { '#r': 'recorded_at', '#n': 'event_name', '#e': 'envelope' },
    ExpressionAttributeValues: { ':from': { S: new Date(period.from - SKEW_MS).toISOString() } },
  };
  for await (const { event_name, envelope } of tables.scan('audit_trail', question)) {
    if (!heard.has(event_name as EventName)) continue;
    const at = Date.parse(PUBLISHED.exec(String(envelope))?.[1] ?? '');
    if (!(at >= period.from && at <= period.to)) continue;
    const grain = Math.floor(at / grainMs) * grainMs;
    counts.set(grain, (counts.get(grain) ?? 0) + 1);
  }
  return counts;
}
