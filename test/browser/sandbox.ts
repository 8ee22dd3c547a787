/** What customers and agents of the sandbox do, and what customers received: the end of every journey (interfaces §9). */
import type { ReadyObject } from '../../local/platform/ready-file.ts';

type Written = { readonly conversationId: string; readonly ticketNumber: number; readonly messageId: string };
export type Received = { readonly ticketId: string; readonly body: string; readonly commentId: string };

/** A customer writes. */
export function customerWrites(
  { richpanelUrl }: Pick<ReadyObject, 'richpanelUrl'>,
  message: { readonly text: string; readonly channel?: string; readonly conversationId?: string },
): Promise<Written> {
  return call(`${richpanelUrl}/__sandbox/messages`, message) as Promise<Written>;
}

/** What the customer of a ticket really received, the oldest first. */
export async function outboxOf(
  { richpanelUrl }: Pick<ReadyObject, 'richpanelUrl'>,
  conversationId: string,
): Promise<Received[]> {
  const all = (await call(`${richpanelUrl}/__sandbox/outbox`)) as Received[];
  return all.filter(({ ticketId }) => ticketId === conversationId);
}

type Shown = { readonly id: string; readonly conversation_no: string | number; readonly comments: readonly unknown[] };

/** A ticket by its number, as the helpdesk's own surface shows it. */
export async function sandboxTicket(
  { richpanelUrl }: Pick<ReadyObject, 'richpanelUrl'>,
  number: string,
): Promise<{ readonly id: string; readonly isAnswered: boolean }> {
  const tickets = (await call(`${richpanelUrl}/__sandbox/tickets`)) as Shown[];
  const ticket = tickets.find(({ conversation_no }) => String(conversation_no) === number);
  if (ticket === undefined) throw new Error(`the sandbox has no ticket ${number}`);
  return { id: ticket.id, isAnswered: ticket.comments.length > 1 };
}

async function call(url: string, body?: unknown): Promise<unknown> {
  const answer = await fetch(
    url,
    body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
  );
  if (!answer.ok) throw new Error(`the sandbox answered ${answer.status}`);
  return answer.json();
}
