/** Step 6 of a rotation: is the new token in use, the former one not, and the door as busy as before? Pure. */
import type { DoorUse } from './door-gauges.ts';

export type Counts = Omit<DoorUse, 'stayingAt' | 'goingAt'>;

export type Verdict =
  | { readonly is: 'well' }
  /** Nothing is wrong; it takes longer: by `leftMs` at least, where that is known. */
  | { readonly is: 'waiting'; readonly why: string; readonly leftMs?: number }
  | { readonly is: 'trouble'; readonly code: string; readonly why: string };

export type Watched = {
  /** Of as long a time before the rotation. */
  readonly before: Counts;
  readonly use: DoorUse;
  /** Since the sender was told, and since a token that goes was last used. */
  readonly watchedMs: number;
  readonly quietMs: number;
  readonly watchMs: number;
  /** The sender answered that it has the token; otherwise only a request proves it. */
  readonly senderAnswered: boolean;
  /** Whoever guesses, floods or uses the known token must not keep it alive: the time alone counts, and the new token in use. */
  readonly isEmergency: boolean;
};

/** Of all requests: ≈ 0. */
const TOLERATED_SHARE = 0.01;
/** So much of the former intake is steady; below so many requests there is no telling. */
const STEADY_SHARE = 0.1;
const TELLING_REQUESTS = 20;

const UNUSED = 'the token that goes is unused so far';
const STILL_USED = 'the token that goes was used a while ago';

export function judge(watched: Watched): Verdict {
  const { before, use, watchedMs, quietMs, watchMs, senderAnswered, isEmergency } = watched;
  if (!isEmergency && rose(before.authFailures, use.authFailures, use.requests)) {
    return {
      is: 'trouble',
      code: 'auth_failures',
      why: `${use.authFailures} of ${use.requests} requests had no valid token since the sender was told (before: ${before.authFailures})`,
    };
  }
  if (rose(before.failed, use.failed, use.requests))
    return { is: 'trouble', code: 'intake_fails', why: `${use.failed} of ${use.requests} requests failed` };
  // A thief may use the token that goes without an end.
  const leftMs = watchMs - (isEmergency ? watchedMs : quietMs);
  if (leftMs > 0) return { is: 'waiting', why: use.goingAt === null ? UNUSED : STILL_USED, leftMs };
  if (use.stayingAt === null && !senderAnswered)
    return { is: 'waiting', why: 'no request had the token that stays yet' };
  const isSteady =
    isEmergency ||
    before.requests < TELLING_REQUESTS ||
    use.requests / watchedMs >= (STEADY_SHARE * before.requests) / watchMs;
  return isSteady ? { is: 'well' } : { is: 'waiting', why: 'hardly any request comes in' };
}

/** More than twice what there was before, and more than hardly any. */
function rose(before: number, now: number, requests: number): boolean {
  return now > Math.max(1, 2 * before, TOLERATED_SHARE * requests);
}
