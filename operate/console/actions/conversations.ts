/** Tickets as people ask after them: the last ones, one with all that happened, its way, its reply as it stands in the helpdesk. */
import * as v from 'valibot';
import { decodeVendorId } from '../../../functions/shared/vendor-ids.ts';
import { type TicketValue, ticket } from '../../commands/ticket.ts';
import { trace } from '../../commands/trace.ts';
import type { Answer, Context } from '../../context.ts';
import { Failure } from '../../failure.ts';
import { readSentComment } from '../../helpdesk/sent-comment.ts';
import { openTables } from '../../instance/tables.ts';
import { ticketNumbers } from '../../instance/ticket-numbers.ts';
import { type RecentMessage, recentMessages } from '../../trail/recent.ts';
import { action } from '../desk/action.ts';

const MOST = 25;
const Id = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(2_048));

export type ShownMessage = RecentMessage & {
  /** As the helpdesk writes it. */
  readonly conversation: string;
  /** `null` where it is not known here. */
  readonly ticket: number | null;
};
export type Conversations = {
  readonly messages: readonly ShownMessage[];
  /** Whether there may be older ones. */
  readonly isMore: boolean;
};

async function conversations(context: Context, before: number): Promise<Conversations> {
  const tables = await openTables(context);
  try {
    const messages = await recentMessages(tables, before, MOST);
    const ids = messages.map(({ conversationId }) => decodeVendorId(conversationId));
    const numbers = ticketNumbers(context, ids);
    return {
      messages: messages.map((message) => {
        const conversation = decodeVendorId(message.conversationId);
        return { ...message, conversation, ticket: numbers.get(conversation) ?? null };
      }),
      isMore: messages.length === MOST,
    };
  } finally {
    await tables.close();
  }
}

/** Of what was just written: the trail is a moment behind, and nothing in it yet is no error. */
async function ticketSoFar(context: Context, id: string): Promise<Pick<Answer, 'value'>> {
  try {
    return await ticket(context, id);
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'unknown_ticket') throw error;
    return { value: { conversationId: id, messages: [] } satisfies TicketValue };
  }
}

export const CONVERSATION_ACTIONS = [
  action({
    name: 'conversations',
    kind: 'read',
    reaches: 'aws',
    input: v.strictObject({ before: v.optional(v.pipe(v.string(), v.isoTimestamp())) }),
    run: async (context, { before }) => ({
      value: await conversations(context, before === undefined ? Date.now() + 1 : Date.parse(before)),
    }),
  }),
  action({
    name: 'ticket',
    kind: 'read',
    reaches: 'aws',
    input: v.strictObject({ id: Id, awaited: v.optional(v.literal('yes')) }),
    run: (context, { id, awaited }) => (awaited === 'yes' ? ticketSoFar(context, id) : ticket(context, id)),
  }),
  action({
    name: 'trace',
    kind: 'read',
    reaches: 'aws',
    input: v.strictObject({ id: Id }),
    run: (context, { id }) => trace(context, id),
  }),
  action({
    name: 'sent-comment',
    kind: 'read',
    reaches: 'aws',
    input: v.strictObject({ conversation: Id, comment: Id }),
    run: async (context, { conversation, comment }) => ({
      value: await readSentComment(context, conversation, comment),
    }),
  }),
];
