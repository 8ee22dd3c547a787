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

/** Whether state, tracking or cancellation changed, so that an approval given on `before` is void. */
export function mustDecideAgain(before: OrderFacts, after: OrderFacts): boolean {
  return (
    before.orderRef !== after.orderRef ||
    before.state !== after.state ||
    before.cancelledAt !== after.cancelledAt ||
    trackingMarks(before) !== trackingMarks(after)
  );
}

function trackingMarks(facts: OrderFacts): string {
  const marks = distinctParcels(facts.fulfilments).map(({ trackingNumber, trackingUrl }) => [
    trackingNumber,
    trackingUrl,
  ]);
  return JSON.stringify(marks.toSorted());
}
