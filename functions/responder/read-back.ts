/** Is our reply on the ticket? Ours only if its id was not there before, its author is our seat, and its text is the one sent. */
import type { Container } from '../shared/container.ts';
import { VendorError } from '../shared/errors.ts';
import { comparableText } from '../shared/helpdesk/comparable.ts';
import type { Comment } from '../shared/ports.ts';
import { type Restricted, reveal } from '../shared/restricted.ts';
import { TIMES } from '../shared/times.ts';

export type OurReply =
  | { readonly snapshot: readonly string[]; readonly text: Restricted<string> }
  | { readonly snapshot: readonly string[]; readonly textHash: string };

export type FoundReply = {
  readonly comment: Comment;
  /** What others wrote, public, between the last look and our reply: the residual window (protocols §6). */
  readonly unseen: readonly Comment[];
};

/** Reads at 0, 3, 10 and 30 s (protocols §6); `null` when it was never seen, `unread` when no read was answered. */
export async function findOurReply(
  container: Container<'helpdesk' | 'digests'>,
  conversationId: string,
  ours: OurReply,
): Promise<FoundReply | 'unread' | null> {
  const digester = await container.digests();
  const wanted =
    'textHash' in ours ? ours.textHash : digester.digest('reply', comparableText(reveal(ours.text), false));
  const known = new Set(ours.snapshot);
  let waited = 0;
  let isRead = false;
  for (const at of TIMES.readBackMs) {
    if (at > waited) await container.clock.sleep(at - waited);
    waited = at;
    const comments = await readComments(container, conversationId);
    if (comments === null) continue;
    isRead = true;
    const found = comments.find(
      (comment) =>
        !known.has(comment.id) &&
        comment.author === 'bot' &&
        digester.digest('reply', comparableText(reveal(comment.text), comment.isHtml)) === wanted,
    );
    if (found) return { comment: found, unseen: unseenBefore(found, comments, known) };
  }
  return isRead ? null : 'unread';
}

function unseenBefore(ours: Comment, comments: readonly Comment[], known: ReadonlySet<string>): Comment[] {
  return comments.filter(
    ({ id, isPublic, createdAt }) => id !== ours.id && isPublic && !known.has(id) && createdAt <= ours.createdAt,
  );
}

/** A read that fails says nothing; the next one may. */
async function readComments(
  container: Container<'helpdesk'>,
  conversationId: string,
): Promise<readonly Comment[] | null> {
  try {
    return (await container.helpdesk.ticket(conversationId))?.comments ?? [];
  } catch (error) {
    if (error instanceof VendorError) return null;
    throw error;
  }
}
