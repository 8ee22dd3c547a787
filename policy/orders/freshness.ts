/** When order facts must be read again, and whether what was decided on them still stands (replies §2.7). */
import type { OrderFacts } from './facts.ts';
import { distinctParcels } from './link.ts';

/** Replies §2.7 and precondition P_FRESH. */
const FACTS_FRESH_MS = 15 * 60_000;

/** Whether facts are young enough to be shown; both instants RFC 3339. Facts from the future are not. */
export function areFresh(fetchedAt: string, now: string): boolean {
  const ageMs = Date.parse(now) - Date.parse(fetchedAt);
  return ageMs >= 0 && ageMs <= FACTS_FRESH_MS;
}

/**
 * Whether anything changed that a reply says or rests on, so that an approval given on `before` is void (protocols §6):
 * state, tracking and cancellation, and what names the order or moves its window.
 */
export function mustDecideAgain(before: OrderFacts, after: OrderFacts): boolean {
  return marksOf(before) !== marksOf(after);
}

/** An array, so that the order in which a shop names its fields does not count. */
function marksOf(facts: OrderFacts): string {
  const { isPreorder, preorder, shippingMethodRaw, statusUrl } = facts;
  return JSON.stringify([
    [facts.orderRef, facts.orderName, facts.createdAt],
    [facts.state, facts.kind, facts.refundState, facts.cancelledAt],
    [shippingMethodRaw, isPreorder, preorder?.etaBusinessDays, preorder?.shipByDate, preorder?.isContradictory],
    [statusUrl, trackingMarks(facts)],
  ]);
}

function trackingMarks(facts: OrderFacts): readonly string[] {
  return distinctParcels(facts.fulfilments)
    .map(({ trackingNumber, trackingUrl, carrierRaw }) => JSON.stringify([trackingNumber, trackingUrl, carrierRaw]))
    .toSorted();
}
