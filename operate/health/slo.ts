/** Whether a promise of platform §5.2 is kept, and how much may still go wrong: good out of all, and the budget that is used. Pure. */

export type Counted = { readonly good: number; readonly total: number };

export type Standing = Counted & {
  /** `null` where nothing happened. */
  readonly share: number | null;
  /** Of what may go wrong in the window, 1 being all of it; beyond it the promise is broken. `null` where nothing may, and nothing did. */
  readonly budgetUsed: number | null;
  /** How fast it is used just now: at 1 the window ends with the budget. `null` where nothing happened lately. */
  readonly burnRate: number | null;
  readonly state: 'kept' | 'at risk' | 'broken' | 'nothing measured';
};

/** Platform §5.2: the fast burn that wakes somebody is 2 % of the budget in an hour. */
const FAST_BURN_AN_HOUR = 0.02;

/**
 * @param target  share that must be good, 1 for what must never happen
 * @param whole  of the window
 * @param recent  of its last hour
 * @param windowHours  length of the window
 */
export function standingOf(target: number, whole: Counted, recent: Counted, windowHours: number): Standing {
  const bad = whole.total - whole.good;
  const allowed = whole.total * (1 - target);
  const base = { ...whole, share: whole.total === 0 ? null : whole.good / whole.total };
  if (whole.total === 0) return { ...base, budgetUsed: null, burnRate: null, state: 'nothing measured' };
  if (target >= 1) return { ...base, budgetUsed: null, burnRate: null, state: bad === 0 ? 'kept' : 'broken' };
  const budgetUsed = bad / allowed;
  const burnRate = recent.total === 0 ? null : (recent.total - recent.good) / recent.total / (1 - target);
  const isFast = burnRate !== null && burnRate / windowHours >= FAST_BURN_AN_HOUR && burnRate > 1;
  return { ...base, budgetUsed, burnRate, state: budgetUsed > 1 ? 'broken' : isFast ? 'at risk' : 'kept' };
}
