/** What is under way: messages that came in and are not settled (protocols §7). */
import { OPEN_BY_RECEIVED } from '../../functions/shared/store/tables.ts';
import type { Tables } from '../instance/tables.ts';

export type InFlight = {
  readonly messages: number;
  /** Whole seconds since the oldest of them came in; 0 when there is none. */
  readonly oldestSeconds: number;
};

export async function readInFlight(tables: Pick<Tables, 'query'>, now: number): Promise<InFlight> {
  const question = {
    IndexName: OPEN_BY_RECEIVED,
    KeyConditionExpression: '#open = :evt',
    FilterExpression: '#status <> :dead',
    ProjectionExpression: '#received',
    ExpressionAttributeNames: { '#open': 'open', '#status': 'status', '#received': 'received_at' },
    ExpressionAttributeValues: { ':evt': { S: 'evt' }, ':dead': { S: 'DEAD' } },
  };
  let messages = 0;
  let oldest = now;
  for await (const { received_at } of tables.query('idempotency', question)) {
    messages += 1;
    oldest = Math.min(oldest, Number(received_at));
  }
  return { messages, oldestSeconds: Math.floor((now - oldest) / 1000) };
}
