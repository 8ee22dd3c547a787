/** What a re-read of the ticket says to the gates: who wrote last, what is unanswered, whether Tier 0 is in it. */
import type { DecisionInput } from '../../../events/decision.ts';
import type { Comment, Ticket } from '../../shared/ports.ts';
import { labelsOfUnanswered } from '../../shared/reading/labels.ts';
import type { OrderNow } from './order-now.ts';

export type DoorReading = {
  readonly ticket: Ticket;
  /** Monotonic milliseconds when the answer came. */
  readonly at: number;
  readonly turn: DecisionInput['turn'];
  readonly state: Pick<DecisionInput['state'], 'ticketOpen' | 'lastAuthor' | 'assignedTeam'> & {
    readonly agentHeld: boolean;
  };
};

/** The ticket as read last, and the order as read once. */
export type Reading = DoorReading & { readonly order: OrderNow };

/**
 * @param answers  the comment that the approval answers: one newer than it means the reply is overtaken.
 */
export function readDoor(
  ticket: Ticket,
  answers: string,
  approved: DecisionInput,
  at: number,
  seqOf: (comment: Comment) => string,
): DoorReading {
  const newest = newestComment(ticket.comments);
  const answered = ticket.comments.find((comment) => comment.id === answers);
  // At equal `created_at` the hash decides, here as for the turn (protocols §3).
  const newer = ticket.comments.some(
    (comment) =>
      comment.author === 'customer' &&
      comment.id !== answers &&
      (answered === undefined || seqOf(comment) > seqOf(answered)),
  );
  return {
    ticket,
    at,
    turn: {
      ...labelsOfUnanswered(ticket.comments, answers),
      comments: approved.turn.comments,
      newerCommentSeen: newer,
      moderation: null,
    },
    state: {
      ticketOpen: ticket.status === 'open',
      lastAuthor: answered === undefined ? 'unknown' : newest.author,
      assignedTeam: ticket.assignedTeam,
      agentHeld: false,
    },
  };
}

/**
 * Does our tag say that this very comment was answered (platform §11.5)? The tag stays on a ticket for good; what it stands for
 * is then a reply before the comment, which the ticket shows. Where it shows none, the reply is one that we cannot see.
 */
export function isTaggedAnswered({ tags, comments }: Ticket, answers: string): boolean {
  if (!tags.includes('mw-auto-replied')) return false;
  const answered = comments.find(({ id }) => id === answers);
  return !comments.some(
    ({ author, isPublic, createdAt }) =>
      isPublic && author !== 'customer' && answered !== undefined && createdAt < answered.createdAt,
  );
}

/** Of one instant an operator's comment counts as the newer one: then nobody is answered. */
function newestComment(comments: readonly Comment[]): Pick<Comment, 'author' | 'createdAt'> {
  return comments
    .filter((comment) => comment.isPublic)
    .reduce<Pick<Comment, 'author' | 'createdAt'>>(
      (newest, comment) =>
        comment.createdAt > newest.createdAt ||
        (comment.createdAt === newest.createdAt && comment.author !== 'customer')
          ? comment
          : newest,
      {
        author: 'unknown',
        createdAt: Number.NEGATIVE_INFINITY,
      },
    );
}
