/** Simulated tickets in the sandbox's file: what happened to them happens again, at its time, by the sandbox's own means. */
import { asHtml } from '../../../functions/shared/helpdesk/html.ts';
import { BOT_SEAT } from '../../../local/platform/furnish.ts';
import { liveSandboxPorts } from '../../../local/sandbox/live-ports.ts';
import { isEmail, vendorChannel } from '../../../local/sandbox/model/channels.ts';
import { writeCustomer } from '../../../local/sandbox/model/customers.ts';
import { linkOrders } from '../../../local/sandbox/model/orders.ts';
import { resolveTags, tagNames } from '../../../local/sandbox/model/tags.ts';
import { htmlOf } from '../../../local/sandbox/model/text.ts';
import {
  appendComment,
  changeTicket,
  deliverToCustomer,
  openTicket,
  setStatus,
} from '../../../local/sandbox/model/tickets.ts';
import type { Ticket, WriteKind } from '../../../local/sandbox/model/types.ts';
import { iso, type World } from '../../../local/sandbox/model/world.ts';
import { createSandbox } from '../../../local/sandbox/sandbox.ts';
import { HUMAN_AGENT } from '../../../local/sandbox/seed/directory.ts';
import { openSandboxStore } from '../../../local/sandbox/sqlite-store.ts';
import type { Happening, KeptTicket } from './kept-world.ts';

export type KeptHelpdesk = {
  /** Durable when it returns. The sandbox keeps its newest tickets only, some twenty thousand. */
  add(tickets: readonly KeptTicket[]): void;
  close(): void;
};

/** The shop starts with its staff and tags, and without the tickets that a new sandbox is furnished with. */
export function openKeptHelpdesk(file: string): KeptHelpdesk {
  const store = openSandboxStore(file);
  const clock = { now: Date.now() };
  const sandbox = createSandbox({
    store,
    ports: { ...liveSandboxPorts, now: () => clock.now },
    options: { botAgentId: BOT_SEAT, seedData: false },
  });
  return {
    add(tickets) {
      for (const ticket of tickets) writeTicket(sandbox.world, ticket, clock);
      sandbox.commit();
    },
    close: () => store.close(),
  };
}

function writeTicket(world: World, kept: KeptTicket, clock: { now: number }): void {
  const { opening, happenings } = kept;
  const { conversationId: id, customer, order } = opening;
  const { email, firstName: name } = customer;
  const channel = vendorChannel(opening.channel);
  clock.now = happenings[0]?.at ?? clock.now;
  writeCustomer(world, { id: customer.id, properties: {} }, { email, name });
  const from = { address: email, name };
  const to = isEmail(channel) ? { address: 'support@acme.example' } : {};
  openTicket(world, { id, subject: null, via: { channel, source: { from, to } }, customerId: customer.id });
  if (typeof order === 'object' && order !== null && Object.keys(order).length > 0)
    linkOrders(world, id, order as Readonly<Record<string, unknown>>);
  for (const happening of happenings) {
    clock.now = happening.at;
    happen(world, ticketOf(world, id), happening);
  }
  refuseOther(world, ticketOf(world, id), kept);
}

function happen(world: World, ticket: Ticket, happening: Happening): void {
  if (happening.kind === 'comment') comment(world, ticket, happening.comment);
  else if (happening.kind === 'tags') retag(world, ticket, happening);
  else become(world, ticket, happening);
}

function retag(world: World, ticket: Ticket, { added, removed }: Extract<Happening, { kind: 'tags' }>): void {
  const names = new Set(tagNames(world, ticket));
  for (const name of removed) names.delete(name);
  for (const name of added) names.add(name);
  changeTicket(world, ticket.id, { tags: resolveTags(world, [...names]) ?? [] });
  if (added.length > 0) logWrite(world, ticket, 'tags', { tags: added });
  if (removed.length > 0) logWrite(world, ticket, 'untag', { tags: removed });
}

function become(world: World, ticket: Ticket, { status: simulated, by }: Extract<Happening, { kind: 'status' }>): void {
  const status = simulated === 'open' ? 'OPEN' : 'CLOSED';
  setStatus(world, ticket.id, status);
  // A customer's message opens a ticket without anybody's call.
  if (by !== 'customer') logWrite(world, ticket, 'status', { ticket: { status } });
}

function comment(
  world: World,
  ticket: Ticket,
  { id, author, text, isPublic, createdAt, channel }: Extract<Happening, { kind: 'comment' }>['comment'],
): void {
  if (author === 'customer') {
    const html = channel === 'email' ? { htmlBody: htmlOf(text) } : {};
    appendComment(world, ticket.id, {
      id,
      authorId: ticket.customerId,
      isOperator: false,
      body: text,
      ...html,
      createdAt,
    });
    return;
  }
  const isOurs = author === 'bot';
  const body = isOurs && (channel === 'email' || !isPublic) ? asHtml(text) : text;
  const authorId = isOurs ? BOT_SEAT : HUMAN_AGENT;
  const hidden = isPublic ? {} : { public: false };
  const written = appendComment(world, ticket.id, { id, authorId, isOperator: true, body, createdAt, ...hidden });
  if (!isOurs) return;
  if (isPublic) deliverToCustomer(world, ticket, written);
  const isMessage = isPublic && channel === 'email';
  logWrite(world, ticket, isMessage ? 'message' : 'comment', { body });
}

function logWrite(world: World, ticket: Ticket, kind: WriteKind, body: object): void {
  const seq = world.nextNumber('writes');
  const at = iso(world.now());
  world.writes.put(String(seq), { seq, at, ticketId: ticket.id, kind, body, applied: true, status: 200, fault: null });
}

function refuseOther(world: World, ticket: Ticket, { status, tags }: KeptTicket): void {
  const isSame =
    ticket.status === (status === 'open' ? 'OPEN' : 'CLOSED') &&
    tagNames(world, ticket).toSorted().join() === tags.toSorted().join();
  if (!isSame) throw new Error(`what happened to ${ticket.id} does not come to the ticket that the run ended with`);
}

function ticketOf(world: World, id: string): Ticket {
  const ticket = world.tickets.get(id);
  if (ticket === undefined) throw new Error(`no ticket ${id}`);
  return ticket;
}
