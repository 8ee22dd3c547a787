/** A vendor's circuit breaker, shared by all functions through `vendor_limits` (platform §5.6). */
import { VendorError } from '../errors.ts';
import { expiresAt, nowSeconds } from '../ledger/keys.ts';
import type { Clock, Store } from '../ports.ts';
import type { Item, Value } from '../store/language.ts';
import { TIMES, type Waits } from '../times.ts';
import {
  type BreakerRule,
  type BreakerState,
  type Change,
  CLOSED,
  lapsed,
  type Passage,
  passage,
  recorded,
  tripped,
} from './breaker-state.ts';
import { isVersion } from './window.ts';

export type CallOutcome = { readonly failed: boolean; readonly isProbe: boolean };
export type Breaker = {
  /**
   * Asked before each call. Throws `VendorError` when the table cannot be read.
   *
   * @param mayProbe  `false` for a call that must not be the one to find out whether the vendor is back.
   */
  before(mayProbe?: boolean): Promise<Passage>;
  /** Told after each call. A count lost to a crowd or to a busy table is no reason to lose the answer. */
  after(outcome: CallOutcome): Promise<void>;
  /** A probe that never reached the vendor: the next call may be it. */
  giveBack(): Promise<void>;
  /** An answer that says by itself that calls are useless: opens at once. */
  trip(): Promise<void>;
  /**
   * Asked now and then by who calls nobody; best effort, like every count.
   *
   * @param mayLapse  one that nobody has tried for a whole window is closed
   * @returns whether it is open
   */
  watch(mayLapse: boolean): Promise<boolean>;
};

export type BreakerOptions = {
  readonly opensAbove?: number;
  /** A container believes a closed breaker for so long without asking again: spares the hot key. */
  readonly trustMs?: number;
  /** Good calls are counted this often, before one of them and never behind an answer, or together with the next bad one. */
  readonly countEveryMs?: number;
};

/** Who loses the race for the item this often lets it go. */
const ROUNDS = 3;

/**
 * @param name  of the item, e.g. the vendor's
 * @param tell  hears of each opening and closing, once.
 */
export function storeBreaker(
  store: Pick<Store, 'get' | 'change'>,
  clock: Pick<Clock, 'now'>,
  waits: Pick<Waits, 'breakerWindowMs' | 'breakerOpenMs'>,
  name: string,
  tell: (change: Change) => Promise<void>,
  { opensAbove, trustMs = 0, countEveryMs = 0 }: BreakerOptions = {},
): Breaker {
  const key = { bucket: `${name}#breaker` };
  const rule: BreakerRule = {
    windowMs: waits.breakerWindowMs,
    openMs: waits.breakerOpenMs,
    ...(opensAbove !== undefined && { opensAbove }),
  };
  let trustedUntil = 0;
  let uncounted = 0;
  let countedAt = 0;

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

  /** Best effort. `false` when the change was not made. */
  async function changed(
    change: (state: BreakerState, now: number) => { readonly state: BreakerState; readonly change: Change | null },
  ): Promise<boolean> {
    try {
      for (let round = 0; round < ROUNDS; round += 1) {
        const item = await store.get('vendor_limits', key);
        const now = clock.now();
        const next = change(stateOf(item), now);
        if (!(await write(item, next.state, now))) continue;
        trustedUntil = next.state.openUntil === null ? now + trustMs : 0;
        if (next.change) await tell(next.change);
        return true;
      }
    } catch (error) {
      if (!(error instanceof VendorError)) throw error;
    }
    return false;
  }

  /** Of good calls only those before this one wait to be counted. */
  async function count(outcome: CallOutcome): Promise<void> {
    const call = { ...outcome, uncounted };
    countedAt = clock.now();
    uncounted = 0;
    await changed((state, now) => recorded(state, call, now, rule));
  }

  return {
    async before(mayProbe = true) {
      if (mayProbe && uncounted > 0 && clock.now() >= countedAt + countEveryMs) {
        uncounted -= 1;
        await count({ failed: false, isProbe: false });
      }
      if (clock.now() < trustedUntil) return 'go';
      const item = await store.get('vendor_limits', key);
      const now = clock.now();
      const state = stateOf(item);
      const way = passage(state, now);
      if (way === 'go') trustedUntil = now + trustMs;
      if (way !== 'probe') return way;
      if (!mayProbe) return 'open';
      // One of those who see the end of the pause wins the item, and with it the probe.
      const isMine = await write(item, { ...state, probeUntil: now + rule.openMs }, now);
      return isMine ? way : 'open';
    },
    async after(outcome) {
      if (countEveryMs > 0 && !outcome.failed && !outcome.isProbe) uncounted += 1;
      else await count(outcome);
    },
    async giveBack() {
      await changed((state) => ({ state: { ...state, probeUntil: null }, change: null }));
    },
    async trip() {
      await changed((state, now) => tripped(state, now, rule));
    },
    async watch(mayLapse) {
      const state = stateOf(await store.get('vendor_limits', key));
      if (!mayLapse || !lapsed(state, clock.now(), rule)) return state.openUntil !== null;
      const closed = { kind: 'closed', errorRate: 0, openUntil: null } as const;
      return !(await changed((now, at) =>
        lapsed(now, at, rule) ? { state: CLOSED, change: closed } : { state: now, change: null },
      ));
    },
  };
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
