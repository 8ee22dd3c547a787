/** The helpdesk sandbox as a measurement uses it: tickets are made beforehand, and webhooks sent by the measurement itself. */

import type { MessageRow } from '../../../local/demo/rows.ts';
import { customerMessage } from '../../../local/demo/run.ts';
import { send } from './post.ts';

/** A customer's message that stands in the helpdesk. */
export type Written = { readonly ticketId: string; readonly messageId: string; readonly at: string | null };

export type Helpdesk = {
  /** Fires no webhook by itself from here on. */
  silence(): Promise<void>;
  write(row: MessageRow): Promise<Written>;
  /** Any control call below `/__sandbox/` (interfaces §9). */
  control<T>(method: 'GET' | 'POST' | 'PUT' | 'DELETE', call: string, value?: unknown): Promise<T>;
};

/** @param origin  of the sandbox */
export function helpdeskAt(origin: string): Helpdesk {
  async function control<T>(method: 'GET' | 'POST' | 'PUT' | 'DELETE', call: string, value?: unknown): Promise<T> {
    const { status, body } = await send(method, `${origin}/__sandbox/${call}`, value);
    if (status !== 200) throw new Error(`the sandbox answered ${status} to ${method} ${call}`);
    return JSON.parse(body) as T;
  }
  return {
    control,
    silence: async () => void (await control('PUT', 'http-targets', [])),
    async write(row) {
      const { conversationId, messageId } = await control<{ conversationId: string; messageId: string }>(
        'POST',
        'messages',
        customerMessage(row),
      );
      return { ticketId: conversationId, messageId, at: row.at ?? null };
    },
  };
}

/** Customers write all of it, and nobody is told. */
export async function writeAll(helpdesk: Helpdesk, rows: readonly MessageRow[]): Promise<Written[]> {
  await helpdesk.silence();
  const written: Written[] = [];
  for (const row of rows) written.push(await helpdesk.write(row));
  return written;
}

/** Body of the HTTP target that names its message (reference §11.3). */
export function webhookBody({ ticketId, messageId, at }: Written): Record<string, unknown> {
  return {
    schema_version: 1,
    ticket_id: ticketId,
    ticket_url: `https://app.richpanel.com/conversations/${encodeURIComponent(ticketId)}`,
    trigger: 'customer_message',
    message_id: messageId,
    ...(at !== null && { sent_at: at }),
  };
}
