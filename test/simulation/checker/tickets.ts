/** What stands on a ticket when all is over: explanations only grow, disputes have a person, nothing unanswered is closed. */
import { blame, type Reading, type Told, turnOf, type Violation } from './reading.ts';
import { ROUTE } from './routes.ts';

const ESCALATED_TAG = 'mw-escalated-human';

/** Only a route tag is ever taken away. */
export function removedTags({ stories }: Reading): Violation[] {
  return stories.flatMap(({ conversationId, writes }) =>
    writes.flatMap((write) =>
      write.kind === 'tags'
        ? write.removed
            .filter((tag) => !tag.startsWith(ROUTE))
            .map((tag) => blame('tags-grow', write.at, conversationId, `lost ${tag}`))
        : [],
    ),
  );
}

/** A tag that a fact names stands on the ticket, and one on a reply that nobody has seen; of routes, the last word is another rule's. */
export function toldTags({ stories }: Reading): Violation[] {
  return stories.flatMap(({ conversationId, told, ticket }) => {
    const standing = new Set(ticket?.tags);
    return told
      .filter(({ name }) => ['TicketRouted', 'ReplySent', 'ReplyFailed'].includes(name))
      .flatMap(({ name, at, data }) =>
        tagsNamedBy(data)
          .filter((tag) => !tag.startsWith(ROUTE) && !standing.has(tag))
          .map((tag) => blame('tags-told', at, conversationId, `${name} names ${tag}, which is missing`)),
      );
  });
}

function tagsNamedBy({ tagsAdded, outcome }: Told['data']): string[] {
  if (outcome === 'unknown') return ['mw-send-failed'];
  return Array.isArray(tagsAdded) ? tagsAdded.map(String) : [];
}

/** A dispute whose webhook was accepted or that was decided, and every Tier 0 told, ends with a person, whatever happened around it. */
export function missedDisputes({ stories }: Reading): Violation[] {
  return stories.flatMap(({ conversationId, comments, webhooks, told, ticket }) => {
    if (ticket?.tags.includes(ESCALATED_TAG)) return [];
    const heard = new Set([
      ...webhooks.filter(({ status }) => status === 200).map(({ commentId }) => commentId),
      ...told.filter(({ name }) => name === 'MessageClassified').flatMap(turnOf),
    ]);
    const disputes = comments.filter(({ isDispute, commentId }) => isDispute && heard.has(commentId));
    const decided = told.filter(
      ({ name, data }) => name === 'EscalationRaised' || (name === 'MessageClassified' && data.tier === 0),
    );
    return [
      ...disputes.map(({ at, commentId }) => ({ at, what: commentId })),
      ...decided.map(({ at, eventId }) => ({ at, what: eventId })),
    ].map(({ at, what }) => blame('missed-dispute', at, conversationId, `${what} reached nobody`));
  });
}

export const TOLD_TO_NOBODY = 'closed, and told to nobody';

/** A ticket that we leave closed was told as resolved, and nothing unanswered stands on it. */
export function wronglyClosed({ stories }: Reading): Violation[] {
  return stories.flatMap(({ conversationId, comments, writes, told, ticket }) => {
    const closing = writes.findLast((write) => write.kind === 'status' && write.status === 'closed');
    const resolved = told.filter(({ name }) => name === 'TicketResolved');
    const newest = comments.at(-1);
    const wrong = (at: number, says: string) => blame('closed', at, conversationId, says);
    if (!closing) return resolved.map(({ at }) => wrong(at, 'told as resolved, and never closed'));
    if (ticket?.status !== 'closed') return [];
    return [
      ...(newest?.author === 'customer' ? [wrong(newest.at, `closed over ${newest.commentId}`)] : []),
      ...(resolved.length === 0 ? [wrong(closing.at, TOLD_TO_NOBODY)] : []),
    ];
  });
}
