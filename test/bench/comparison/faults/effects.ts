/** What a system did to the helpdesk: nothing for a message, or something twice. */
import type { OutboxEntry, WriteEntry } from '../../../../local/sandbox/model/types.ts';

/** A ticket as the sandbox's control call shows it. */
export type SeenTicket = { readonly id: string; readonly tags: readonly string[] | null };

export type Effects = {
  /** Tickets of an accepted message that nobody has worked on: the mark of a processed message is missing. */
  readonly lost: readonly string[];
  /** Tickets whose customer got two replies for one message. */
  readonly repliedTwice: readonly string[];
  /** Tickets to which the same tags were written twice, both times with effect on the vendor's side. */
  readonly writtenTwice: readonly string[];
  readonly replies: number;
};

/** Tag that says a message was processed. */
export const PROCESSED = 'mw-processed';

/** @param accepted  tickets of one message each, whose webhook was answered with 200 */
export function effectsOn(
  accepted: ReadonlySet<string>,
  tickets: readonly SeenTicket[],
  writes: readonly WriteEntry[],
  outbox: readonly OutboxEntry[],
): Effects {
  const processed = new Set(tickets.filter(({ tags }) => tags?.includes(PROCESSED)).map(({ id }) => id));
  const replies = outbox.filter(({ ticketId }) => accepted.has(ticketId));
  const applied = writes.filter(
    ({ applied: isApplied, ticketId }) => isApplied && ticketId !== null && accepted.has(ticketId),
  );
  return {
    lost: [...accepted].filter((id) => !processed.has(id)),
    repliedTwice: twice(replies.map(({ ticketId }) => [ticketId, ticketId])),
    writtenTwice: twice(
      applied.map(({ ticketId, kind, body }) => [String(ticketId), `${ticketId}\n${kind}\n${JSON.stringify(body)}`]),
    ),
    replies: replies.length,
  };
}

/** Tickets for which a key came more than once. */
function twice(effects: readonly (readonly [ticket: string, key: string])[]): string[] {
  const seen = new Set<string>();
  const again = effects.filter(([, key]) => seen.has(key) || !seen.add(key));
  return [...new Set(again.map(([ticket]) => ticket))];
}
