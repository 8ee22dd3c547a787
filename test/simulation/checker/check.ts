/** Judges a run by what the helpdesk saw and what was published; knows nothing of how it came about. */
import type { Account } from '../facts.ts';
import { leaks } from './privacy.ts';
import { rebuiltOtherwise } from './projections.ts';
import { sendsOf, toldIn, type Violation } from './reading.ts';
import { duplicateReplies, overtakenReplies, sentAfterStop } from './replies.ts';
import { missedDisputes, removedTags, staleRoutings } from './routes.ts';
import { contradictions, rootsWithoutEnd, toldAfterTheEnd, unsettled } from './settling.ts';
import { projectionMismatches, replayWrites } from './trail.ts';

export type { Violation } from './reading.ts';
export type Verdict = {
  readonly violations: readonly Violation[];
  readonly repliesSent: number;
  /** Roots without `MessageSettled`, given up visibly or not. */
  readonly unsettled: number;
  /** Sends that another party's comment crossed within the window that protocols §6 names. */
  readonly residualRaces: number;
};

export function check(account: Account): Verdict {
  const told = toldIn(account.facts);
  const sends = sendsOf(account);
  const overtaken = overtakenReplies(sends);
  return {
    repliesSent: sends.length,
    unsettled: rootsWithoutEnd(account, told).length,
    residualRaces: overtaken.residualRaces,
    violations: [
      ...unsettled(account, told),
      ...duplicateReplies(sends),
      ...overtaken.violations,
      ...sentAfterStop(account, sends),
      ...contradictions(told),
      ...staleRoutings(account, told),
      ...removedTags(account),
      ...missedDisputes(account),
      ...toldAfterTheEnd(told),
      ...leaks(account),
      ...replayWrites(account, told),
      ...projectionMismatches(account, told),
      ...rebuiltOtherwise(account),
    ],
  };
}

/** How many violations of a rule there are. */
export function countOf({ violations }: Pick<Verdict, 'violations'>, ...rules: readonly string[]): number {
  return violations.filter(({ rule }) => rules.includes(rule)).length;
}
