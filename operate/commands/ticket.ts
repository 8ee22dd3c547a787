/** `ticket ID`: what happened to a conversation and why, from the audit trail alone; works without a running instance too. */
import type { Answer, Context } from '../context.ts';
import { Failure } from '../failure.ts';
import { openTables } from '../instance/tables.ts';
import { businessZone } from '../shop.ts';
import { findTicket } from '../trail/find.ts';
import { messageValue, ticketReport } from '../trail/report.ts';
import { ticketStory } from '../trail/story.ts';

/** @param id  conversation id, ticket number or message key, as the helpdesk or an event writes it. */
export async function ticket(context: Context, id: string): Promise<Answer> {
  const tables = await openTables(context);
  try {
    const found = await findTicket(context, tables, id.trim());
    if (found === null) {
      throw new Failure(
        'unknown_ticket',
        'the audit trail holds nothing under this id',
        'give a conversation id, a ticket number or a message id; a new message takes a moment to appear',
      );
    }
    const report = ticketReport(found.conversationId, found.facts);
    return {
      value: {
        conversationId: report.conversationId,
        messages: report.messages.map(messageValue),
        feedback: report.feedback,
      },
      text: ticketStory(report, businessZone(context.variables)),
    };
  } finally {
    await tables.close();
  }
}
