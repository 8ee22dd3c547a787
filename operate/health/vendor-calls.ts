/** How the last calls to vendors went, as their circuit breakers counted them (platform §5.6). */
import * as v from 'valibot';
import { WAITS } from '../../functions/shared/times.ts';
import type { Tables } from '../instance/tables.ts';

/** @property name  of the breaker: vendor and kind of call */
export type VendorCalls = { readonly name: string; readonly calls: number; readonly failed: number };

const BREAKER = '#breaker';
const Slots = v.array(v.object({ at: v.number(), calls: v.number(), failed: v.number() }));

/**
 * Of the last five minutes; a vendor that was not called is left out.
 *
 * @param now  epoch milliseconds
 * @param timeScale  of an instance on this machine: its breakers look back on so much less
 */
export async function readVendorCalls(
  tables: Pick<Tables, 'scan'>,
  now: number,
  timeScale = 1,
): Promise<readonly VendorCalls[]> {
  const question = {
    FilterExpression: 'contains(#b, :b)',
    ExpressionAttributeNames: { '#b': 'bucket' },
    ExpressionAttributeValues: { ':b': { S: BREAKER } },
  };
  const found: VendorCalls[] = [];
  for await (const { bucket, slots } of tables.scan('vendor_limits', question)) {
    const counted = v.safeParse(Slots, slots);
    if (!counted.success) continue;
    const recent = counted.output.filter(({ at }) => at > now - WAITS.breakerWindowMs * timeScale);
    const calls = recent.reduce((sum, slot) => sum + slot.calls, 0);
    const failed = recent.reduce((sum, slot) => sum + slot.failed, 0);
    if (calls > 0) found.push({ name: String(bucket).slice(0, -BREAKER.length).replaceAll('#', ' '), calls, failed });
  }
  return found;
}
