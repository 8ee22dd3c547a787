/** State of each vendor whose circuit breakers ever moved, from the facts that say so: open while one of its classes is. */
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
  const openClasses = new Map<string, Set<string>>();
  for (const { metadata, data } of moves) {
    const open = openClasses.get(String(data.vendor)) ?? new Set();
    if (metadata.eventName === 'CircuitOpened') open.add(String(data.operationClass));
    else open.delete(String(data.operationClass));
    openClasses.set(String(data.vendor), open);
  }
  return Object.fromEntries([...openClasses].map(([vendor, open]) => [vendor, open.size > 0 ? 'open' : 'closed']));
}
