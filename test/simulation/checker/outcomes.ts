/** What is told of a reply is what became of it, told once, before the message ends (protocols §6, §7). */
import { blame, groupBy, type Reading, type Story, type Told, type Violation } from './reading.ts';

const OUTCOMES = ['ReplySent', 'ReplyFailed', 'ReplySuppressed'];

function outcomesOf({ told }: Story): Told[] {
  return told.filter(({ name }) => OUTCOMES.includes(name));
}

/** The outcome belongs to the action: one fact, whoever states it. */
export function rivalOutcomes({ stories }: Reading): Violation[] {
  return stories.flatMap((story) =>
    [...groupBy(outcomesOf(story), ({ data }) => data.answersCommentId)].flatMap(([commentId, facts]) =>
      facts
        .slice(1)
        .map(({ name, at }) =>
          blame(
            'one-outcome',
            at,
            story.conversationId,
            `${name} of ${commentId} beside ${facts[0]?.name}`,
            String(commentId),
          ),
        ),
    ),
  );
}

/** Every approval and every claim ends in an outcome, unless its message was visibly given up. */
export function openDoors({ stories, isGivenUp }: Reading): Violation[] {
  return stories.flatMap((story) => {
    const ended = new Set(outcomesOf(story).map(({ data }) => data.answersCommentId));
    const approved = story.told
      .filter(({ name, data }) => name === 'ReplyApproved' && !ended.has(data.answersCommentId))
      .filter(({ rootEventId }) => !isGivenUp(rootEventId ?? '', story.conversationId))
      .map(({ at, data }) => ({ at, commentId: data.answersCommentId, what: 'approved' }));
    const claimed = story.claims.map(({ at, commentId }) => ({ at, commentId, what: 'claimed' }));
    return [...approved, ...claimed]
      .filter(({ commentId }) => !ended.has(commentId))
      .map(({ at, commentId, what }) =>
        blame('no-outcome', at, story.conversationId, `${what} for ${commentId}, and no outcome told`),
      );
  });
}

/** A reply told has arrived, as it was approved; a reply that arrived is told as sent or as unknown. */
export function falseOutcomes({ stories }: Reading): Violation[] {
  return stories.flatMap((story) => [...sentInWordsOnly(story), ...deniedSends(story)]);
}

function sentInWordsOnly(story: Story): Violation[] {
  const arrived = new Map(story.sends.map((send) => [send.sent.commentId, send]));
  const approvals = new Map(
    story.told.filter(({ name }) => name === 'ReplyApproved').map((one) => [one.data.approvalId, one.data]),
  );
  return story.told
    .filter(({ name }) => name === 'ReplySent')
    .flatMap(({ at, data }) => {
      const send = arrived.get(String(data.vendorMessageRef));
      if (!send)
        return [
          blame('false-outcome', at, story.conversationId, `${data.vendorMessageRef} is told, and never arrived`),
        ];
      if (send.claim && send.claim.commentId !== data.answersCommentId)
        return [
          blame('false-outcome', at, story.conversationId, `${data.vendorMessageRef} answers ${send.claim.commentId}`),
        ];
      const approved = approvals.get(data.approvalId);
      const differs = ['answersCommentId', 'templateId', 'templateVersion', 'templateHash', 'tier'].filter(
        (part) => approved?.[part] !== data[part],
      );
      return differs.length === 0
        ? []
        : [blame('as-approved', at, story.conversationId, `${data.vendorMessageRef} is not as approved: ${differs}`)];
    });
}

function deniedSends(story: Story): Violation[] {
  const outcomes = groupBy(outcomesOf(story), ({ data }) => data.answersCommentId);
  return story.sends.flatMap(({ sent, claim }) =>
    (outcomes.get(claim?.commentId) ?? [])
      .filter(({ name, data }) => name === 'ReplySuppressed' || (name === 'ReplyFailed' && data.outcome !== 'unknown'))
      .map(({ name, at }) =>
        blame('false-outcome', at, story.conversationId, `${sent.commentId} arrived, told as ${name}`),
      ),
  );
}

/** Why a message may be told to have ended so: one of these was told under its root. */
const WITNESSES: Readonly<Record<string, (told: Told) => boolean>> = {
  replied: ({ name }) => name === 'ReplySent',
  routed: ({ name }) => ['TicketRouted', 'RoutingSkipped'].includes(name),
  // A message that an agent has in hand gets no route of its own.
  suppressed: ({ name, data }) =>
    ['MessageDeduplicated', 'ReplySuppressed', 'ReplyDenied', 'RoutingSkipped'].includes(name) ||
    (name === 'MessageClassified' && data.routeTag === null),
  failed: ({ name }) => ['RoutingFailed', 'ReplyFailed', 'ClassificationFailed', 'MessageStalled'].includes(name),
};

/** `MessageSettled` says what was told before it; and no reply leaves after it. */
export function falseEnds({ stories, byRoot }: Reading): Violation[] {
  return stories.flatMap((story) =>
    story.told
      .filter(({ name }) => name === 'MessageSettled')
      .flatMap((end) => {
        const told = byRoot.get(end.rootEventId ?? '') ?? [];
        const outcome = String(end.data.outcome);
        const isWitnessed = told.some((one) => WITNESSES[outcome]?.(one));
        const isReplied = told.some(({ name }) => name === 'ReplySent');
        const late = story.sends.find(
          ({ order, approval }) => order > end.order && approval?.rootEventId === end.rootEventId,
        );
        return [
          ...(isWitnessed && (!isReplied || outcome === 'replied' || outcome === 'failed')
            ? []
            : [
                blame(
                  'false-end',
                  end.at,
                  story.conversationId,
                  `${end.rootEventId} settled as ${outcome}`,
                  end.rootEventId,
                ),
              ]),
          ...(late
            ? [blame('sent-after-end', late.sent.at, story.conversationId, `${late.sent.commentId} left after the end`)]
            : []),
        ];
      }),
  );
}
