/** What a customer may receive: once, in answer to the newest word, never over a dispute or an operator (protocols §3, §6). */
import { CLOCKS_MS, DAY_MS, READ_VALID_MS, WIRE_MS } from './law.ts';
import { blame, type Reading, type Story, type Violation } from './reading.ts';
import type { RuleName } from './rules.ts';
import type { Send, Standing } from './sends.ts';

/** Two replies of ours with no customer's comment between them, or through one door, answer the same comment. */
export function duplicateReplies({ stories }: Reading): Violation[] {
  return stories.flatMap(({ conversationId, sends }) =>
    sends.flatMap(({ sent, claim, before }, index) => {
      const earlier = sends.slice(0, index);
      const previous = earlier.at(-1)?.sent;
      if (!previous) return [];
      const since = before.findIndex(({ commentId }) => commentId === previous.commentId);
      const isAsked = before.slice(since + 1).some(({ author }) => author === 'customer');
      const isSameDoor = claim !== null && earlier.some((one) => one.claim?.commentId === claim.commentId);
      return isAsked && !isSameDoor
        ? []
        : [blame('one-reply', sent.at, conversationId, `${sent.commentId} answers what was answered`)];
    }),
  );
}

/** What stood on the ticket when a reply arrived and forbade it, and whether its sender could have known. */
type Objection = { readonly rule: RuleName; readonly comment: Standing };

function objectionsTo({ claim, before }: Send): Objection[] {
  const lastOperator = before.findLastIndex(({ author }) => author !== 'customer');
  const unanswered = before.slice(lastOperator + 1);
  const operator = before[lastOperator];
  const answered = before.find(({ commentId }) => commentId === claim?.commentId);
  const ruleFor = (comment: Standing): RuleName[] => {
    if (comment.isDispute) return ['tier0-reply'];
    // Of one instant, a hash decides which comment is the newer one (protocols §3).
    return answered && comment.at > answered.at ? ['newest-only'] : [];
  };
  return [
    ...unanswered.flatMap((comment) => ruleFor(comment).map((rule) => ({ rule, comment }))),
    ...(operator && unanswered.length === 0 ? [{ rule: 'operator-newest' as const, comment: operator }] : []),
  ];
}

/** No reply over text that its sender could have read. */
export function overtakenReplies({ stories }: Reading): Violation[] {
  return eachSend(stories, (send) =>
    isChecked(send)
      ? objectionsTo(send)
          .filter(({ comment }) => comment.wasReadable)
          .map(({ rule, comment }) => [rule, `${comment.commentId} stood there`])
      : [],
  );
}

/** What came within the window that protocols §6 names is counted, not blamed. */
export function residualRaces({ stories }: Reading): number {
  const sends = stories.flatMap((story) => story.sends).filter(isChecked);
  return sends.flatMap(objectionsTo).filter(({ comment }) => !comment.wasReadable).length;
}

export function uncheckedReplies({ stories }: Reading): Violation[] {
  return eachSend(stories, (send) =>
    isChecked(send)
      ? []
      : [
          [
            'unchecked-window',
            `sent ${send.lastRead ? send.sent.at - send.lastRead.at : 'any'} ms after the last look`,
          ],
        ],
  );
}

function isChecked({ sent, lastRead }: Send): boolean {
  return lastRead !== null && sent.at - lastRead.at <= READ_VALID_MS + WIRE_MS;
}

/** Where an agent has taken over, nothing is said for a day, whatever the customer writes (protocols §6). */
export function intrudingReplies({ stories }: Reading): Violation[] {
  return eachSend(stories, ({ sent, before }) => {
    const agent = before.findLast(({ author, wasReadable }) => author === 'agent' && wasReadable);
    // Where it is the newest word it is an operator's like any other.
    return agent && agent !== before.at(-1) && sent.at - agent.at < DAY_MS - CLOCKS_MS
      ? [['agent-held', `${agent.commentId} is an agent's`]]
      : [];
  });
}

/** Judges each reply: the rules that it breaks, and what says so. */
export function eachSend(
  stories: readonly Story[],
  judge: (send: Send, story: Story) => (readonly [rule: RuleName, says: string])[],
): Violation[] {
  return stories.flatMap((story) =>
    story.sends.flatMap((send) =>
      judge(send, story).map(([rule, says]) => blame(rule, send.sent.at, story.conversationId, says)),
    ),
  );
}
