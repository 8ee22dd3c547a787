/** The audit block of a counted window: how the words came about, without what they are about (replies §3.7). */
import type { EstimateRecord } from '../../../events/sending.ts';
import type { DayCount, Estimate } from '../../../policy/orders/estimate.ts';
import type { OrderFacts } from '../../../policy/orders/facts.ts';
import { bucketLabel } from '../../../policy/orders/link.ts';
import type { Digester } from '../../shared/digests.ts';

export function estimateRecord(
  facts: OrderFacts,
  estimate: Estimate,
  { zone, calendar }: DayCount,
  digester: Digester,
): EstimateRecord {
  const { slaMinBd, slaMaxBd, elapsedBd, remainingMinBd, remainingMaxBd } = estimate;
  return {
    orderRefHash: digester.digest('order-ref', facts.orderRef),
    shippingMethodHash:
      facts.shippingMethodRaw === undefined ? null : digester.digest('shipping-method', facts.shippingMethodRaw),
    shippingBucket: bucketLabel(estimate.bucket),
    slaMinBd,
    slaMaxBd,
    createdAtDate: estimate.orderDate,
    asOfDate: estimate.askedDate,
    zone,
    calendar,
    elapsedBd,
    remainingMinBd,
    remainingMaxBd,
  };
}
