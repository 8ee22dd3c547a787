/** A reply as it stands on its ticket, read from the helpdesk when a person asks: the trail holds no text. Kept and logged nowhere. */

import { unwrapTicket } from '../../functions/shared/helpdesk/richpanel.ts';
import { segment } from '../../functions/shared/helpdesk/richpanel-path.ts';
import { asRecord, commentShape } from '../../functions/shared/helpdesk/shapes.ts';
import { decodeVendorId, encodeVendorId } from '../../functions/shared/vendor-ids.ts';
import { workspaceReader } from '../../local/workspace/reader.ts';
import { transportTo, workspaceFrom } from '../../local/workspace/settings.ts';
import type { Context } from '../context.ts';
import { findInstance } from '../instance/instance.ts';
import { readSandboxTicket } from '../instance/sandbox.ts';
import { readable } from '../readable.ts';

export type SentComment =
  | { readonly state: 'read'; readonly text: string; readonly readAt: string }
  | { readonly state: 'absent'; readonly why: string };

const absent = (why: string): SentComment => ({ state: 'absent', why });

/**
 * One read of one ticket. A real workspace is asked with the key of the environment, which counts against its limit of requests.
 *
 * @param comment  as events write it
 */
export async function readSentComment(context: Context, conversationId: string, comment: string): Promise<SentComment> {
  const id = decodeVendorId(conversationId);
  const ticket = await ticketOf(context, id);
  if (typeof ticket === 'string') return absent(ticket);
  const found = ticket.map(commentShape).find((one) => one.id !== null && encodeVendorId(one.id) === comment);
  if (found === undefined) return absent('the ticket does not show this comment any more');
  const text = readable(found.plain_body ?? found.body ?? found.html_body ?? '');
  return { state: 'read', text, readAt: new Date().toISOString() };
}

/** Its comments, or why they cannot be had. */
async function ticketOf(context: Context, id: string): Promise<readonly unknown[] | string> {
  const instance = context.target === 'aws' ? null : findInstance(context);
  if (instance?.sandbox === true) {
    const ticket = await readSandboxTicket(instance, id);
    return ticket === null ? 'the sandbox does not know this ticket any more' : commentsIn(ticket);
  }
  const { variables } = context;
  if (instance === null && context.target !== 'aws') return 'nothing runs that could read it';
  if ((variables.RICHPANEL_API_KEY ?? '').trim() === '') return 'RICHPANEL_API_KEY is not set where the console runs';
  const found = workspaceFrom(variables);
  const path = segment(id);
  if (!found.ok || path === null) return 'the helpdesk’s address or key cannot be used';
  const { workspace } = found;
  const reader = workspaceReader({ transport: transportTo(workspace), apiKey: workspace.apiKey, tries: 1 });
  const reading = await reader.get(`/tickets/${path}`);
  return reading.ok ? commentsIn(reading.value) : `the helpdesk did not give it (${reading.why.replaceAll('_', ' ')})`;
}

function commentsIn(answer: unknown): readonly unknown[] {
  return unwrapTicket(asRecord(answer))?.comments ?? [];
}
