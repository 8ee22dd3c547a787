/**
 * A vendor's budget shared by all functions: at most so many calls in any 30 seconds, kept in `vendor_limits` under a
 * conditional update (platform §5.5). The times of the taken calls are kept rather than a level, so that no window,
 * fixed or sliding, ever holds more than the budget.
 */
import { expiresAt, nowSeconds } from '../ledger/keys.ts';
import type { Clock, Limits, Store } from '../ports.ts';
import { absent, all, any, type Condition, eq, type Item, lt, type Value } from '../store/language.ts';
import { TIMES } from '../times.ts';

export type Budget = {
  /** Calls by class. */
  readonly classes: Readonly<Record<string, number>>;
  readonly windowMs: number;
  /** Classes that may be served from others when their own share is used up. */
  readonly borrows: Readonly<Record<string, readonly string[]>>;
  /** Classes that have a cap of their own and are served from another's share within it. */
  readonly within: Readonly<Record<string, string>>;
};

/** A call reaches the vendor's counter so long after it took its place, at most: beyond it the tenth held back has to do. */
const ON_THE_WAY_MS = 1_000;

/**
 * 50 in 30 s with a tenth held back; writes may borrow from both (platform §5.5). Polling gets a fifth of it all, out of
 * what reads have.
 */
export const RICHPANEL_BUDGET: Budget = {
  classes: { writes: 20, reads: 15, orders: 10, polls: 9 },
  windowMs: 30_000 + ON_THE_WAY_MS,
  borrows: { writes: ['reads', 'orders'] },
  within: { polls: 'reads' },
};

/** So many refusals within so long halve the places of the class that met them (platform §5.6). */
const HALVING_REFUSALS = 5;
const HALVING_WITHIN_MS = 15 * 60_000;

/** Of the budget, while a backlog drains (platform §5.8). */
const CATCH_UP_SHARE = 0.8;

/** Who loses the race for an item this often stands in a crowd and waits. */
const ROUNDS = 3;

export function windowLimits(
  store: Pick<Store, 'get' | 'update'>,
  clock: Pick<Clock, 'now'>,
  budgets: Readonly<Record<string, Budget>>,
  /** Flag `catch_up_mode`. */
  isCatchingUp: () => Promise<boolean> = async () => false,
): Limits {
  /** Until when this container need not ask: spares the hot key. */
  const fullUntil = new Map<string, number>();

  async function takeFrom(bucket: string, most: number, windowMs: number): Promise<boolean> {
    for (let round = 0; round < ROUNDS; round += 1) {
      const now = clock.now();
      if (now < (fullUntil.get(bucket) ?? 0)) return false;
      const item = await store.get('vendor_limits', { bucket });
      const taken = timesOf(item?.taken).filter((at) => at > now - windowMs);
      const blockedUntil = Number(item?.blocked_until ?? 0);
      const isHalved = recentRefusals(item, now).length >= HALVING_REFUSALS;
      const places = isHalved ? Math.ceil(most / 2) : most;
      const freeAt = taken.length < places ? 0 : (taken[taken.length - places] ?? now) + windowMs;
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

  /** A refusal that loses its race to a crowd is let go: the closing stands in any case. */
  async function countRefusal(bucket: string): Promise<void> {
    const item = await store.get('vendor_limits', { bucket });
    const now = clock.now();
    const version = Number(item?.version ?? 0);
    const refused = [...recentRefusals(item, now), now].slice(-HALVING_REFUSALS);
    await store.update(
      'vendor_limits',
      { bucket },
      { set: { refused, version: version + 1, expires_at: expiresAt(now, TIMES.ttl.limits) } },
      isVersion(item, version, nowSeconds(now)),
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
        await countRefusal(bucketOf(budget.within[operationClass] ?? operationClass));
        return false;
      }
      const outer = budget.within[operationClass];
      const share = (await isCatchingUp()) ? CATCH_UP_SHARE : 1;
      const placeOf = (name: string) =>
        takeFrom(bucketOf(name), Math.floor((budget.classes[name] ?? 0) * share), budget.windowMs);
      // A place of the inner cap that finds the outer share used up stays taken: at most too few calls are made.
      if (outer !== undefined) return (await placeOf(operationClass)) && (await placeOf(outer));
      for (const name of [operationClass, ...(budget.borrows[operationClass] ?? [])]) {
        if (await placeOf(name)) return true;
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

function recentRefusals(item: Item | null, now: number): number[] {
  return timesOf(item?.refused).filter((at) => at > now - HALVING_WITHIN_MS);
}

function timesOf(value: Value | undefined): number[] {
  return Array.isArray(value) ? value.filter((at): at is number => typeof at === 'number') : [];
}
