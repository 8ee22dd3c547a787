/**
 * What a lost ledger excuses: of a message that was under way, things may be told again, under ids of the raised generation. Never
 * excused is what a customer would notice, nor a comment that nobody decided: those rules hold through every loss.
 */
import { groupBy, ofKind, type Reading, type Violation } from './reading.ts';
import type { RuleName } from './rules.ts';

const TOLD_AGAIN: readonly RuleName[] = [
  'settled-once',
  'settled-last',
  'turn-once',
  'told-once',
  'one-root',
  'one-outcome',
  'one-subject',
  'turn-whole',
  'merged-late',
  'false-end',
];

type Losses = {
  /** Its record went with the ledger: its comments are found by others (rule `undecided`). */
  isForgotten(accepted: { readonly at: number }): boolean;
  isExcused(violation: Violation): boolean;
};

export function lossesIn({ account: { facts } }: Pick<Reading, 'account'>): Losses {
  const losses = ofKind(facts, 'loss').filter(({ tables }) => tables.includes('idempotency'));
  const began = groupBy(ofKind(facts, 'comment'), ({ conversationId }) => conversationId);
  return {
    isForgotten: ({ at }) => losses.some(({ until }) => at <= until),
    isExcused: ({ rule, at, conversationId }) =>
      // What was decided and went with its record is decided anew: its comments are found (rule `undecided`).
      (rule === 'unrouted' && losses.some(({ until }) => at <= until)) ||
      (TOLD_AGAIN.includes(rule) &&
        losses.some((loss) => at >= loss.at && (began.get(conversationId ?? '')?.[0]?.at ?? at) <= loss.until)),
  };
}
