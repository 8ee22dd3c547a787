/** Ticket reads, creation and the tag, message and order calls (§3). */
import { parseObject, type SandboxResponse, vendorError } from '../http-types.ts';
import { ticketNumberKey } from '../model/keys.ts';
import { findOrder } from '../model/orders.ts';
import { resolveTags } from '../model/tags.ts';
import { escapeHtml } from '../model/text.ts';
import { appendComment, changeTicket, deliverToCustomer, setStatus } from '../model/tickets.ts';
import type { Ticket } from '../model/types.ts';
import type { World } from '../model/world.ts';
import { type ApiCall, type ApiOutcome, answer, type SandboxEvent } from './context.ts';
import { readTicket, ticketAnswer, writeAnswer } from './view.ts';

/** 400 "may come where you expect 404" (§1.1). */
export function noTicket({ world }: ApiCall): SandboxResponse {
  return vendorError(Number(world.options.missingTicket), 'Ticket not found');
}

const SIGNATURE = 'Acme Store support';

/** `GET /tickets/{id}`. */
export function readOne(call: ApiCall, id: string): ApiOutcome {
  return shown(call, call.world.tickets.get(id));
}

/** `GET /tickets/number/{conversationNo}`; imported conversations are not found by number. */
export function readByNumber(call: ApiCall, number: string): ApiOutcome {
  const ticket = call.world.tickets.withKey(ticketNumberKey(number)).find((one) => !one.imported);
  return shown(call, ticket);
}

function shown(call: ApiCall, ticket: Ticket | undefined): ApiOutcome {
  if (ticket === undefined) return answer(noTicket(call));
  const staleMs = Math.max(call.bend.staleMs ?? 0, call.world.options.staleReadMs);
  return answer(ticketAnswer(call.world, readTicket(call.world, ticket, staleMs)));
}

/** `PUT /tickets/{id}/send-message`: flat body; the one call that reaches an e-mail customer. */
export function sendMessage(call: ApiCall, id: string): ApiOutcome {
  const { world, bend } = call;
  const ticket = world.tickets.get(id);
  if (ticket === undefined) return answer(noTicket(call));
  const sent = parseObject(call.body);
  const text = sent?.body;
  const author = sent?.author_id;
  if (typeof text !== 'string' || text === '') return answer(vendorError(400, 'body is required'));
  if (typeof author !== 'string' || author === '') return answer(vendorError(400, 'author_id is required'));
  if (!isAuthor(world, author)) return answer(vendorError(400, 'author_id is unknown'));
  const attachments = Array.isArray(sent?.attachments)
    ? sent.attachments.filter((url): url is string => typeof url === 'string')
    : [];
  const hidden = bend.isHidden ? { hidden: true as const } : {};
  const body = sentText(world, text);
  const comment = appendComment(world, id, { authorId: author, isOperator: true, body, attachments, ...hidden });
  if (!bend.isUndelivered) deliverToCustomer(world, ticket, comment);
  const reopened = ticket.status === 'CLOSED' && world.options.sendToClosedReopens && setStatus(world, id, 'OPEN');
  return answer(writeAnswer(world, id, 'Message sent'), [
    event('agent_message', id),
    ...(reopened ? [event('status_changed', id)] : []),
  ]);
}

/** What the customer gets for a body (§3.5): whether markup counts and a signature follows is open. */
function sentText({ options }: World, body: string): string {
  const shown = options.sentBody === 'escaped' ? escapeHtml(body) : body;
  return options.signature ? `${shown}<br><br>${SIGNATURE}` : shown;
}

function isAuthor(world: World, author: string): boolean {
  const { strictAuthor, operatorAuthor } = world.options;
  if (!strictAuthor || (operatorAuthor && author === 'operator')) return true;
  return world.agents.some((agent) => agent.id === author);
}

/** `PUT /tickets/{id}/add-tags` and `/remove-tags`: flat body, set semantics. */
export function changeTags(call: ApiCall, id: string, change: 'add' | 'remove'): ApiOutcome {
  const { world } = call;
  const ticket = world.tickets.get(id);
  if (ticket === undefined) return answer(noTicket(call));
  const wanted = parseObject(call.body)?.tags;
  if (!isTagList(wanted)) return answer(vendorError(400, 'tags must be an array of strings'));
  const before = ticket.tags ?? [];
  if (change === 'remove') {
    const names = new Set(wanted);
    const kept = before.filter((tagId) => !names.has(tagId) && !names.has(world.tags.get(tagId)?.name ?? tagId));
    changeTicket(world, id, { tags: kept });
    return answer(writeAnswer(world, id, 'Tags removed'));
  }
  const ids = resolveTags(world, wanted);
  if (ids === undefined) return answer(vendorError(400, 'tag not found'));
  const added = ids.filter((tagId) => !before.includes(tagId));
  changeTicket(world, id, { tags: [...before, ...added] });
  return answer(writeAnswer(world, id, 'Tags added'), added.length > 0 ? [event('tag_added', id)] : []);
}

export function isTagList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((tag) => typeof tag === 'string' && tag !== '');
}

/** `PUT /tickets/{id}/attach-order/{appClientId}/{orderId}`. */
export function attachOrder(call: ApiCall, id: string, appClientId: string, orderId: string): ApiOutcome {
  const { world } = call;
  if (!world.tickets.has(id)) return answer(noTicket(call));
  if (findOrder(world, appClientId, orderId) === undefined) return answer(vendorError(404, 'Order not found'));
  changeTicket(world, id, { linkage: { orderId, appClientId }, appClientId });
  return answer(writeAnswer(world, id, 'Order attached'));
}

export function event(type: SandboxEvent['type'], ticketId: string): SandboxEvent {
  return { type, ticketId, cause: 'api' };
}
