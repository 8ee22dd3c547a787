/** A ticket of the sandbox as a talk: who wrote what, and what the customer really received. Invented people: nobody's words. */

import { statusOf, unwrapTicket } from '../../functions/shared/helpdesk/richpanel.ts';
import { asRecord, commentShape } from '../../functions/shared/helpdesk/shapes.ts';
import { encodeVendorId } from '../../functions/shared/vendor-ids.ts';
import { readable } from '../readable.ts';
import type { Instance } from './instance.ts';
import { readOptions, readOutbox, readSandboxTicket } from './sandbox.ts';

export type ThreadEntry = {
  readonly id: string;
  /** The same as events write it. */
  readonly key: string;
  readonly by: 'customer' | 'Frontdesk' | 'agent';
  readonly at: string;
  readonly text: string;
  /** Stands in the outbox: the customer has it. */
  readonly isReceived: boolean;
};

export type Thread = {
  readonly ticket: string | null;
  readonly status: 'open' | 'closed';
  /** The oldest first. */
  readonly entries: readonly ThreadEntry[];
};

/** `null` where the sandbox has no such ticket. */
export async function readThread(instance: Instance, conversation: string): Promise<Thread | null> {
  const [answer, outbox, { botAgentId }] = await Promise.all([
    readSandboxTicket(instance, conversation),
    readOutbox(instance),
    readOptions(instance),
  ]);
  const ticket = answer === null ? null : unwrapTicket(asRecord(answer));
  if (ticket === null) return null;
  const received = new Set(
    outbox.filter(({ ticketId }) => ticketId === conversation).map(({ commentId }) => commentId),
  );
  const entries = ticket.comments.map(commentShape).map((comment): ThreadEntry => {
    const isOperator = [comment.is_operator, comment.isOperator, comment.via.is_operator, comment.via.isOperator].some(
      Boolean,
    );
    const isOurs = comment.author_id === botAgentId;
    return {
      id: comment.id ?? '',
      key: encodeVendorId(comment.id ?? '') ?? '',
      by: isOurs ? 'Frontdesk' : isOperator || comment.sender_type === 'operator' ? 'agent' : 'customer',
      at: new Date(comment.created_at ?? 0).toISOString(),
      text: readable(comment.plain_body ?? comment.body ?? comment.html_body ?? ''),
      isReceived: received.has(comment.id ?? ''),
    };
  });
  return {
    ticket: ticket.conversation_no,
    status: statusOf(ticket),
    entries: entries.toSorted((a, b) => a.at.localeCompare(b.at)),
  };
}
