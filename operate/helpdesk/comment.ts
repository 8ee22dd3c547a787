/** One comment of a ticket, read again from the helpdesk; its text stays in memory. */
import type { Channel } from '../../events/words.ts';
import { VendorError } from '../../functions/shared/errors.ts';
import type { Clock, Comment, HelpdeskReader } from '../../functions/shared/ports.ts';

const MOST_TRIES = 20;
const PAUSE_MS = 2_000;

type Parts = { readonly tickets: Pick<HelpdeskReader, 'ticket'>; readonly clock: Pick<Clock, 'sleep'> };

/** `null` when the ticket or the comment is gone, or the vendor keeps failing. */
export async function commentOf(
  { tickets, clock }: Parts,
  conversationId: string,
  messageKey: string,
): Promise<{ readonly comment: Comment; readonly channel: Channel } | null> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    try {
      const ticket = await tickets.ticket(conversationId);
      const comment = ticket?.comments.find(({ id }) => id === messageKey);
      return ticket == null || comment === undefined ? null : { comment, channel: ticket.channel };
    } catch (error) {
      if (!(error instanceof VendorError)) throw error;
      if (!error.retryable) return null;
      await clock.sleep(error.retryAfterMs ?? PAUSE_MS);
    }
  }
  return null;
}
