/** Keys of the ledger: immutable properties only (platform §2.4). */
import type { FunctionName } from '../../../events/words.ts';

export const messageRecordKey = (conversationId: string, messageKey: string): string =>
  `evt:rp:${conversationId}:${messageKey}`;
export const consumerKey = (name: FunctionName, handler: string, eventId: string): string =>
  `csm:${name}:${handler}:${eventId}`;
export const replyKey = (conversationId: string, commentId: string): string =>
  `act:rp_reply:${conversationId}:${commentId}`;
export const resolveKey = (conversationId: string, commentId: string): string =>
  `act:rp_resolve:${conversationId}:${commentId}`;
export const noteKey = (conversationId: string, commentId: string): string =>
  `act:rp_note:${conversationId}:${commentId}`;
export const routeWriteKey = (conversationId: string, cause: string): string => `act:rp_tag:${conversationId}:${cause}`;
/** What an agent said of a ticket by tag: once for each code. */
export const feedbackKey = (conversationId: string, code: string): string => `fbk:rp:${conversationId}:${code}`;
/** Attempts to prove an order, of a conversation and of a customer (replies §2.2). */
export const matchKey = (whose: 'conv' | 'cust', id: string): string => `match:${whose}:${id}`;
export const customerKey = (customerHash: string): string => `cust:${customerHash}`;

/** Epoch seconds of DynamoDB's TTL. */
export const expiresAt = (now: number, ttlMs: number): number => Math.floor((now + ttlMs) / 1000);
export const nowSeconds = (now: number): number => Math.floor(now / 1000);
