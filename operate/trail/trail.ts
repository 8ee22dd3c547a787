/** The audit trail of one conversation: every fact about it, in the order in which the facts came about. */
import type { AnyEvent } from '../../events/define-event.ts';
import type { Tables } from '../instance/tables.ts';

/** A fact as it was recorded. */
export type Fact = AnyEvent & { readonly recordedAt: string };

/** @param after  Sort key of the last record that was seen; `null` reads from the beginning. */
export async function readTrail(
  tables: Pick<Tables, 'query'>,
  conversationId: string,
  after: string | null = null,
): Promise<{ readonly facts: Fact[]; readonly last: string | null }> {
  const facts: Fact[] = [];
  let last = after;
  const question = {
    KeyConditionExpression: after === null ? '#c = :c' : '#c = :c AND #t > :t',
    ExpressionAttributeNames: { '#c': 'conversation_id', ...(after !== null && { '#t': 'ts_action_id' }) },
    ExpressionAttributeValues: { ':c': { S: conversationId }, ...(after !== null && { ':t': { S: after } }) },
    ConsistentRead: true,
  };
  for await (const item of tables.query('audit_trail', question)) {
    last = String(item.ts_action_id);
    const { metadata, data } = JSON.parse(String(item.envelope)) as AnyEvent;
    facts.push({ metadata, data, recordedAt: String(item.recorded_at) });
  }
  return { facts: inOrder(facts), last };
}

/** Conversation that holds a message, found in the timelines; `null` when none does. Walks the table: for a person's question. */
export async function conversationOfMessage(tables: Pick<Tables, 'scan'>, messageKey: string): Promise<string | null> {
  const question = {
    FilterExpression: '#m = :m',
    ProjectionExpression: '#p',
    ExpressionAttributeNames: { '#m': 'message_key', '#p': 'model' },
    ExpressionAttributeValues: { ':m': { S: messageKey } },
  };
  for await (const item of tables.scan('read_models', question)) {
    const model = String(item.model);
    if (model.startsWith(TIMELINE)) return model.slice(TIMELINE.length);
  }
  return null;
}

const TIMELINE = 'timeline#';

/** By causation depth, then time of publishing, then name, as everywhere (interfaces §2); one record a fact. */
function inOrder(facts: readonly Fact[]): Fact[] {
  const byId = new Map(facts.map((fact) => [fact.metadata.eventId, fact]));
  return [...byId.values()].toSorted(
    ({ metadata: a }, { metadata: b }) =>
      Number(a.eventName === 'MessageSettled') - Number(b.eventName === 'MessageSettled') ||
      a.hops - b.hops ||
      compare(a.publishedAt, b.publishedAt) ||
      compare(a.eventName, b.eventName),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
