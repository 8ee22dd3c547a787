/** State of each circuit breaker that ever moved, from the facts that say so. */
import type { AnyEvent } from '../../events/define-event.ts';
import { SYSTEM_PARTITION } from '../../functions/auditor/handler.ts';
import type { Tables } from '../instance/tables.ts';

export async function readBreakers(
  tables: Pick<Tables, 'query'>,
): Promise<Readonly<Record<string, 'open' | 'closed'>>> {
  const question = {
    KeyConditionExpression: '#c = :c',
    FilterExpression: '#e IN (:opened, :closed)',
    ExpressionAttributeNames: { '#c': 'conversation_id', '#e': 'event_name' },
    ExpressionAttributeValues: {
      ':c': { S: SYSTEM_PARTITION },
      ':opened': { S: 'CircuitOpened' },
      ':closed': { S: 'CircuitClosed' },
    },
  };
  const moves: AnyEvent[] = [];
  for await (const item of tables.query('audit_trail', question))
    moves.push(JSON.parse(String(item.envelope)) as AnyEvent);
  moves.sort((a, b) => Date.parse(a.metadata.occurredAt) - Date.parse(b.metadata.occurredAt));
  return Object.fromEntries(
    moves.map(({ metadata, data }) => [
      String(data.vendor),
      metadata.eventName === 'CircuitOpened' ? 'open' : 'closed',
    ]),
  );
}
