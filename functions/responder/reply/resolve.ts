/** Closing: re-read, close, read back twice; a newer customer comment reopens (protocols §8, replies §7.4). */

import { markResolved, readConversation } from '../../shared/conversation/conversation.ts';
import type { Envelope } from '../../shared/envelopes.ts';
import { codeOf, VendorError } from '../../shared/errors.ts';
import { claimAction, finishAction, leaveOpen, outcomeOf, readAction } from '../../shared/ledger/actions.ts';
import { resolveKey } from '../../shared/ledger/keys.ts';
import type { Ticket } from '../../shared/ports.ts';
import { TIMES } from '../../shared/times.ts';
import type { Approved, ReplyContext } from './handler.ts';
import { addReplyTags } from './tags.ts';

const CLOSED_TAGS = ['mw:auto_closed', 'mw:deflected'] as const;
/** Reads until CLOSED (ruling 17). */
const READS = 3;

/**
 * @param replyTags  of the confirmed reply: they go into the one write of tags (replies §7.2)
 * @returns `null` when the ticket is not resolved: then it is routed.
 */
export async function resolveTicket(
  event: Approved,
  context: ReplyContext,
  replyTags: readonly string[],
): Promise<Envelope | null> {
  const { container } = context;
  const conversationId = event.metadata.conversationId ?? '';
  const key = resolveKey(conversationId, event.data.answersCommentId);
  const { clock } = container;
  const began = { wall: clock.now(), monotonic: clock.monotonic() };
  if (
    !(await claimAction(container, key, context.owner, {
      conversation_id: conversationId,
      approval: JSON.stringify(event),
      generation: context.generation,
    }))
  )
    return standing(context, key);
  try {
    const before = await container.helpdesk.ticket(conversationId);
    if (!before || (await hasNewer(container, before, event))) return await give(context, key, 'FAILED', null);
    await markResolved(container, conversationId, event.data.answersCommentId);
    // Who was frozen closes nothing any more: after 120 s others give the claim up, and open what is closed by then.
    const isInTime = () =>
      Math.max(clock.monotonic() - began.monotonic, clock.now() - began.wall) <= TIMES.abortAfterMs;
    if (!isInTime()) return await give(context, key, 'FAILED', null);
    await container.closer.close(conversationId, isInTime);
    // It may land yet: the claim stays open, and whoever finds it overdue opens what was closed then (protocols §8).
    const closed = await readClosed(context, conversationId);
    if (!closed) return null;
    const after = await container.helpdesk.ticket(conversationId);
    // Of two reads either may lag behind the other: what one of them shows is there.
    for (const reading of [closed, after]) {
      if (!reading || !(await hasNewer(container, reading, event))) continue;
      await container.tagger.reopen(conversationId);
      return await give(context, key, 'FAILED', null);
    }
    // The ticket is closed as the reply announced: no tag makes that untrue (replies §7.2, protocols §8).
    const tagged = await addReplyTags(event, context, [...CLOSED_TAGS, ...replyTags]);
    const told = await give(context, key, 'DONE', resolvedFact(event, context, tagged));
    if (told === null) {
      // Given up while the close was under way: nobody else opens what was closed since.
      await container.tagger.reopen(conversationId);
      return null;
    }
    container.log('INFO', 'vendor.richpanel.resolve.success', { ticket_id: conversationId });
    container.metrics.count('responder.resolved_total', 1, event.metadata.channel);
    return told;
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    container.log('ERROR', 'vendor.richpanel.resolve.failed', { ticket_id: conversationId, error_code: codeOf(error) });
    // A request without an answer may land yet, as one that nobody saw.
    return error.applied === 'unknown' ? null : give(context, key, 'FAILED', null);
  }
}

/** The one write of tags failed: the fact of the resolution names none. */
export function isUntagged({ data }: Envelope): boolean {
  return Array.isArray(data.tags) && data.tags.length === 0;
}

async function standing({ container }: ReplyContext, key: string): Promise<Envelope | null> {
  const action = await readAction(container, key);
  return action?.status === 'DONE' ? outcomeOf(action) : null;
}

async function give(
  context: ReplyContext,
  key: string,
  status: 'DONE' | 'FAILED',
  fact: Envelope | null,
): Promise<Envelope | null> {
  const { container } = context;
  // What is written here stands: to read it again could fail, and a close that was seen through would be taken for none.
  if ((await finishAction(container, key, status, fact)) && fact) return fact;
  const stored = await standing(context, key);
  if (stored === null) await leaveOpen(container, key);
  return stored;
}

/** The first read that shows it as closed. */
async function readClosed({ container }: ReplyContext, conversationId: string): Promise<Ticket | null> {
  for (let read = 0; read < READS; read += 1) {
    if (read > 0) await container.clock.sleep(TIMES.closeReadBackMs);
    const ticket = await container.helpdesk.ticket(conversationId);
    if (ticket?.status === 'closed') return ticket;
  }
  return null;
}

/** A read may lag: what was decided since stands in the conversation's record (its writer reads our mark after it, §8). */
async function hasNewer({ store }: ReplyContext['container'], ticket: Ticket, event: Approved): Promise<boolean> {
  const answered = ticket.comments.find(({ id }) => id === event.data.answersCommentId);
  const isShown = ticket.comments.some(
    (comment) =>
      comment.author === 'customer' &&
      comment.id !== event.data.answersCommentId &&
      comment.createdAt >= (answered?.createdAt ?? 0),
  );
  if (isShown) return true;
  const { conversationId, conversationSeq } = event.metadata;
  const { latestSeq } = await readConversation({ store }, conversationId ?? '');
  return latestSeq !== null && conversationSeq !== null && latestSeq > conversationSeq;
}

function resolvedFact(event: Approved, context: ReplyContext, tagged: readonly string[]): Envelope {
  const labels = event.data.input.order?.labels;
  return context.state('TicketResolved', {
    approvalId: event.data.approvalId,
    templateId: event.data.templateId,
    remainingMinBd: labels?.remainingMinBd ?? 0,
    remainingMaxBd: labels?.remainingMaxBd ?? 0,
    tags: CLOSED_TAGS.filter((tag) => tagged.includes(tag)),
  });
}
