/** What a customer may receive: once, never over a dispute or an operator, never after a stop (protocols §3, §6). */
import type { Account } from '../facts.ts';
import { groupBy, ofKind, type Send, type Standing, type Violation } from './reading.ts';

/** A reading older than this at the socket write is none (protocols §6). */
const WINDOW_MS = 2_000;
/** The answer's way back to the sender and the request's way to the helpdesk, which no rule of ours bounds. */
const WIRE_MS = 250;
/** A request is aborted so long after its claim: nothing lands later (protocols §6). */
const ABORT_MS = 30_000;

export type Judged = { readonly violations: Violation[]; readonly residualRaces: number };

/** Two replies of ours with no customer's comment between them answer the same comment. */
export function duplicateReplies(sends: readonly Send[]): Violation[] {
  return [...groupBy(sends, ({ sent }) => sent.conversationId).values()].flatMap((replies) =>
    replies.flatMap(({ sent, before }, index) => {
      const previous = replies[index - 1]?.sent;
      if (!previous) return [];
      const since = before.findIndex(({ commentId }) => commentId === previous.commentId);
      const isAnswered = before.slice(since + 1).some(({ author }) => author === 'customer');
      return isAnswered ? [] : [{ rule: 'one-reply', at: sent.at, says: `${sent.conversationId} was answered twice` }];
    }),
  );
}

/**
 * No reply over text that the sender could have read: a dispute among the unanswered comments, or an operator's word as
 * the newest. What came within the residual window is counted, not blamed.
 */
export function overtakenReplies(sends: readonly Send[]): Judged {
  const violations: Violation[] = [];
  let residualRaces = 0;
  for (const { sent, lastRead, before } of sends) {
    const blame = (rule: string, says: string) =>
      violations.push({ rule, at: sent.at, says: `${sent.conversationId}: ${says}` });
    if (!lastRead || sent.at - lastRead.at > WINDOW_MS + WIRE_MS) {
      blame('unchecked-window', `sent ${lastRead ? sent.at - lastRead.at : 'any'} ms after the last look`);
      continue;
    }
    for (const [rule, objection] of objectionsTo(before)) {
      if (objection.wasReadable) blame(rule, `${objection.commentId} stood there`);
      else residualRaces += 1;
    }
  }
  return { violations, residualRaces };
}

function objectionsTo(before: readonly Standing[]): [string, Standing][] {
  const lastOperator = before.findLastIndex(({ author }) => author !== 'customer');
  const unanswered = before.slice(lastOperator + 1);
  const operator = before[lastOperator];
  return [
    ...unanswered.filter(({ isDispute }) => isDispute).map((comment): [string, Standing] => ['tier0-reply', comment]),
    ...(operator && unanswered.length === 0 ? [['operator-newest', operator] as [string, Standing]] : []),
  ];
}

/** A stop is in force for every claim made after it, and for every byte 30 s after it. */
export function sentAfterStop({ facts }: Account, sends: readonly Send[]): Violation[] {
  const switches = ofKind(facts, 'switch');
  return sends.flatMap(({ sent, claimedAt }) => {
    const last = switches.findLast(({ at }) => at <= sent.writtenAt);
    if (!last?.stopped) return [];
    const isLate = sent.writtenAt > last.at + ABORT_MS || (claimedAt !== null && claimedAt > last.at);
    return isLate ? [{ rule: 'sent-after-stop', at: sent.at, says: `${sent.conversationId} after the stop` }] : [];
  });
}
