/** A vendor's circuit breaker, shared by all functions through `vendor_limits` (platform §5.6). */
import { VendorError } from '../errors.ts';
import { expiresAt, nowSeconds } from '../ledger/keys.ts';
import type { Clock, Store } from '../ports.ts';
import type { Item, Value } from '../store/language.ts';
import { TIMES, type Waits } from '../times.ts';
import { type BreakerState, type Change, CLOSED, type Passage, passage, recorded } from './breaker-state.ts';
import { isVersion } from './window.ts';

export type CallOutcome = { readonly failed: boolean; readonly isProbe: boolean };
export type Breaker = {
  /** Asked before each call. Throws `VendorError` when the table cannot be read. */
  before(): Promise<Passage>;
  /** Told after each call. A count lost to a crowd or to a busy table is no reason to lose the answer. */
  after(outcome: CallOutcome): Promise<void>;
};

/** Who loses the race for the item this often lets it go. */
const ROUNDS = 3;

/** @param tell  hears of each opening and closing, once. */
export function storeBreaker(
  store: Pick<Store, 'get' | 'change'>,
  clock: Pick<Clock, 'now'>,
  waits: Pick<Waits, 'breakerWindowMs' | 'breakerOpenMs'>,
  vendor: string,
  tell: (change: Change) => Promise<void>,
): Breaker {
  const key = { bucket: `${vendor}#breaker` };
  const times = { windowMs: waits.breakerWindowMs, openMs: waits.breakerOpenMs };

  async function write(item: Item | null, state: BreakerState, now: number): Promise<boolean> {
    const version = Number(item?.version ?? 0);
    return store.change(
      'vendor_limits',
      key,
      {
        set: {
          slots: state.slots,
          open_until: state.openUntil,
          probe_until: state.probeUntil,
          version: version + 1,
          expires_at: expiresAt(now, TIMES.ttl.limits),
        },
      },
      isVersion(item, version, nowSeconds(now)),
    );
  }

  return {
    async before() {
      const item = await store.get('vendor_limits', key);
      const now = clock.now();
      const state = stateOf(item);
      const way = passage(state, now);
      if (way !== 'probe') return way;
      // One of those who see the end of the pause wins the item, and with it the probe.
      const isMine = await write(item, { ...state, probeUntil: now + times.openMs }, now);
      return isMine ? way : 'open';
    },
    async after(outcome) {
      try {
        await count(outcome);
      } catch (error) {
        if (!(error instanceof VendorError)) throw error;
      }
    },
  };

  async function count(outcome: CallOutcome): Promise<void> {
    for (let round = 0; round < ROUNDS; round += 1) {
      const item = await store.get('vendor_limits', key);
      const now = clock.now();
      const { state, change } = recorded(stateOf(item), outcome, now, times);
      if (!(await write(item, state, now))) continue;
      if (change) await tell(change);
      return;
    }
  }
}

function stateOf(item: Item | null): BreakerState {
  if (item === null) return CLOSED;
  const instant = (value: Value | undefined): number | null => (typeof value === 'number' ? value : null);
  return {
    slots: Array.isArray(item.slots) ? (item.slots as BreakerState['slots']) : [],
    openUntil: instant(item.open_until),
    probeUntil: instant(item.probe_until),
  };
}
