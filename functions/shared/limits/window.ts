/**
 * A vendor's budget shared by all functions: at most so many calls in any 30 seconds, kept in `vendor_limits` under a
 * conditional update (platform §5.5). The times of the taken calls are kept rather than a level, so that no window,
 * fixed or sliding, ever holds more than the budget.
 */
import { expiresAt, nowSeconds } from '../ledger/keys.ts';
import type { Clock, Limits, Store } from '../ports.ts';
import { absent, all, any, type Condition, eq, type Item, lt } from '../store/language.ts';
import { TIMES } from '../times.ts';

export type Budget = {
  /** Calls by class. */
  readonly classes: Readonly<Record<string, number>>;
  readonly windowMs: number;
  /** Classes that may be served from others when their own share is used up. */
  readonly borrows: Readonly<Record<string, readonly string[]>>;
};

/** 50 in 30 s with a tenth held back; writes may borrow from both (platform §5.5). */
export const RICHPANEL_BUDGET: Budget = {
  classes: { writes: 20, reads: 15, orders: 10 },
  windowMs: 30_000,
  borrows: { writes: ['reads', 'orders'] },
};

/** Who loses the race for an item this often stands in a crowd and waits. */
const ROUNDS = 3;

export function windowLimits(
  store: Pick<Store, 'get' | 'update'>,
  clock: Pick<Clock, 'now'>,
  budgets: Readonly<Record<string, Budget>>,
): Limits {
  /** Until when this container need not ask: spares the hot key. */
  const fullUntil = new Map<string, number>();

  async function takeFrom(bucket: string, most: number, windowMs: number): Promise<boolean> {
    for (let round = 0; round < ROUNDS; round += 1) {
      const now = clock.now();
      if (now < (fullUntil.get(bucket) ?? 0)) return false;
      const item = await store.get('vendor_limits', { bucket });
      const taken = timesOf(item).filter((at) => at > now - windowMs);
      const blockedUntil = Number(item?.blocked_until ?? 0);
      const freeAt = taken.length < most ? 0 : (taken[taken.length - most] ?? now) + windowMs;
      const waitUntil = Math.max(blockedUntil, freeAt);
      if (waitUntil > now) {
        fullUntil.set(bucket, waitUntil);
        return false;
      }
      const version = Number(item?.version ?? 0);
      const changed = await store.update(
        'vendor_limits',
        { bucket },
        { set: { taken: [...taken, now], version: version + 1, expires_at: expiresAt(now, TIMES.ttl.limits) } },
        all(isVersion(item, version, nowSeconds(now)), any(absent('blocked_until'), lt('blocked_until', now + 1))),
      );
      if (changed) return true;
    }
    return false;
  }

  async function block(bucket: string, until: number): Promise<void> {
    fullUntil.set(bucket, until);
    const now = clock.now();
    await store.update(
      'vendor_limits',
      { bucket },
      { set: { blocked_until: until, expires_at: expiresAt(now, TIMES.ttl.limits) } },
      any(absent('blocked_until'), lt('blocked_until', until)),
    );
  }

  return {
    async take(vendor, operationClass, blockedUntil) {
      const budget = budgets[vendor];
      if (!budget) throw new Error('no budget for this vendor');
      const bucketOf = (name: string) => `${vendor}#${name}`;
      if (blockedUntil !== undefined) {
        // The vendor counts all classes together.
        for (const name of Object.keys(budget.classes)) await block(bucketOf(name), blockedUntil);
        return false;
      }
      for (const name of [operationClass, ...(budget.borrows[operationClass] ?? [])]) {
        if (await takeFrom(bucketOf(name), budget.classes[name] ?? 0, budget.windowMs)) return true;
      }
      return false;
    },
  };
}

/** What was never written, or expired and was not deleted yet, has no version to respect. */
export function isVersion(item: Item | null, version: number, now: number): Condition {
  if (item === null) return any(absent('version'), lt('expires_at', now + 1));
  return item.version === undefined ? absent('version') : eq('version', version);
}

function timesOf(item: Item | null): number[] {
  return Array.isArray(item?.taken) ? item.taken.filter((at): at is number => typeof at === 'number') : [];
}
