/** What customers really received, and what stands on their tickets. */
import { decodeVendorId } from '../../functions/shared/vendor-ids.ts';
import { tagNames } from '../sandbox/model/tags.ts';
import { plainOf } from '../sandbox/model/text.ts';
import type { OutboxEntry } from '../sandbox/model/types.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { Trace } from './traces.ts';

export type Mailbox = {
  /** Plain text of the reply that the trace's message got; `null` when the customer received none. */
  replyTo(conversationId: string, trace: Trace): string | null;
  /** Names of the tags on the ticket. */
  tagsOf(conversationId: string): string[];
};

export function createMailbox(sandbox: Sandbox): Mailbox {
  const told = new Set<string>();
  const unread = new Map<string, OutboxEntry[]>();
  let read = sandbox.world.outbox.size;

  /** Each entry is looked at once, so that a long run does not search a long outbox again and again. */
  function readNew(): void {
    const { outbox } = sandbox.world;
    if (outbox.size === read) return;
    for (let seq = read + 1; seq <= outbox.size; seq += 1) {
      const entry = outbox.get(String(seq));
      if (entry !== undefined) unread.set(entry.ticketId, [...(unread.get(entry.ticketId) ?? []), entry]);
    }
    read = outbox.size;
  }

  return {
    replyTo(conversationId, { facts }) {
      const sent = facts.find(({ metadata }) => metadata.eventName === 'ReplySent');
      if (sent === undefined) return null;
      readNew();
      const ref = typeof sent.data.vendorMessageRef === 'string' ? decodeVendorId(sent.data.vendorMessageRef) : null;
      const free = (unread.get(conversationId) ?? []).filter((entry) => !told.has(entry.commentId));
      // Without a reference the oldest one that no message has been told of: a conversation's replies are sent in order.
      const entry = free.find(({ commentId }) => commentId === ref) ?? (ref === null ? free[0] : undefined);
      if (entry === undefined) return null;
      told.add(entry.commentId);
      return plainOf(entry.body);
    },
    tagsOf(conversationId) {
      const ticket = sandbox.ticket(conversationId);
      return ticket === undefined ? [] : tagNames(sandbox.world, ticket);
    },
  };
}
