/** When a breaker opens and closes, as a function of what was counted (platform §5.6). Pure; epoch milliseconds. */

export type BreakerState = {
  /** Calls counted by the slot of time they ended in, oldest first. */
  readonly slots: readonly { readonly at: number; readonly calls: number; readonly failed: number }[];
  /** `null` = closed; from this instant on one probe may try. */
  readonly openUntil: number | null;
  /** A probe is under way until then, and nobody else tries. */
  readonly probeUntil: number | null;
};
export const CLOSED: BreakerState = { slots: [], openUntil: null, probeUntil: null };

export type BreakerRule = {
  readonly windowMs: number;
  readonly openMs: number;
  /** Share of failures above which it opens; half unless told. */
  readonly opensAbove?: number;
};
export type Call = {
  readonly failed: boolean;
  readonly isProbe: boolean;
  /** Good calls before this one that were not counted yet. */
  readonly uncounted?: number;
};
export type Change = {
  readonly kind: 'opened' | 'closed';
  readonly errorRate: number;
  readonly openUntil: number | null;
};

/** Fewer calls say nothing. */
const LEAST_CALLS = 20;
const OPENS_ABOVE = 0.5;
/** So many make up the window; an item of them stays small however much is called. */
const SLOTS = 10;

/** `probe`: the one call that finds out whether the vendor is back. */
export type Passage = 'go' | 'probe' | 'open';

/** May a call be made now? */
export function passage({ openUntil, probeUntil }: BreakerState, now: number): Passage {
  if (openUntil === null) return 'go';
  return now >= openUntil && now >= (probeUntil ?? 0) ? 'probe' : 'open';
}

/** The state after a call. While open only a probe's outcome counts; other calls were under way when it opened. */
export function recorded(
  state: BreakerState,
  call: Call,
  now: number,
  { windowMs, openMs, opensAbove = OPENS_ABOVE }: BreakerRule,
): { readonly state: BreakerState; readonly change: Change | null } {
  if (state.openUntil !== null) {
    if (!call.isProbe) return { state, change: null };
    if (call.failed) return { state: { ...state, openUntil: now + openMs, probeUntil: null }, change: null };
    return { state: CLOSED, change: { kind: 'closed', errorRate: 0, openUntil: null } };
  }
  const slots = counted(state.slots, call, now, windowMs);
  const calls = slots.reduce((sum, slot) => sum + slot.calls, 0);
  const errorRate = slots.reduce((sum, slot) => sum + slot.failed, 0) / calls;
  if (calls < LEAST_CALLS || errorRate <= opensAbove) return { state: { ...state, slots }, change: null };
  return opened(errorRate, now + openMs);
}

/** The state after an answer that says by itself that calls are useless. */
export function tripped(state: BreakerState, now: number, { openMs }: Pick<BreakerRule, 'openMs'>) {
  return state.openUntil === null ? opened(1, now + openMs) : { state, change: null };
}

/** An open one that nobody has tried for a whole window since it might have been: nothing is left that speaks against it. */
export function lapsed(state: BreakerState, now: number, { windowMs }: Pick<BreakerRule, 'windowMs'>): boolean {
  return state.openUntil !== null && now >= Math.max(state.openUntil, state.probeUntil ?? 0) + windowMs;
}

function opened(errorRate: number, openUntil: number): { readonly state: BreakerState; readonly change: Change } {
  return {
    state: { slots: [], openUntil, probeUntil: null },
    change: { kind: 'opened', errorRate: Math.round(errorRate * 100) / 100, openUntil },
  };
}

function counted(
  slots: BreakerState['slots'],
  { failed, uncounted = 0 }: Call,
  now: number,
  windowMs: number,
): BreakerState['slots'] {
  const width = windowMs / SLOTS;
  const at = Math.floor(now / width) * width;
  const kept = slots.filter((slot) => slot.at > now - windowMs && slot.at !== at);
  const own = slots.find((slot) => slot.at === at) ?? { at, calls: 0, failed: 0 };
  return [...kept, { at, calls: own.calls + 1 + uncounted, failed: own.failed + (failed ? 1 : 0) }];
}
