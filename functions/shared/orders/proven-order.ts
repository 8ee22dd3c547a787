/** Reads the order that a customer names and proves to be theirs: M2 and M3 (replies §2.2). Text stays in memory. */
import type { NormalisedOrder } from '../../../policy/orders/normalise.ts';
import { type Evidence, evidenceIn, isProven } from '../../../policy/orders/proof.ts';
import { isRecord } from '../../../policy/orders/raw-order.ts';
import { cleanMessage } from '../../../policy/text/clean.ts';
import type { Container } from '../container.ts';
import type { Ticket } from '../ports.ts';
import { reveal } from '../restricted.ts';
import type { Shop } from '../shop.ts';
import { readOrder } from './linked-order.ts';

/**
 * The order under the very number told, if it answers to the contact told. A number that does not exist, one that is
 * somebody else's, and two orders under one number are the same `null`: who asks must not learn which it was.
 */
export async function provenOrder(
  container: Container<'orders' | 'digests'>,
  storeId: string,
  evidence: Evidence,
  shop: Shop,
): Promise<NormalisedOrder | null> {
  const answer = reveal(await container.orders.byId(storeId, evidence.number));
  if (!isRecord(answer) || Object.keys(answer).length === 0) return null;
  const order = await readOrder(container, answer, shop);
  return isProven(order, evidence) ? order : null;
}

/** What the customer told us since somebody of the shop wrote last, up to the comment that is answered. */
export function evidenceOf(ticket: Ticket, answersCommentId: string): Evidence | null {
  const answered = ticket.comments.find(({ id }) => id === answersCommentId);
  if (answered === undefined) return null;
  const since = ticket.comments
    .filter(({ author, isPublic, createdAt }) => author !== 'customer' && isPublic && createdAt <= answered.createdAt)
    .reduce((latest, { createdAt }) => Math.max(latest, createdAt), Number.NEGATIVE_INFINITY);
  const texts = ticket.comments
    .filter(({ author, createdAt }) => author === 'customer' && createdAt > since && createdAt <= answered.createdAt)
    .toSorted((a, b) => b.createdAt - a.createdAt)
    .map(({ text, isHtml }) => cleanMessage(reveal(text), { html: isHtml }).own);
  const { email } = ticket.customer;
  return evidenceIn({ channel: ticket.channel, senderEmail: email && reveal(email), texts });
}
