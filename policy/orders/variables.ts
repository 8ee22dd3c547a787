/** The values that order templates may show, taken from facts and estimate alone (replies §1.5). */
import type { ORDER_VARIABLES } from '../../events/sending.ts';
import type { Estimate } from './estimate.ts';
import type { OrderFacts } from './facts.ts';
import { distinctParcels } from './link.ts';
import { STATE_WORDS } from './states.ts';
import { buildTrackingUrl, carrierAt, carrierOf, type LinkPolicy } from './tracking-links.ts';

export type OrderVariable = (typeof ORDER_VARIABLES)[number];

/** Every variable that has a value; a renderer keeps those that its template declares and its channel shows. */
export function templateVariables(
  facts: OrderFacts,
  estimate: Estimate | null,
  { links, zone }: { links: LinkPolicy; zone: string },
): Partial<Record<OrderVariable, string>> {
  const { orderStatus, fulfillmentStatus } = STATE_WORDS[facts.state];
  return {
    order_id: facts.orderName,
    ...(orderStatus !== undefined && { order_status: orderStatus }),
    ...(fulfillmentStatus !== undefined && { fulfillment_status: fulfillmentStatus }),
    ...trackingVariables(facts, links),
    ...(facts.statusUrl !== undefined && { status_url: facts.statusUrl }),
    ...(estimate !== null && { shipping_bucket: estimate.bucket }),
    ...(estimate !== null && estimate.etaText !== null && { eta_remaining_human: estimate.etaText }),
    order_created_date_human: humanDate(facts.createdAt, zone),
  };
}

/** Nothing when several parcels are on their way: one number would be taken for the whole order (replies S11). */
function trackingVariables(facts: OrderFacts, links: LinkPolicy): Partial<Record<OrderVariable, string>> {
  const [parcel, another] = distinctParcels(facts.fulfilments);
  if (parcel === undefined || another !== undefined) return {};
  const named = carrierOf(parcel.carrierRaw, links.carriers);
  const url = parcel.trackingUrl ?? buildTrackingUrl(named, parcel.trackingNumber);
  const linked = url === null ? undefined : carrierAt(url, links.carriers);
  // A link that leads to another carrier than the one that is named: whose parcel it is, nobody knows.
  const carrier = linked === undefined || linked === named ? named : null;
  return {
    ...(carrier !== null && { tracking_company: carrier.label }),
    ...(parcel.trackingNumber !== undefined && { tracking_number: parcel.trackingNumber }),
    ...(url !== null && { tracking_url: url }),
  };
}

/** `MMM d, yyyy` in the business zone, e.g. `Dec 1, 2025`. */
function humanDate(instant: string, zone: string): string {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, year: 'numeric', month: 'short', day: 'numeric' });
  return format.format(Date.parse(instant));
}
