/** State of each vendor whose circuit breakers ever moved, from the facts that say so: open while one of its classes is. */
import type { AnyEvent } from '../../events/define-event.ts';
import { SYSTEM_PARTITION } from '../../functions/auditor/handler.ts';
import type { Tables } from '../instance/tables.ts';

/** A fact may be written down so long after it happened. */
const LATE_MS = 3_600_000;

/** What was read of one trail, and when (epoch milliseconds). */
type Known = { readonly moves: Map<string, AnyEvent>; readonly until: number };
const known = new Map<string, Known>();

/**
 * @param of  names the trail: whoever asks of it again and again, as the console does, reads only what came since; `null` reads all
 */
export async function readBreakers(
  tables: Pick<Tables, 'query'>,
  of: string | null = null,
): Promise<Readonly<Record<string, 'open' | 'closed'>>> {
  const before = (of === null ? undefined : known.get(of)) ?? { moves: new Map<string, AnyEvent>(), until: 0 };
  const question = {
    KeyConditionExpression: '#c = :c AND #t >= :since',
    FilterExpression: '#e IN (:opened, :closed)',
    ExpressionAttributeNames: { '#c': 'conversation_id', '#t': 'ts_action_id', '#e': 'event_name' },
    ExpressionAttributeValues: {
      ':c': { S: SYSTEM_PARTITION },
      ':since': { S: new Date(Math.max(0, before.until - LATE_MS)).toISOString() },
      ':opened': { S: 'CircuitOpened' },
      ':closed': { S: 'CircuitClosed' },
    },
  };
  const until = Date.now();
  for await (const item of tables.query('audit_trail', question)) {
    const fact = JSON.parse(String(item.envelope)) as AnyEvent;
    before.moves.set(fact.metadata.eventId, fact);
  }
  if (of !== null) known.set(of, { moves: before.moves, until });
  const moves = [...before.moves.values()];
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
