/** How full the vendor's shared budgets are just now, and whether one is closed (platform §5.5). */
import { RICHPANEL_BUDGET } from '../../functions/shared/limits/window.ts';
import type { Item } from '../../functions/shared/store/language.ts';
import type { Tables } from '../instance/tables.ts';

export type Bucket = {
  /** `richpanel writes`. */
  readonly name: string;
  readonly taken: number;
  readonly places: number;
  /** RFC 3339: the vendor asked to be left alone until then; `null` where it did not. */
  readonly blockedUntil: string | null;
  /** Refused so often lately that half of the places are left free. */
  readonly refusals: number;
};

const VENDOR = 'richpanel';
/** As `windowLimits` looks back. */
const REFUSALS_MS = 15 * 60_000;

export async function readBuckets(tables: Pick<Tables, 'scan'>, now: number): Promise<Bucket[]> {
  const items: Item[] = [];
  // The table has a handful of items: one a bucket, one a breaker.
  for await (const item of tables.scan('vendor_limits', {})) items.push(item);
  return bucketsOf(items, now);
}

/** One for each class of calls, used or not. Pure. @param now  epoch milliseconds */
export function bucketsOf(items: readonly Item[], now: number): Bucket[] {
  const { classes, windowMs } = RICHPANEL_BUDGET;
  return Object.entries(classes).map(([name, places]) => {
    const item = items.find(({ bucket }) => bucket === `${VENDOR}#${name}`);
    const since = (value: unknown, ms: number): number =>
      Array.isArray(value) ? value.filter((at) => typeof at === 'number' && at > now - ms).length : 0;
    const blocked = Number(item?.blocked_until ?? 0);
    return {
      name: `${VENDOR} ${name}`,
      taken: since(item?.taken, windowMs),
      places,
      blockedUntil: blocked > now ? new Date(blocked).toISOString() : null,
      refusals: since(item?.refused, REFUSALS_MS),
    };
  });
}
