/** What customers and agents do at the helpdesk: by the sandbox's own API, as people outside the console (interfaces §9). */
import { setTimeout as delay } from 'node:timers/promises';
import type { Running } from './instance.ts';

const WAIT_MS = 30_000;

/** Writes as a customer. Answers the ticket's number. */
export async function customerWrites(
  { ready }: Running,
  text: string,
  more: Readonly<Record<string, unknown>> = {},
): Promise<{ readonly conversationId: string; readonly ticketNumber: number; readonly messageId: string }> {
  const written = await fetch(`${ready.richpanelUrl}/__sandbox/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ channel: 'email', text, ...more }),
  });
  return (await written.json()) as { conversationId: string; ticketNumber: number; messageId: string };
}

export type Received = { readonly ticketId: string; readonly body: string };

/** What customers have really received. */
export async function outbox({ ready }: Running): Promise<readonly Received[]> {
  return (await (await fetch(`${ready.richpanelUrl}/__sandbox/outbox`)).json()) as Received[];
}

/** @throws when the reply does not come */
export async function replyTo(frontdesk: Running, conversationId: string): Promise<Received> {
  const began = performance.now();
  while (performance.now() - began < WAIT_MS) {
    const found = (await outbox(frontdesk)).find(({ ticketId }) => ticketId === conversationId);
    if (found !== undefined) return found;
    await delay(100);
  }
  throw new Error('no reply came');
}

/** What an agent says by tag at the helpdesk. */
export async function agentTags({ ready }: Running, conversationId: string, tags: readonly string[]): Promise<void> {
  await fetch(`${ready.richpanelUrl}/__sandbox/agent`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ conversationId, tags }),
  });
}
