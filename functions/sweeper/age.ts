/** When a message last waited for too long: automation is resumed only after a quarter of an hour without one (platform §4.10). */
import type { Container } from '../shared/container.ts';
import { expiresAt } from '../shared/ledger/keys.ts';
import { TIMES } from '../shared/times.ts';

export const AGE_KEY = { bucket: 'intake#age' } as const;
const OVER_S = 60;

/** @param ageS  of the oldest unsettled message, at this run */
export async function rememberAge({ store, clock }: Pick<Container, 'store' | 'clock'>, ageS: number): Promise<void> {
  if (ageS < OVER_S) return;
  const now = clock.now();
  await store.put('vendor_limits', { ...AGE_KEY, over_at: now, expires_at: expiresAt(now, TIMES.ttl.limits) });
}
