/** The order behind a conversation by whichever method is on: the helpdesk's link, else number and contact (replies §2.2). */
import type { Candidate } from '../../events/decision.ts';
import type { OrderMatched } from '../../events/order-matched.ts';
import type { ReasonCode } from '../../events/words.ts';
import type { MatchInput, NotMatched } from '../../policy/orders/link.ts';
import type { Container } from '../shared/container.ts';
import { countAttempt, type Refused } from '../shared/orders/attempts.ts';
import { gatherLinkedOrder } from '../shared/orders/linked-order.ts';
import { evidenceOf, provenOrder } from '../shared/orders/proven-order.ts';
import { reveal } from '../shared/restricted.ts';
import type { Shop } from '../shared/shop.ts';
import { decodeVendorId } from '../shared/vendor-ids.ts';

export type MatchMethod = OrderMatched['data']['matchMethod'];
type Found =
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'refused'; readonly outcome: NotMatched }
  | {
      readonly kind: 'found';
      readonly method: MatchMethod;
      readonly match: Omit<MatchInput, 'asOf' | 'transit' | 'days'>;
    };
type Finder = Container<'orders' | 'helpdesk' | 'digests'>;

/**
 * @param may.mayProve  flag `order_match_verified_enabled`
 * @throws VendorError when the helpdesk does not answer: never "unlinked"
 */
export async function findOrder(
  container: Finder,
  conversationId: string,
  candidate: Candidate,
  shop: Shop,
  may: { readonly mayProve: boolean },
): Promise<Found> {
  const linked = await gatherLinkedOrder(container, conversationId, candidate, shop);
  if (linked.kind === 'unreadable') return { kind: 'unreadable' };
  const { customerId, linkage, namesAnotherOrder, contactDiffers } = linked;
  const ticket = { conversationId: decodeVendorId(conversationId), customerId: customerId && reveal(customerId) };
  const asLinked: Found = {
    kind: 'found',
    method: 'linked',
    match: { linkage, namesAnotherOrder, contactDiffers, ticket },
  };
  if (linkage.kind === 'linked' || !may.mayProve) return asLinked;
  return (await proven(container, conversationId, candidate, shop)) ?? asLinked;
}

/** `null` when nothing was proven: the customer then hears what everybody without a linked order hears. */
async function proven(
  container: Finder,
  conversationId: string,
  { answersCommentId, customerHash, decisionId }: Candidate,
  shop: Shop,
): Promise<Found | null> {
  const ticket = await container.helpdesk.ticket(conversationId);
  const evidence = ticket && evidenceOf(ticket, answersCommentId);
  // Without a customer no cap can be kept.
  if (!ticket?.storeId || !evidence || customerHash === null) return null;
  const refused = await countAttempt(container, conversationId, customerHash, decisionId);
  if (refused) return { kind: 'refused', outcome: triedOut(refused) };
  const order = await provenOrder(container, ticket.storeId, evidence, shop);
  if (!order) return null;
  const linkage = { kind: 'linked', order, hasConflict: false } as const;
  return {
    kind: 'found',
    method: 'verified',
    match: { linkage, namesAnotherOrder: false, contactDiffers: false, ticket: null },
  };
}

const CAP_OF: Readonly<Record<Refused, ReasonCode>> = {
  conversation: 'cap_24h_conversation',
  customer: 'cap_24h_customer',
};

/** Not asked again, only routed: the same for a number that exists and for one that does not. */
function triedOut(refused: Refused): NotMatched {
  return {
    kind: 'not_matched',
    reason: 'missing_context',
    missingFields: ['contact'],
    reasonCodes: ['missing_order_context', CAP_OF[refused]],
  };
}
