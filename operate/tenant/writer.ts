/** The few writes of `tenant verify --allow-writes`: to the tickets that were named, and to no other. */
import type { HttpTransport } from '../../functions/shared/helpdesk/transport.ts';

export type TestWriter = {
  addTags(ticketId: string, names: readonly string[]): Promise<boolean>;
  removeTags(ticketId: string, names: readonly string[]): Promise<boolean>;
  note(ticketId: string, text: string): Promise<boolean>;
  email(ticketId: string, text: string, seat: string): Promise<boolean>;
  chat(ticketId: string, text: string): Promise<boolean>;
  close(ticketId: string): Promise<boolean>;
};

const WRITE_TIMEOUT_MS = 10_000;

/** Each write is tried once, and answers whether it was taken; a 2xx proves no more than that (reference §3). */
export function testWriter(parts: {
  readonly transport: HttpTransport;
  readonly apiKey: string;
  readonly pace: () => Promise<void>;
  readonly ticketIds: readonly string[];
}): TestWriter {
  const { transport, apiKey, pace, ticketIds } = parts;
  async function put(ticketId: string, action: string, body: unknown): Promise<boolean> {
    if (!ticketIds.includes(ticketId)) throw new Error('a write to a ticket that was not named');
    await pace();
    const headers = {
      accept: 'application/json',
      'content-type': 'application/json',
      'x-richpanel-key': apiKey,
    };
    const path = `/tickets/${encodeURIComponent(ticketId)}${action}`;
    const request = { method: 'PUT' as const, path, headers, body: JSON.stringify(body), timeoutMs: WRITE_TIMEOUT_MS };
    const answer = await transport(request).catch(() => null);
    return answer !== null && answer.status >= 200 && answer.status <= 299;
  }
  const comment = (text: string, isPublic: boolean) => ({
    ticket: { comment: { body: text, sender_type: 'operator', public: isPublic } },
  });
  return {
    addTags: (id, tags) => put(id, '/add-tags', { tags }),
    removeTags: (id, tags) => put(id, '/remove-tags', { tags }),
    note: (id, text) => put(id, '', comment(text, false)),
    email: (id, text, seat) => put(id, '/send-message', { body: text, author_id: seat, attachments: [] }),
    chat: (id, text) => put(id, '', comment(text, true)),
    close: (id) => put(id, '', { ticket: { state: 'closed', status: 'CLOSED' } }),
  };
}
