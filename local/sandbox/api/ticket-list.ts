/** Ticket lists: by filter (§3.2c) and by customer (§3.2b). */
import { json } from '../http-types.ts';
import { findCustomer } from '../model/customers.ts';
import { findTag } from '../model/tags.ts';
import type { Ticket } from '../model/types.ts';
import { type ApiCall, type ApiOutcome, answer } from './context.ts';
import { page } from './lists.ts';
import { hasChannel, readTicket, ticketView } from './view.ts';

/** `GET /tickets`: rows without comments. `limit` is accepted and does not limit (§1.5). */
export function listTickets(call: ApiCall): ApiOutcome {
  const { world, query } = call;
  const staleMs = Math.max(call.bend.staleMs ?? 0, world.options.staleReadMs);
  const rows = world.tickets
    .values()
    .map((ticket) => readTicket(world, ticket, staleMs))
    .filter((ticket) => meets(call, ticket));
  const sortKey = query.get('sortKey') === 'updated_at' ? 'updatedAt' : 'createdAt';
  const direction = query.get('order')?.toUpperCase() === 'ASC' ? 1 : -1;
  rows.sort((left, right) => direction * (left[sortKey] - right[sortKey] || left.number - right.number));
  return page(call, 'ticket', rows, (ticket) => ticketView(world, ticket, 'row'));
}

function meets(call: ApiCall, ticket: Ticket): boolean {
  const { query, world } = call;
  const channel = query.get('channel');
  const tag = query.get('tags');
  const tagId = tag === null ? undefined : findTag(world, tag)?.id;
  const after = Number(query.get('updated_after') ?? Number.NaN);
  const equal = (name: string, value: string): boolean => (query.get(name) ?? value) === value;
  return (
    equal('status', ticket.status) &&
    equal('assignee_id', ticket.assigneeId) &&
    equal('priority', ticket.priority) &&
    equal('appClientId', ticket.appClientId) &&
    (channel === null || hasChannel(ticket, channel)) &&
    (tag === null || (tagId !== undefined && (ticket.tags ?? []).includes(tagId))) &&
    (Number.isNaN(after) || ticket.updatedAt > after)
  );
}

/** `GET /tickets/{email|phone}/{value}`; none is an empty list. */
export function listByCustomer(call: ApiCall, type: 'email' | 'phone', value: string): ApiOutcome {
  const { world } = call;
  const customer = findCustomer(world, type, value);
  const rows = world.tickets.values().filter((ticket) => isOf(ticket, type, value, customer?.id));
  return answer(json(200, { ticket: rows.map((ticket) => ticketView(world, readTicket(world, ticket), 'row')) }));
}

function isOf(ticket: Ticket, type: 'email' | 'phone', value: string, customerId: string | undefined): boolean {
  const from = ticket.via.source?.from;
  const own = type === 'email' ? from?.address : from?.id;
  return (customerId !== undefined && ticket.customerId === customerId) || own?.toLowerCase() === value.toLowerCase();
}
