/** `PUT /tickets/{id}` and `POST /tickets` (§3.3, §3.4). */
import { isRecord, parseObject, vendorError } from '../http-types.ts';
import { channelOf, isEmail } from '../model/channels.ts';
import { upsertCustomer } from '../model/customers.ts';
import { resolveTags } from '../model/tags.ts';
import { htmlOf } from '../model/text.ts';
import { appendComment, changeTicket, deliverToCustomer, openTicket, setStatus } from '../model/tickets.ts';
import { type Party, STATUSES, type Status, type Ticket, type Via } from '../model/types.ts';
import type { World } from '../model/world.ts';
import { type ApiCall, type ApiOutcome, answer, type SandboxEvent } from './context.ts';
import { event, isTagList, noTicket } from './tickets.ts';
import { readTicket, ticketAnswer, writeAnswer } from './view.ts';

type CommentRequest = {
  readonly body: string;
  readonly sender: 'customer' | 'operator';
  readonly public: boolean | undefined;
};

/** What a body may set; `state` is accepted and ignored, as any unknown key is (§3.4, close matrix). */
type TicketRequest = {
  readonly status?: Status;
  readonly assigneeId?: string;
  readonly teamId?: string | null;
  readonly priority?: string;
  readonly subject?: string;
  readonly tags?: readonly string[];
  readonly comment?: CommentRequest;
};

/** Updates, assigns, comments, closes. The answer proves nothing: clients have to read back. */
export function updateTicket(call: ApiCall, id: string): ApiOutcome {
  const { world } = call;
  const before = world.tickets.get(id);
  if (before === undefined) return answer(noTicket(call));
  const wrapped = parseObject(call.body)?.ticket;
  const request = isRecord(wrapped) ? parseRequest(wrapped) : 'ticket is required';
  if (typeof request === 'string') return answer(vendorError(400, request));
  const tags = request.tags === undefined ? undefined : resolveTags(world, request.tags);
  if (request.tags !== undefined && tags === undefined) return answer(vendorError(400, 'tag not found'));

  const events: SandboxEvent[] = [];
  const { comment, status, assigneeId, teamId, priority, subject } = request;
  if (comment !== undefined) events.push(...addComment(call, before, comment));
  if (tags?.some((tag) => !(before.tags ?? []).includes(tag))) events.push(event('tag_added', id));
  changeTicket(world, id, {
    ...(assigneeId === undefined ? {} : { assigneeId }),
    ...(teamId === undefined ? {} : { teamId }),
    ...(priority === undefined ? {} : { priority }),
    ...(subject === undefined ? {} : { subject }),
    ...(tags === undefined ? {} : { tags }),
  });
  if (status !== undefined && setStatus(world, id, status)) events.push(event('status_changed', id));
  return answer(writeAnswer(world, id, 'Ticket updated'), events);
}

function addComment(call: ApiCall, ticket: Ticket, comment: CommentRequest): SandboxEvent[] {
  const { world, bend } = call;
  const isPublic = comment.public === undefined ? {} : { public: comment.public };
  if (comment.sender === 'customer') {
    const htmlBody = isEmail(channelOf(ticket)) ? { htmlBody: htmlOf(comment.body) } : {};
    const { customerId } = ticket;
    appendComment(world, ticket.id, {
      authorId: customerId,
      isOperator: false,
      body: comment.body,
      ...htmlBody,
      ...isPublic,
    });
    const reopens = ticket.status === 'CLOSED' && world.options.replyReopens && setStatus(world, ticket.id, 'OPEN');
    return [event('customer_message', ticket.id), ...(reopens ? [event('status_changed', ticket.id)] : [])];
  }
  const hidden = bend.isHidden ? { hidden: true as const } : {};
  const written = appendComment(world, ticket.id, {
    authorId: commentAuthor(world),
    isOperator: true,
    body: comment.body,
    ...isPublic,
    ...hidden,
  });
  const isShown = comment.public !== false || world.options.privateComments === 'delivered';
  if (isShown && !bend.isUndelivered && commentReaches(world, ticket)) {
    deliverToCustomer(world, ticket, written);
  }
  return [event('agent_message', ticket.id)];
}

/** No author field is documented here: the key's owner, probably (§3.4). */
function commentAuthor({ options }: World): string | null {
  switch (options.commentAuthor) {
    case 'seat':
      return options.botAgentId;
    case 'operator':
      return 'operator';
    default:
      return null;
  }
}

function commentReaches(world: World, ticket: Ticket): boolean {
  const { commentDelivers } = world.options;
  return commentDelivers === 'always' || (commentDelivers === 'nonEmail' && !isEmail(channelOf(ticket)));
}

function parseRequest(wrapped: Record<string, unknown>): TicketRequest | string {
  const { status, assignee_id: assignee, team_id: team, priority, subject, tags, comment } = wrapped;
  if (status !== undefined && !STATUSES.some((one) => one === status)) {
    return 'ticket.status must be one of [OPEN, CLOSED]';
  }
  if (assignee !== undefined && typeof assignee !== 'string') return 'ticket.assignee_id must be a string';
  if (tags !== undefined && !isTagList(tags)) return 'ticket.tags must be an array of strings';
  const parsedComment = comment === undefined ? undefined : parseComment(comment);
  if (typeof parsedComment === 'string') return parsedComment;
  return {
    ...(status === undefined ? {} : { status: status as Status }),
    ...(assignee === undefined ? {} : { assigneeId: assignee }),
    ...(typeof team === 'string' || team === null ? { teamId: team } : {}),
    ...(typeof priority === 'string' ? { priority } : {}),
    ...(typeof subject === 'string' ? { subject } : {}),
    ...(tags === undefined ? {} : { tags }),
    ...(parsedComment === undefined ? {} : { comment: parsedComment }),
  };
}

function parseComment(comment: unknown): CommentRequest | string {
  if (!isRecord(comment) || typeof comment.body !== 'string') return 'ticket.comment.body is required';
  const sender = comment.sender_type ?? 'operator'; // `isOperator` defaults to true (§2.3)
  if (sender !== 'customer' && sender !== 'operator')
    return 'ticket.comment.sender_type must be one of [customer, operator]';
  return { body: comment.body, sender, public: typeof comment.public === 'boolean' ? comment.public : undefined };
}

/** Creates a ticket; an id that exists is overwritten. 200, not 201. */
export function createTicket(call: ApiCall): ApiOutcome {
  const { world } = call;
  const wrapped = parseObject(call.body)?.ticket;
  if (!isRecord(wrapped)) return answer(vendorError(400, 'ticket is required'));
  const request = parseRequest(wrapped);
  if (typeof request === 'string') return answer(vendorError(400, request));
  if (request.comment === undefined) return answer(vendorError(400, 'ticket.comment is required'));
  const tags = resolveTags(world, request.tags ?? []);
  if (tags === undefined) return answer(vendorError(400, 'tag not found'));
  const via = parseVia(wrapped.via);
  const id = typeof wrapped.id === 'string' && wrapped.id !== '' ? wrapped.id : newId(world, via);
  openTicket(world, {
    id,
    subject: request.subject ?? null,
    via,
    customerId: customerOf(world, wrapped.customer_profile, via),
    tags,
    ...(request.status === undefined ? {} : { status: request.status }),
    ...(request.priority === undefined ? {} : { priority: request.priority }),
    ...(request.assigneeId === undefined ? {} : { assigneeId: request.assigneeId }),
  });
  const opened = world.tickets.get(id);
  const events = opened === undefined ? [] : addComment(call, opened, request.comment);
  if (request.status === 'CLOSED') setStatus(world, id, 'CLOSED');
  const created = world.tickets.get(id);
  return answer(
    created === undefined ? noTicket(call) : ticketAnswer(world, readTicket(world, created, 0)),
    events.map((one) => (one.type === 'customer_message' ? event('conversation_created', id) : one)),
  );
}

function newId(world: World, via: Via): string {
  return isEmail(via.channel ?? '') ? world.ids.messageId() : world.ids.uuid();
}

function parseVia(value: unknown): Via {
  if (!isRecord(value)) return {};
  const source = isRecord(value.source) ? value.source : undefined;
  const from = parseParty(source?.from);
  const to = parseParty(source?.to);
  return {
    ...(typeof value.channel === 'string' ? { channel: value.channel } : {}),
    ...(source === undefined ? {} : { source: { ...(from ? { from } : {}), ...(to ? { to } : {}) } }),
  };
}

function parseParty(value: unknown): Party | undefined {
  if (!isRecord(value)) return undefined;
  const { address, name, id } = value;
  return {
    ...(typeof address === 'string' ? { address } : {}),
    ...(typeof name === 'string' ? { name } : {}),
    ...(typeof id === 'string' ? { id } : {}),
  };
}

function customerOf(world: World, profile: unknown, via: Via): string {
  const given = isRecord(profile) ? profile : {};
  const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
  return upsertCustomer(world, {
    uid: text(given.uid),
    email: text(given.email) ?? via.source?.from?.address,
    phone: text(given.phone) ?? via.source?.from?.id,
    name: text(given.name) ?? via.source?.from?.name,
  }).id;
}
