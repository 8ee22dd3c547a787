/** Customer messages that came of a replay: there is never one (platform §5.11, step 7). */
import { leafHour } from '../../functions/shared/audit/leaves.ts';
import { LEAVES_BY_HOUR } from '../../functions/shared/store/tables.ts';
import type { Tables } from '../instance/tables.ts';
import { prefixOf } from './names.ts';
import type { Run } from './runs.ts';

const HOUR_MS = 3_600_000;

/** Sends recorded since the run began whose facts bear its name. Reads the hours of the run alone. */
export async function countSends(
  tables: Pick<Tables, 'query'>,
  { name, startedAt, endedAt }: Pick<Run, 'name' | 'startedAt' | 'endedAt'>,
  now: number,
): Promise<number> {
  let sends = 0;
  // What a replay leads to settles within the hour.
  const until = Math.min(now, (endedAt ?? now) + HOUR_MS);
  for (let at = startedAt - (startedAt % HOUR_MS); at <= until; at += HOUR_MS) {
    const question = {
      IndexName: LEAVES_BY_HOUR,
      KeyConditionExpression: '#h = :h',
      FilterExpression: '#n = :sent AND contains(#e, :replay)',
      ProjectionExpression: '#n',
      ExpressionAttributeNames: { '#h': 'leaf_hour', '#n': 'event_name', '#e': 'envelope' },
      ExpressionAttributeValues: {
        ':h': { S: leafHour(at) },
        ':sent': { S: 'ReplySent' },
        ':replay': { S: `"name":"${prefixOf(name)}` },
      },
    };
    for await (const _ of tables.query('audit_trail', question)) sends += 1;
  }
  return sends;
}
