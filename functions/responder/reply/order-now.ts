/** The approved order as it is at the door: facts that grew old are read again, and a change voids the approval (replies §2.7). */
import * as v from 'valibot';
import type { DecisionInput, OrderInput } from '../../../events/decision.ts';
import { OrderFacts } from '../../../policy/orders/facts.ts';
import { areFresh, mustDecideAgain } from '../../../policy/orders/freshness.ts';
import { labelsAt, type Matched, matchOrder, type NotMatched } from '../../../policy/orders/link.ts';
import { notMatchedInput } from '../../../policy/orders/order-input.ts';
import { VendorError } from '../../shared/errors.ts';
import { gatherLinkedOrder } from '../../shared/orders/linked-order.ts';
import { evidenceOf, provenOrder } from '../../shared/orders/proven-order.ts';
import type { Ticket } from '../../shared/ports.ts';
import { type Restricted, restrict, reveal } from '../../shared/restricted.ts';
import { type Shop, shopOf } from '../../shared/shop.ts';
import { readOrderFacts } from '../../shared/vault/vault.ts';
import { decodeVendorId } from '../../shared/vendor-ids.ts';
import type { Approved, ReplyContext } from './handler.ts';

export type OrderNow =
  /** A Tier 1 reply speaks of no order. */
  | { readonly kind: 'none' }
  /** The vault has lost the facts. */
  | { readonly kind: 'expired' }
  /** The helpdesk gave no answer that could be read. */
  | { readonly kind: 'unreadable' }
  /** As approved; read at `fetchedAt`, which a second reading has moved on. */
  | { readonly kind: 'approved'; readonly facts: Restricted<OrderFacts>; readonly fetchedAt: string }
  /** Another state, tracking or cancellation, or no order that may be spoken of. */
  | { readonly kind: 'changed'; readonly match: Matched | NotMatched };

/** One reading of the vault; one of the helpdesk where the facts are older than 15 minutes. Throws when it is busy. */
export async function readOrderNow(event: Approved, context: ReplyContext, ticket: Ticket): Promise<OrderNow> {
  const { container } = context;
  const { contextRef, input } = event.data;
  if (contextRef === null || !input.order?.labels) return { kind: 'none' };
  const held = await readOrderFacts(container, contextRef);
  const kept = v.safeParse(OrderFacts, held && reveal(held));
  if (!kept.success) return { kind: 'expired' };
  const facts = kept.output;
  if (areFresh(facts.fetchedAt, new Date(container.clock.now()).toISOString()))
    return { kind: 'approved', facts: restrict(facts), fetchedAt: facts.fetchedAt };
  const match = await matchAgain(event, context, ticket);
  if (match === null) return { kind: 'unreadable' };
  return match.kind === 'matched' && !mustDecideAgain(facts, match.facts)
    ? { kind: 'approved', facts: restrict(facts), fetchedAt: match.facts.fetchedAt }
    : { kind: 'changed', match };
}

/** By the method of the approval. `null` when the helpdesk refuses for good, or answers what is no answer. */
async function matchAgain(
  event: Approved,
  context: ReplyContext,
  ticket: Ticket,
): Promise<Matched | NotMatched | null> {
  const { container } = context;
  const shop = shopOf(container.config, await container.flags.read());
  try {
    const found = await (event.data.input.order?.matchMethod === 'verified'
      ? provenAgain(event, context, ticket, shop)
      : linkedAgain(event, context, shop));
    return found && matchOrder({ ...found, ...countingOf(event, context, shop) });
  } catch (error) {
    if (error instanceof VendorError && !error.retryable) return null;
    throw error;
  }
}

async function linkedAgain(event: Approved, { container }: ReplyContext, shop: Shop) {
  const conversationId = event.metadata.conversationId ?? '';
  const found = await gatherLinkedOrder(container, conversationId, event.data.candidate, shop);
  if (found.kind === 'unreadable') return null;
  return {
    ...found,
    ticket: {
      conversationId: decodeVendorId(conversationId),
      customerId: found.customerId && reveal(found.customerId),
    },
  };
}

async function provenAgain(event: Approved, { container }: ReplyContext, ticket: Ticket, shop: Shop) {
  const evidence = evidenceOf(ticket, event.data.answersCommentId);
  const order = evidence && ticket.storeId ? await provenOrder(container, ticket.storeId, evidence, shop) : null;
  return {
    linkage: order ? ({ kind: 'linked', order, hasConflict: false } as const) : ({ kind: 'unlinked' } as const),
    namesAnotherOrder: false,
    contactDiffers: false,
    ticket: null,
  };
}

/** What the gates are told of the order; days go by between approval and sending, so they are counted again (replies §7.4). */
export function orderInputNow(
  event: Approved,
  context: ReplyContext,
  order: OrderNow,
  approved: DecisionInput['order'],
  shop: Shop,
): OrderInput | null {
  if (approved === null || order.kind === 'none') return approved;
  switch (order.kind) {
    case 'expired':
      return {
        ...approved,
        contextComplete: false,
        contextExpiresAt: new Date(context.container.clock.now()).toISOString(),
      };
    case 'unreadable':
      return { ...approved, deterministicMatch: 'unknown' };
    case 'approved':
      return {
        ...approved,
        labels: labelsAt(reveal(order.facts), countingOf(event, context, shop)),
        factsFetchedAt: order.fetchedAt,
      };
    case 'changed':
      return order.match.kind === 'matched'
        ? { ...approved, labels: order.match.labels, factsFetchedAt: order.match.facts.fetchedAt }
        : notMatchedInput(order.match);
    default:
      return order satisfies never;
  }
}

function countingOf(event: Approved, { container }: ReplyContext, { transit, days }: Shop) {
  return { transit, days, asOf: sendAsOf(event, container.clock.now()) };
}

/** The customer's own date moved on by the time since the message came in, so that a dated message stays the base. */
function sendAsOf({ metadata, data }: Approved, now: number): string {
  const { commentCreatedAt, receivedAt } = metadata;
  const asked = Date.parse(commentCreatedAt ?? data.input.now);
  const at = commentCreatedAt && receivedAt ? asked + Math.max(0, now - Date.parse(receivedAt)) : Math.max(now, asked);
  return new Date(at).toISOString();
}
