/** The records of a ticket, by whichever name a person has for it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Context } from '../context.ts';
import { Failure } from '../failure.ts';
import type { Instance } from '../instance/instance.ts';
import { conversationOfNumber } from '../instance/sandbox.ts';
import type { Tables } from '../instance/tables.ts';
import { eventId } from './ids.ts';
import { conversationOfMessage, deletedOf, type Fact, readTrail } from './trail.ts';

export type Found = { readonly conversationId: string; readonly facts: readonly Fact[] };

/** By id first, then by number, since a numeric reference may be either (reference §3.2); last by message. */
export async function findTicket(
  context: Context,
  tables: Tables & { readonly instance: Instance | null },
  id: string,
): Promise<Found | null> {
  const { instance } = tables;
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
