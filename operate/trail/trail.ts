/** The audit trail of one conversation: every fact about it, in the order in which the facts came about. */
import type { AnyEvent } from '../../events/define-event.ts';
import { splitModel } from '../../functions/auditor/generations.ts';
import type { Tables } from '../instance/tables.ts';

/** A fact as it was recorded. */
export type Fact = AnyEvent;

/** Seals and tombstones stand in the table as well. */
export const RECORDS_ONLY = { FilterExpression: 'attribute_exists(envelope)' };

/** How many records of a conversation were deleted on request. */
export async function deletedOf(tables: Pick<Tables, 'query'>, conversationId: string): Promise<number> {
  const question = {
    KeyConditionExpression: '#c = :c',
    FilterExpression: 'attribute_exists(erased_at)',
    ExpressionAttributeNames: { '#c': 'conversation_id' },
    ExpressionAttributeValues: { ':c': { S: conversationId } },
  };
  let deleted = 0;
  for await (const _ of tables.query('audit_trail', question)) deleted += 1;
  return deleted;
}

/** @param conversationId  as events write it (architecture §8) */
export async function readTrail(tables: Pick<Tables, 'query'>, conversationId: string): Promise<Fact[]> {
  const facts: Fact[] = [];
  const question = {
    KeyConditionExpression: '#c = :c',
    ...RECORDS_ONLY,
    ExpressionAttributeNames: { '#c': 'conversation_id' },
    ExpressionAttributeValues: { ':c': { S: conversationId } },
    ConsistentRead: true,
  };
  for await (const item of tables.query('audit_trail', question)) {
    const { metadata, data } = JSON.parse(String(item.envelope)) as Fact;
    facts.push({ metadata, data });
  }
  return inOrder(facts);
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
    const { model } = splitModel(String(item.model));
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
