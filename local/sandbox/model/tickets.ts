/** What can happen to a ticket. Every change is a new record, and moves `updatedAt`. */
import { channelOf } from './channels.ts';
import { plainOf } from './text.ts';
import type { Attachment, Comment, Status, Ticket, Via } from './types.ts';
import { DEFAULT_STORE, iso, type World } from './world.ts';

export const FIRST_TICKET_NUMBER = 20_427; // after the 26 of §12.5

export type TicketDraft = {
  readonly id: string;
  readonly subject: string | null;
  readonly via: Via;
  readonly customerId: string | null;
  readonly createdAt?: number;
  readonly status?: Status;
  readonly priority?: string;
  readonly tags?: readonly string[];
  readonly assigneeId?: string;
};

/** Creates a ticket, or overwrites the one with that id (§3.3). */
export function openTicket(world: World, draft: TicketDraft): Ticket {
  const now = world.now();
  return world.tickets.put(draft.id, {
    id: draft.id,
    number: world.tickets.get(draft.id)?.number ?? world.nextNumber('ticket', FIRST_TICKET_NUMBER),
    appClientId: DEFAULT_STORE,
    status: draft.status ?? 'OPEN',
    priority: draft.priority ?? 'LOW',
    subject: draft.subject,
    createdAt: draft.createdAt ?? now,
    updatedAt: now,
    assigneeId: draft.assigneeId ?? 'unassigned',
    teamId: null,
    recipient: draft.via.source?.to?.address ?? null,
    customerId: draft.customerId,
    profile: draft.customerId === null ? 'absent' : 'full',
    via: draft.via,
    tags: draft.tags ?? [],
    comments: [],
    linkage: {},
    imported: false,
    firstResponseAt: null,
    firstClosedAt: null,
    closedAt: null,
  });
}

/** Replaces fields of a ticket that exists; throws when it does not. */
export function changeTicket(world: World, id: string, patch: Partial<Ticket>): Ticket {
  const before = world.tickets.get(id);
  if (before === undefined) throw new Error('changeTicket: no such ticket');
  const now = world.now();
  world.history.remember(before, now);
  return world.tickets.put(id, { ...before, ...patch, updatedAt: Math.max(now, before.updatedAt + 1) });
}

export type CommentDraft = {
  readonly id?: string;
  readonly type?: string;
  readonly authorId: string | null;
  readonly isOperator: boolean;
  readonly body: string;
  readonly htmlBody?: string;
  readonly attachments?: readonly Attachment[];
  readonly createdAt?: number;
  readonly public?: boolean;
  readonly visibleAt?: number;
  readonly hidden?: true;
};

/** Appends a comment; the first public one of an operator is the first response. */
export function appendComment(world: World, ticketId: string, draft: CommentDraft): Comment {
  const ticket = world.tickets.get(ticketId);
  if (ticket === undefined) throw new Error('appendComment: no such ticket');
  const { htmlBody, public: isPublic, visibleAt, hidden } = draft;
  const comment: Comment = {
    id: draft.id ?? world.ids.uuid(),
    type: draft.type ?? 'Comment',
    authorId: draft.authorId,
    isOperator: draft.isOperator,
    createdAt: draft.createdAt ?? world.ticketNow(ticketId),
    body: htmlBody ?? draft.body,
    plainBody: htmlBody === undefined ? plainOf(draft.body) : draft.body,
    attachments: draft.attachments ?? [],
    channel: channelOf(ticket),
    ...(htmlBody === undefined ? {} : { htmlBody }),
    ...(isPublic === undefined ? {} : { public: isPublic }),
    ...(visibleAt === undefined ? {} : { visibleAt }),
    ...(hidden === undefined ? {} : { hidden }),
  };
  const isResponse = draft.isOperator && isPublic !== false && ticket.firstResponseAt === null;
  changeTicket(world, ticketId, {
    comments: [...ticket.comments, comment],
    ...(isResponse ? { firstResponseAt: comment.createdAt } : {}),
  });
  return comment;
}

/** Sets the status; returns whether it is another one than before. */
export function setStatus(world: World, ticketId: string, status: Status): boolean {
  const ticket = world.tickets.get(ticketId);
  const changed = ticket?.status !== status;
  const closing = changed && status === 'CLOSED';
  const now = world.now();
  const closed = closing ? { closedAt: now, firstClosedAt: ticket?.firstClosedAt ?? now } : {};
  changeTicket(world, ticketId, { status, ...closed });
  return changed;
}

/** Writes down what the customer really received. */
export function deliverToCustomer(world: World, ticket: Ticket, comment: Comment): void {
  const seq = world.nextNumber('outbox');
  world.outbox.put(String(seq), {
    ticketId: ticket.id,
    at: iso(world.now()),
    channel: channelOf(ticket),
    body: comment.body,
    authorId: comment.authorId,
    commentId: comment.id,
  });
}
