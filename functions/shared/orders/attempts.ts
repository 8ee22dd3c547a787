/** How often somebody tried to prove an order, so that numbers cannot be tried out (replies §2.2). */
import type { Base } from '../container.ts';
import { expiresAt, matchKey, nowSeconds } from '../ledger/keys.ts';
import { absent, any, eq, type Item, lt } from '../store/language.ts';
import { CAPS, TIMES } from '../times.ts';

type Attempt = { readonly at: number; readonly id: string };
/** Which cap is reached. */
export type Refused = 'conversation' | 'customer';

/**
 * Counts one attempt against its conversation and its customer; the same attempt counts once, however often it is made.
 *
 * @param id  of the decision that wants the look-up
 * @returns `null` when the attempt may be made; a race lost three times counts as refused
 */
export async function countAttempt(
  container: Pick<Base, 'store' | 'clock'>,
  conversationId: string,
  customerHash: string,
  id: string,
): Promise<Refused | null> {
  const inConversation = await take(container, matchKey('conv', conversationId), id, CAPS.matchesInConversation);
  if (!inConversation) return 'conversation';
  return (await take(container, matchKey('cust', customerHash), id, CAPS.matchesOfCustomer)) ? null : 'customer';
}

async function take(
  { store, clock }: Pick<Base, 'store' | 'clock'>,
  key: string,
  id: string,
  most: number,
): Promise<boolean> {
  for (let round = 0; round < CAPS.slotRounds; round += 1) {
    const item = await store.get('idempotency', { key });
    const now = clock.now();
    const kept = (Array.isArray(item?.attempts) ? item.attempts : []) as unknown as Attempt[];
    const attempts = kept.filter(({ at }) => at > now - TIMES.capWindowMs);
    if (attempts.some((attempt) => attempt.id === id)) return true;
    if (attempts.length >= most) return false;
    const version = Number(item?.version ?? 0);
    const isCounted = await store.change(
      'idempotency',
      { key },
      {
        set: {
          attempts: [...attempts, { at: now, id }] as unknown as Item[],
          version: version + 1,
          expires_at: expiresAt(now, TIMES.ttl.customer),
        },
      },
      version === 0 ? any(absent('version'), lt('expires_at', nowSeconds(now))) : eq('version', version),
    );
    if (isCounted) return true;
  }
  return false;
}
