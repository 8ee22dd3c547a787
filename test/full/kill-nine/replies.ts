/** What customers received, against what they wrote and against what the ledger says was sent. */
import type { Item } from '../../../functions/shared/store/language.ts';
import type { OutboxEntry } from '../../../local/sandbox/model/types.ts';

/** The ticket as the helpdesk shows it, comments in the order they came. */
export type Shown = {
  readonly id: string;
  readonly comments: readonly { readonly id: string; readonly is_operator: boolean }[];
};

export type Told = Pick<OutboxEntry, 'ticketId' | 'commentId'>;

/** Tickets on which a customer heard from us twice without having written in between. */
export function doubled(tickets: readonly Shown[], outbox: readonly Told[]): string[] {
  const received = new Set(outbox.map(({ commentId }) => commentId));
  return tickets.filter(({ comments }) => isDoubled(comments, received)).map(({ id }) => id);
}

function isDoubled(comments: Shown['comments'], received: ReadonlySet<string>): boolean {
  let isAnswered = true;
  for (const { id, is_operator } of comments) {
    if (!is_operator) isAnswered = false;
    else if (received.has(id)) {
      if (isAnswered) return true;
      isAnswered = true;
    }
  }
  return false;
}

/**
 * Tickets whose customers received more replies than were claimed for them, or fewer than the ledger calls sent. An
 * outcome that is unknown may stand for either.
 */
export function unaccounted(ledger: ReadonlyMap<string, Item>, outbox: readonly Told[]): string[] {
  const counts = new Map<string, { received: number; sent: number; unknown: number }>();
  const of = (ticketId: string) => {
    const known = counts.get(ticketId) ?? { received: 0, sent: 0, unknown: 0 };
    counts.set(ticketId, known);
    return known;
  };
  for (const { ticketId } of outbox) of(ticketId).received += 1;
  for (const [key, { status, conversation_id }] of ledger) {
    if (!key.startsWith('act:rp_reply:')) continue;
    if (status === 'DONE') of(String(conversation_id)).sent += 1;
    if (status === 'UNKNOWN' || status === 'CLAIMED') of(String(conversation_id)).unknown += 1;
  }
  return [...counts]
    .filter(([, { received, sent, unknown }]) => received < sent || received > sent + unknown)
    .map(([ticketId]) => ticketId);
}
