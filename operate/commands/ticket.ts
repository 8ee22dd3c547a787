/** `ticket ID`: what happened to a conversation and why, from the audit trail alone; works without a running instance too. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Answer, Context } from '../context.ts';
import { Failure } from '../failure.ts';
import type { Instance } from '../instance/instance.ts';
import { conversationOfNumber } from '../instance/sandbox.ts';
import { openTables, type Tables } from '../instance/tables.ts';
import { businessZone } from '../shop.ts';
import { eventId } from '../trail/ids.ts';
import { messageValue, ticketReport } from '../trail/report.ts';
import { ticketStory } from '../trail/story.ts';
import { conversationOfMessage, deletedOf, type Fact, readTrail } from '../trail/trail.ts';

/** @param id  conversation id, ticket number or message key, as the helpdesk or an event writes it. */
export async function ticket(context: Context, id: string): Promise<Answer> {
  const tables = await openTables(context);
  try {
    const found = await find(context, tables, tables.instance, id.trim());
    if (found === null) {
      throw new Failure(
        'unknown_ticket',
        'the audit trail holds nothing under this id',
        'give a conversation id, a ticket number or a message id; a new message takes a moment to appear',
      );
    }
    const report = ticketReport(found.conversationId, found.facts);
    return {
      value: { conversationId: report.conversationId, messages: report.messages.map(messageValue) },
      text: ticketStory(report, businessZone(context.variables)),
    };
  } finally {
    await tables.close();
  }
}

type Found = { readonly conversationId: string; readonly facts: readonly Fact[] };

/** By id first, then by number, since a numeric reference may be either (reference §3.2); last by message. */
async function find(context: Context, tables: Tables, instance: Instance | null, id: string): Promise<Found | null> {
  const direct = await trailOf(tables, eventId(id));
  if (direct !== null) return direct;
  const number = /^#?(\d{1,15})$/.exec(id)?.[1];
  if (number !== undefined) {
    const conversation =
      instance === null
        ? storedConversation(context, Number(number))
        : await conversationOfNumber(instance, Number(number));
    const byNumber = conversation === null ? null : await trailOf(tables, eventId(conversation));
    if (byNumber !== null) return byNumber;
  }
  const key = eventId(id);
  return key === null ? null : trailOf(tables, await conversationOfMessage(tables, key));
}

async function trailOf(tables: Tables, conversationId: string | null): Promise<Found | null> {
  if (conversationId === null) return null;
  const facts = await readTrail(tables, conversationId);
  if (facts.length === 0 && (await deletedOf(tables, conversationId)) > 0)
    throw new Failure(
      'deleted_on_request',
      'what the audit trail held of this ticket was deleted on request',
      'see `npx frontdesk audit verify`; the ticket itself is in the helpdesk',
    );
  return facts.length === 0 ? null : { conversationId, facts };
}

/** Ticket numbers are the helpdesk's: with nothing running, the sandbox's own file knows them. */
function storedConversation({ dataDir, target }: Context, number: number): string | null {
  // The folder of this machine knows nothing of a stage's tickets.
  if (target === 'aws') return null;
  const file = join(dataDir, 'richpanel.sqlite');
  if (!existsSync(file)) return null;
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const row = database
      .prepare("SELECT id FROM sandbox_rows WHERE collection = 'tickets' AND json_extract(value, '$.number') = ?")
      .get(number);
    return row === undefined ? null : String(row.id);
  } finally {
    database.close();
  }
}
