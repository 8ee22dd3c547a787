/** Which call a method and path are, and what a write among them wants to do. */
import { isRecord, json, parseObject, vendorError } from '../http-types.ts';
import type { WriteKind } from '../model/types.ts';
import { type ApiCall, type ApiOutcome, answer, type WriteIntent } from './context.ts';
import * as directory from './directory.ts';
import * as orders from './orders.ts';
import { listByCustomer, listTickets } from './ticket-list.ts';
import { createTicket, updateTicket } from './ticket-update.ts';
import * as tickets from './tickets.ts';

const NO_ROUTE = vendorError(404, 'Not found');

type Route = {
  readonly method: string;
  /** A word stands for itself, `*` for any segment. */
  readonly path: readonly string[];
  readonly run: (call: ApiCall, parameters: readonly string[]) => ApiOutcome;
};

function route(
  method: string,
  path: string,
  run: (call: ApiCall, first: string, second: string, third: string) => ApiOutcome,
): Route {
  return {
    method,
    path: path.split('/'),
    run: (call, [first = '', second = '', third = '']) => run(call, first, second, third),
  };
}

/** First match wins: `tickets/number/7` is the lookup, never a ticket called `number`. */
const ROUTES: readonly Route[] = [
  route('GET', 'tickets', listTickets),
  route('POST', 'tickets', createTicket),
  route('GET', 'tickets/*', tickets.readOne),
  route('PUT', 'tickets/*', updateTicket),
  route('GET', 'tickets/number/*', tickets.readByNumber),
  route('GET', 'tickets/email/*', (call, value) => listByCustomer(call, 'email', value)),
  route('GET', 'tickets/phone/*', (call, value) => listByCustomer(call, 'phone', value)),
  route('PUT', 'tickets/*/send-message', tickets.sendMessage),
  route('PUT', 'tickets/*/add-tags', (call, id) => tickets.changeTags(call, id, 'add')),
  route('PUT', 'tickets/*/remove-tags', (call, id) => tickets.changeTags(call, id, 'remove')),
  route('PUT', 'tickets/*/attach-order/*/*', tickets.attachOrder),
  route('GET', 'order/*', orders.readLinkage),
  route('GET', 'order/*/*', orders.readOrder),
  route('POST', 'order/*', orders.upsertOrders),
  route('POST', 'subscription/*', orders.upsertSubscriptions),
  route('GET', 'customers/email/*', (call, value) => directory.readCustomer(call, 'email', value)),
  route('GET', 'customers/phone/*', (call, value) => directory.readCustomer(call, 'phone', value)),
  route('POST', 'customers', directory.writeCustomers),
  route('GET', 'users', directory.listAgents),
  route('GET', 'users/*', directory.readAgent),
  route('GET', 'teams', directory.listTeams),
  route('GET', 'channel', directory.listChannels),
  route('GET', 'channel/*', directory.readChannel),
  route('GET', 'tags', directory.listTags),
  route('POST', 'tags', directory.writeTag),
  route('POST', 'file/upload', directory.uploadFile),
];

/** Runs the call; unlisted routes answer 404, `/v1/conversations…` 403 (§12.1 no. 3). */
export function run(call: ApiCall): ApiOutcome {
  if (call.segments[0] === 'conversations') return answer(json(403, { message: 'Forbidden' }));
  for (const candidate of ROUTES) {
    const parameters = call.method === candidate.method ? match(candidate.path, call.segments) : undefined;
    if (parameters !== undefined) return candidate.run(call, parameters);
  }
  return answer(NO_ROUTE);
}

function match(path: readonly string[], segments: readonly string[]): string[] | undefined {
  if (path.length !== segments.length) return undefined;
  const parameters: string[] = [];
  for (const [index, word] of path.entries()) {
    const segment = segments[index];
    if (segment === undefined || segment === '' || (word !== '*' && word !== segment)) return undefined;
    if (word === '*') parameters.push(segment);
  }
  return parameters;
}

const ACTION_KIND: Readonly<Record<string, WriteKind>> = {
  'send-message': 'message',
  'add-tags': 'tags',
  'remove-tags': 'untag',
};

/**
 * What a write asks for, read from its path and body alone, so that refused and lost ones can be logged too.
 * `undefined` for reads. One update may ask for several things.
 */
export function intentOf(
  method: string,
  segments: readonly string[],
  body: string | undefined,
): WriteIntent | undefined {
  if (method === 'GET' || method === 'HEAD') return undefined;
  if (segments[0] !== 'tickets' || segments[1] === undefined) return { kinds: ['other'], ticketId: null };
  const ticketId = segments[1];
  if (segments.length > 2) return { kinds: [ACTION_KIND[segments[2] ?? ''] ?? 'other'], ticketId };
  const wrapped = parseObject(body)?.ticket;
  return { kinds: isRecord(wrapped) ? updateKinds(wrapped) : ['other'], ticketId };
}

function updateKinds(wrapped: Readonly<Record<string, unknown>>): WriteKind[] {
  const kinds: WriteKind[] = [];
  if (wrapped.comment !== undefined) kinds.push('comment');
  if (wrapped.tags !== undefined) kinds.push('tags');
  if (wrapped.assignee_id !== undefined || wrapped.team_id !== undefined) kinds.push('assign');
  if (wrapped.status !== undefined || wrapped.state !== undefined) kinds.push('status');
  return kinds.length === 0 ? ['other'] : kinds;
}
