/** Every planted bug, in the order of protocols §10's list. */
import type { Bug } from './bug.ts';
import { CLAIM_BUGS } from './bugs/claims.ts';
import { DOOR_BUGS } from './bugs/door.ts';
import { SETTLING_BUGS } from './bugs/settling.ts';
import { TURN_BUGS } from './bugs/turns.ts';

/** What `--plant` takes; one for each entry of protocols §10, in its order. */
export const BUG_IDS = [
  'claim-without-owner-clause',
  'backward-claim',
  'comment-owned-by-invocation',
  'older-first-claims',
  'turn-advanced-before-decided',
  'duplicate-on-one-read',
  'own-reply-ends-the-turn',
  'screening-the-newest-only',
  'sticky-after-publishing',
  'no-decided-step',
  'lease-on-the-door',
  'resend-after-unknown',
  'read-back-without-snapshot',
  'full-or-same-approval',
  'two-outcome-staters',
  'no-fresh-flags',
  'stalled-with-the-door-open',
  'branches-before-decided',
  'naive-close-branch',
  'sweeper-without-back-off',
  'commit-without-routed-by',
  'register-without-re-check',
  'live-rule-without-replay-name',
  'no-age-guard',
  'no-epoch-guard',
  'guards-on-received-at-alone',
  'random-event-id',
  'failed-entry-count-unread',
  'short-ledger-ttl',
  'cap-counter',
  'merge-without-its-condition',
  'no-look',
  'superseded-without-a-stored-turn',
  'claims-not-announced',
  'ends-in-csm-alone',
  're-check-without-waiting',
] as const;
export type BugId = (typeof BUG_IDS)[number];

const ALL: readonly Bug[] = [...CLAIM_BUGS, ...TURN_BUGS, ...DOOR_BUGS, ...SETTLING_BUGS];

export const BUGS: readonly Bug[] = BUG_IDS.map(bugOf);

/** Throws on an unknown id, with those that there are. */
export function bugOf(id: string): Bug {
  const bug = ALL.find((one) => one.id === id);
  if (!bug) throw new Error(`no planted bug ${id}; there are ${BUG_IDS.join(', ')}`);
  return bug;
}
