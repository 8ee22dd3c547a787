/** What customers and agents do in the sandbox, apart from the API. */
import type { SandboxEvent } from '../api/context.ts';
import { channelOf, isEmail, vendorChannel } from '../model/channels.ts';
import { upsertCustomer, writeCustomer } from '../model/customers.ts';
import { linkOrders } from '../model/orders.ts';
import { resolveTags } from '../model/tags.ts';
import { htmlOf } from '../model/text.ts';
import { appendComment, changeTicket, openTicket, setStatus } from '../model/tickets.ts';
import type { Attachment, Status, Ticket, Via } from '../model/types.ts';
import type { World } from '../model/world.ts';
import type { AgentAct, CustomerMessage } from './requests.ts';

const SUPPORT_ADDRESS = 'support@acme.example';

export type Received = {
  readonly conversationId: string;
  readonly ticketNumber: number;
  readonly messageId: string;
  readonly events: readonly SandboxEvent[];
};

/** A customer writes: makes the ticket when it is missing, appends, reopens when replies do. */
export function receiveMessage(world: World, message: CustomerMessage): Received {
  const channel = vendorChannel(message.channel ?? 'email');
  const conversationId = message.conversationId ?? (isEmail(channel) ? world.ids.messageId() : world.ids.uuid());
  const known = world.tickets.get(conversationId);
  const createdAt = message.at === undefined ? world.ticketNow(conversationId) : Date.parse(message.at);
  const ticket = known ?? openConversation(world, conversationId, channel, message, createdAt);
  if (known !== undefined) updateCustomer(world, known, message);
  // Absent leaves what a conversation is linked to; only `null` cuts the link of one that exists.
  if (message.order !== undefined) linkOrders(world, conversationId, message.order);

  const isMail = isEmail(channelOf(ticket));
  const opensMail = known === undefined && message.conversationId === undefined && isMail;
  const visibleAt = visibility(world);
  const comment = appendComment(world, conversationId, {
    id: message.messageId ?? (opensMail ? conversationId : isMail ? world.ids.messageId() : world.ids.uuid()),
    authorId: world.tickets.get(conversationId)?.customerId ?? null,
    isOperator: false,
    body: message.text,
    ...(isMail ? { htmlBody: htmlOf(message.text) } : {}),
    attachments: attachmentsOf(world, message.attachments),
    createdAt: known === undefined ? createdAt : afterReplies(known, createdAt),
    ...(visibleAt === undefined ? {} : { visibleAt }),
  });
  if (message.at !== undefined) world.setTicketClock(conversationId, comment.createdAt);
  const reopened = known?.status === 'CLOSED' && world.options.replyReopens && setStatus(world, conversationId, 'OPEN');
  const type = known === undefined ? 'conversation_created' : 'customer_message';
  const happened: SandboxEvent[] = [{ type, ticketId: conversationId, cause: 'outside' }];
  if (reopened) happened.push({ type: 'status_changed', ticketId: conversationId, cause: 'outside' });
  return { conversationId, ticketNumber: ticket.number, messageId: comment.id, events: happened };
}

/**
 * A message that is not older than the customer's last one comes after our reply to that one: replying took a moment, and
 * the next message may have been given a time within it, or the very same. A really older one keeps its time.
 */
function afterReplies(ticket: Ticket, createdAt: number): number {
  const newestBy = (isOperator: boolean): number =>
    Math.max(...ticket.comments.flatMap((one) => (one.isOperator === isOperator ? [one.createdAt] : [])));
  const reply = newestBy(true);
  return createdAt >= newestBy(false) && createdAt <= reply ? reply + 1 : createdAt;
}

function openConversation(
  world: World,
  id: string,
  channel: string,
  message: CustomerMessage,
  createdAt: number,
): Ticket {
  const { email, phone } = message.customer ?? {};
  const name = nameOf(message);
  const customer = upsertCustomer(world, { email, phone, name });
  const from = { ...(email === undefined ? {} : { address: email }), ...(name === undefined ? {} : { name }) };
  const via: Via = {
    channel,
    source: isEmail(channel) ? { from, to: { address: SUPPORT_ADDRESS } } : { from, to: {} },
  };
  return openTicket(world, { id, subject: message.subject ?? null, via, customerId: customer.id, createdAt });
}

function updateCustomer(world: World, ticket: Ticket, message: CustomerMessage): void {
  const known = ticket.customerId === null ? undefined : world.customers.get(ticket.customerId);
  if (known === undefined || message.customer === undefined) return;
  const { email, phone } = message.customer;
  writeCustomer(world, known, { email, phone, name: nameOf(message) });
}

function nameOf(message: CustomerMessage): string | undefined {
  const { name, firstName, lastName } = message.customer ?? {};
  const full = [firstName, lastName].filter((part) => part !== undefined && part !== '').join(' ');
  return name ?? (full === '' ? undefined : full);
}

function visibility(world: World): number | undefined {
  const { beforeVisible, visibleAfterMs, staleReadMs } = world.options;
  return beforeVisible ? world.now() + (visibleAfterMs ?? staleReadMs) : undefined;
}

function attachmentsOf(world: World, given: CustomerMessage['attachments']): Attachment[] {
  if (given === undefined) return [];
  if (typeof given !== 'number') return given.map((one) => (typeof one === 'string' ? one : { ...one }));
  return Array.from({ length: given }, (_, index) => ({
    url: `https://files.example/${world.ids.uuid()}`,
    name: `photo-${index + 1}.jpg`,
    type: 'image/jpeg',
    size: 182_044,
  }));
}

/** An agent writes, sets tags, changes the status or takes the ticket, in the helpdesk's own surface. */
export function actAsAgent(
  world: World,
  ticket: Ticket,
  act: AgentAct,
  agentId: string,
): { commentId: string | null; events: SandboxEvent[] } {
  const happened: SandboxEvent[] = [];
  const { text, status, assigneeId, teamId, tags = [] } = act;
  const comment =
    text === undefined
      ? undefined
      : appendComment(world, ticket.id, { authorId: agentId, isOperator: true, body: text });
  if (comment !== undefined) happened.push({ type: 'agent_message', ticketId: ticket.id, cause: 'outside' });
  if (assigneeId !== undefined) changeTicket(world, ticket.id, { assigneeId });
  if (teamId !== undefined) changeTicket(world, ticket.id, { teamId });
  const held = world.tickets.get(ticket.id)?.tags ?? [];
  const added = (resolveTags(world, tags) ?? []).filter((id) => !held.includes(id));
  if (added.length > 0) {
    changeTicket(world, ticket.id, { tags: [...held, ...added] });
    const names = added.map((id) => world.tags.get(id)?.name ?? id);
    happened.push({ type: 'tag_added', ticketId: ticket.id, cause: 'outside', tags: names });
  }
  if (status !== undefined && setStatus(world, ticket.id, status satisfies Status)) {
    happened.push({ type: 'status_changed', ticketId: ticket.id, cause: 'outside' });
  }
  return { commentId: comment?.id ?? null, events: happened };
}
