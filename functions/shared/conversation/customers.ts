/** The customer-wide cap: a ring of send times with a version; a slot belongs to an approval (protocols §1, §6). */
import type { Base } from '../container.ts';
import { customerKey, expiresAt, nowSeconds } from '../ledger/keys.ts';
import { absent, any, eq, type Item, lt } from '../store/language.ts';
import { CAPS, TIMES } from '../times.ts';

export type Slot = { readonly at: number; readonly approvalId: string };

/** Slots of the last 24 h, and the version that a reservation must find unchanged. */
export type Slots = { readonly slots: readonly Slot[]; readonly version: number };

export async function readSlots(container: Pick<Base, 'store' | 'clock'>, customerHash: string): Promise<Slots> {
  const item = await container.store.get('idempotency', { key: customerKey(customerHash) });
  const since = container.clock.now() - TIMES.capWindowMs;
  const all = (Array.isArray(item?.slots) ? item.slots : []) as unknown as Slot[];
  return { slots: all.filter((slot) => slot.at > since), version: Number(item?.version ?? 0) };
}

/**
 * `false`: the cap is reached, or three rounds were lost to others; then nothing is sent.
 *
 * @param seen  a reading that the first round may rest on: the version proves it.
 */
export async function reserveSlot(
  container: Base,
  customerHash: string,
  approvalId: string,
  seen?: Slots,
): Promise<boolean> {
  for (let round = 0; round < CAPS.slotRounds; round += 1) {
    const { slots, version } = round === 0 && seen ? seen : await readSlots(container, customerHash);
    if (slots.some((slot) => slot.approvalId === approvalId)) return true;
    if (slots.length >= CAPS.customerIn24h) return false;
    const now = container.clock.now();
    const isReserved = await container.store.change(
      'idempotency',
      { key: customerKey(customerHash) },
      {
        set: {
          slots: [...slots, { at: now, approvalId }] as unknown as Item[],
          version: version + 1,
          expires_at: expiresAt(now, TIMES.ttl.customer),
        },
      },
      version === 0 ? any(absent('version'), lt('expires_at', nowSeconds(now))) : eq('version', version),
    );
    if (isReserved) return true;
  }
  return false;
}
