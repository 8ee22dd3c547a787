/** What remains of a deletion: who may prove it, and which conversations must not come back (platform §4.7). */
import { canonicalJson } from '../envelopes.ts';
import type { Item, Key } from '../store/language.ts';
import { merkleRoot } from './merkle.ts';

/** Requests, under their ids; the conversations that each one erased. */
export const ERASURES = 'erasures#';
/** One row for each erased conversation: nothing up to that instant is recorded of it again. */
export const ERASED = 'erased#';

export const erasureKey = (requestId: string): Key => ({ conversation_id: ERASURES, ts_action_id: requestId });
export const erasedKey = (conversationId: string): Key => ({ conversation_id: ERASED, ts_action_id: conversationId });

/** @param request  its row; what is none names none */
export const conversationsOf = ({ conversations }: Item): string[] =>
  Array.isArray(conversations) ? conversations.map(String) : [];

/** Was the fact part of what was deleted? */
export function isErased(row: Item | null, occurredAt: string): boolean {
  return row !== null && occurredAt <= String(row.erased_at);
}

/** @param request  its row @param expires  epoch seconds */
export function erasedRow(conversationId: string, request: Item, expires: number): Item {
  const { ts_action_id: requestId = '', erased_at = '' } = request;
  return { ...erasedKey(conversationId), request_id: requestId, erased_at, expires_at: expires };
}

/** What proves the place of an erased record in its seal, and no more. */
const LEFT = ['conversation_id', 'ts_action_id', 'event_id', 'leaf_hour', 'leaf'] as const;
export const TOMBSTONE = [...LEFT, 'leaf_expires_at', 'expires_at', 'request_id', 'erased_at'] as const;

/** What is left of a record: its place and its leaf. Content and salt are gone, so the leaf says nothing of either. */
export function tombstoneOf(record: Item, request: Item, expires: number): Item {
  const { ts_action_id: requestId = '', erased_at = '' } = request;
  return {
    ...Object.fromEntries(LEFT.map((name) => [name, record[name] ?? ''])),
    leaf_expires_at: record.expires_at ?? 0,
    expires_at: expires,
    request_id: requestId,
    erased_at,
  };
}

/** Published with the deletion: the conversations it erased, and every tombstone that may call upon it. */
export function erasureRoot(request: Item, tombstones: readonly Item[]): string {
  const { ts_action_id, customer_hash, conversations, erased_at } = request;
  const about = { ts_action_id, customer_hash, conversations, erased_at };
  return merkleRoot([canonicalJson(about), ...tombstones.map((row) => canonicalJson(row)).toSorted()]);
}
