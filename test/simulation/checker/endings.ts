/** How what was begun comes to its end: verdicts, merges, claims, what a message settles as (protocols §2, §3, §6, §7). */
import { AWS_RETRIES } from '../../../functions/shared/retrying.ts';
import { blame, ofKind, type Reading, type Violation } from './reading.ts';

/** A verdict "nothing to do" is final at a second read, so long after the first (protocols §3). */
const SECOND_LOOK_MS = 20_000;

/** No verdict "nothing to do" rests on one read. */
export function hastyVerdicts({ told, byRoot }: Reading): Violation[] {
  return told
    .filter(({ name, data }) => name === 'MessageDeduplicated' && data.verdict !== 'superseded')
    .flatMap(({ at, conversationId, rootEventId }) => {
      const root = byRoot.get(rootEventId ?? '')?.find(({ eventId }) => eventId === rootEventId);
      return root && at - root.at < SECOND_LOOK_MS
        ? [blame('second-look', at, conversationId, `${rootEventId} had nothing to do after ${at - root.at} ms`)]
        : [];
    });
}

/** A webhook for a comment is not merged into a message that had ended before the comment was written. */
export function lateMerges({ account: { facts }, told }: Reading): Violation[] {
  const ended = new Map(
    told.filter(({ name }) => name === 'MessageSettled').map((one) => [one.rootEventId, one.order]),
  );
  const written = new Map(
    facts.flatMap((fact, order) => (fact.kind === 'comment' ? [[fact.commentId, order] as const] : [])),
  );
  return ofKind(facts, 'webhook').flatMap(({ at, status, eventId, commentId, conversationId }) =>
    status === 200 && (ended.get(eventId) ?? facts.length) < (written.get(commentId) ?? 0)
      ? [blame('merged-late', at, conversationId, `${commentId} was merged into ${eventId}, which was over`, commentId)]
      : [],
  );
}

/** What settles is the message that was decided. */
export function otherSubjects({ told, byRoot }: Reading): Violation[] {
  return told
    .filter(({ name, messageId }) => name === 'MessageSettled' && messageId !== null)
    .flatMap(({ at, conversationId, messageId, rootEventId }) => {
      const decision = byRoot.get(rootEventId ?? '')?.find(({ name }) => name === 'MessageClassified');
      return decision && decision.messageId !== messageId
        ? [
            blame(
              'one-subject',
              at,
              conversationId,
              `${rootEventId} decided ${decision.messageId}, settled ${messageId}`,
              rootEventId,
            ),
          ]
        : [];
    });
}

/** What is waited for until a message stalls was opened by what its decision says; one that nobody lived to tell says nothing. */
export function foreignBranches({ told, byRoot }: Reading): Violation[] {
  return told
    .filter(({ name, data }) => name === 'MessageStalled' && data.state === 'CLASSIFIED')
    .flatMap(({ at, conversationId, rootEventId, data: { openBranches } }) => {
      const decisions = (byRoot.get(rootEventId ?? '') ?? []).filter(({ name }) => name === 'MessageClassified');
      if (decisions.length === 0 || !Array.isArray(openBranches)) return [];
      const opened = decisions.flatMap(({ data }) => [
        ...(data.routeTag === null ? [] : ['route']),
        ...(data.replyExpected === false ? [] : ['reply']),
        'escalate',
      ]);
      return openBranches
        .filter((branch) => !opened.includes(String(branch)))
        .map((branch) => blame('stored-branches', at, conversationId, `${rootEventId} waited for ${branch}`));
    });
}

/**
 * Whoever has claimed the door and lives on tells what became of it; others tell it of the dead alone, and of one whose every attempt
 * was stored and unanswered: it does not know that it claimed, and may not send.
 */
export function abandonedClaims({ account: { facts }, stories }: Reading): Violation[] {
  const lastSeen = new Map<string, { order: number; conversationId: string }>();
  for (const [order, fact] of facts.entries())
    if (fact.kind === 'read' || fact.kind === 'claimed')
      lastSeen.set(fact.by, { order, conversationId: fact.conversationId });
  return stories.flatMap(({ conversationId, claims, told }) =>
    told
      .filter(({ name, data }) => name === 'ReplyFailed' && data.errorCode === 'sender_lost')
      .flatMap(({ at, data }) => {
        const ofComment = claims.filter(({ commentId }) => commentId === data.answersCommentId);
        const [claim] = ofComment;
        if (!claim || ofComment.filter(({ by }) => by === claim.by).length >= AWS_RETRIES.attempts) return [];
        const seen = lastSeen.get(claim.by);
        return seen && seen.order > claim.order && seen.conversationId !== conversationId
          ? [blame('claim-kept', at, conversationId, `${claim.by} claimed ${claim.commentId} and went on to another`)]
          : [];
      }),
  );
}

/** A strong hit is flagged before anybody is told of it. */
export function unflaggedTier0({ account: { facts }, told }: Reading): Violation[] {
  const flagged = new Map(
    facts.flatMap((fact, order) => (fact.kind === 'flagged' ? [[fact.conversationId, order] as const] : [])).reverse(),
  );
  return told
    .filter(({ name, data }) => name === 'EscalationRaised' || (name === 'MessageClassified' && data.tier === 0))
    .filter(({ conversationId, order }) => (flagged.get(conversationId ?? '') ?? order) >= order)
    .map(({ at, conversationId, name }) => blame('flagged-first', at, conversationId, `${name} came before the flag`));
}
