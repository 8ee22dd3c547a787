/** Judges a run by what the helpdesk saw and what was published; knows nothing of how it came about. */
import type { Account } from '../facts.ts';
import * as decisions from './decisions.ts';
import * as door from './door.ts';
import * as endings from './endings.ts';
import * as limits from './limits.ts';
import * as looks from './looks.ts';
import { lossesIn } from './losses.ts';
import * as outcomes from './outcomes.ts';
import { leaks } from './privacy.ts';
import { rebuiltOtherwise } from './projections.ts';
import { type Rule, readAccount, type Violation } from './reading.ts';
import * as replies from './replies.ts';
import * as routes from './routes.ts';
import * as settling from './settling.ts';
import * as tickets from './tickets.ts';
import * as trail from './trail.ts';

export type { Violation } from './reading.ts';
export type Verdict = {
  readonly violations: readonly Violation[];
  readonly repliesSent: number;
  /** Roots without `MessageSettled`, given up visibly or not. */
  readonly unsettled: number;
  /** Sends that another party's comment crossed within the window that protocols §6 names. */
  readonly residualRaces: number;
};

/** What a customer would notice comes first: a run is reported by the first violation. */
const RULES: readonly Rule[] = [
  settling.unsettled,
  replies.duplicateReplies,
  replies.overtakenReplies,
  replies.uncheckedReplies,
  replies.intrudingReplies,
  door.repliesAfterStop,
  door.repliesAfterTier0,
  door.unapprovedReplies,
  door.sendsBesideTheDoor,
  door.rivalClaims,
  limits.tooManyReplies,
  limits.earlyCaps,
  routes.staleRoutings,
  tickets.missedDisputes,
  tickets.removedTags,
  tickets.toldTags,
  tickets.wronglyClosed,
  routes.unroutedDecisions,
  decisions.undecidedComments,
  decisions.unfoundComments,
  decisions.repeatedDecisions,
  decisions.wrongSequences,
  decisions.rivalRoots,
  decisions.rivalConsequences,
  outcomes.rivalOutcomes,
  outcomes.openDoors,
  outcomes.falseOutcomes,
  outcomes.falseEnds,
  settling.toldAfterTheEnd,
  settling.contradictions,
  limits.tooManyWrites,
  limits.tooManyHops,
  limits.tooManySweeps,
  limits.hastyStalls,
  leaks,
  trail.replayWrites,
  trail.projectionMismatches,
  rebuiltOtherwise,
  looks.overtakenDecisions,
  looks.partialTurns,
  looks.earlySuperseded,
  endings.hastyVerdicts,
  endings.lateMerges,
  endings.otherSubjects,
  endings.foreignBranches,
  endings.abandonedClaims,
  endings.unflaggedTier0,
];

export function check(account: Account): Verdict {
  const reading = readAccount(account);
  const losses = lossesIn(reading);
  return {
    repliesSent: reading.stories.reduce((sum, { sends }) => sum + sends.length, 0),
    unsettled: settling.rootsWithoutEnd(reading).length,
    residualRaces: replies.residualRaces(reading),
    violations: RULES.flatMap((rule) => rule(reading)).filter((violation) => !losses.isExcused(violation)),
  };
}

/** How many violations of a rule there are. */
export function countOf({ violations }: Pick<Verdict, 'violations'>, ...rules: readonly string[]): number {
  return violations.filter(({ rule }) => rules.includes(rule)).length;
}
