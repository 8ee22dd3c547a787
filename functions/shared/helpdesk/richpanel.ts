/** A Richpanel ticket as our `Ticket`: lenient with what is unknown or missing, strict about who wrote (reference §2). */
import { ROUTE_TAG_OF_TEAM, TEAMS, type Team } from '../../../events/words.ts';
import { VendorError } from '../errors.ts';
import type { Comment, CommentAuthor, Ticket } from '../ports.ts';
import { restrict, restrictIfAny } from '../restricted.ts';
import { encodeVendorId } from '../vendor-ids.ts';
import { normaliseChannel } from './channels.ts';
import { asRecord, type CommentShape, commentShape, isRecord, type TicketShape, ticketShape } from './shapes.ts';

const CLOSED = new Set(['closed', 'resolved', 'solved']);

export type MappingInput = {
  readonly ticket: TicketShape;
  /** As the caller asked for it, in the codec. */
  readonly conversationId: string;
  /** The integration's own seat; `null` when it is not known: nothing is recognised as ours then. */
  readonly botId: string | null;
  /** Tag ids already resolved to names. */
  readonly tagNames: readonly string[];
};

/** Throws `VendorError` of kind `parse` for a ticket without any time: order comes from it. */
export function ticketFrom({ ticket, conversationId, botId, tagNames }: MappingInput): Ticket {
  const { customer_profile: profile, via } = ticket;
  const { from } = via.source;
  const customer = {
    id: profile.id ?? profile.uid,
    email: profile.email ?? (typeof from === 'string' ? from.trim() || null : from.address),
    firstName: profile.firstName ?? profile.name?.trim().split(/\s+/)[0] ?? null,
  };
  const comments = ticket.comments.map(commentShape);
  return {
    id: encodeVendorId(ticket.id ?? '') ?? conversationId,
    status: statusOf(ticket),
    channel: channelOf(ticket, comments),
    subject: restrict(ticket.subject ?? ''),
    tags: tagNames,
    assignedTeam: assignedTeam(tagNames),
    comments: comments.map((comment) => commentFrom(comment, ticket, { botId, customer })),
    customer: {
      id: restrictIfAny(customer.id),
      email: restrictIfAny(customer.email),
      firstName: restrictIfAny(customer.firstName),
    },
    storeId: ticket.app_client_id,
  };
}

/** `{ "ticket": … }`, or the ticket itself (reference §3.1); `null` for anything else. */
export function unwrapTicket(answer: unknown): TicketShape | null {
  const outer = asRecord(answer);
  const inner = isRecord(outer.ticket) ? outer.ticket : outer;
  const ticket = ticketShape(inner);
  return ticket.id === null && inner.comments === undefined ? null : ticket;
}

/** Tags as they came: ids, names, or both. */
export function rawTags({ tags }: TicketShape): string[] {
  return tags.filter((tag): tag is string => typeof tag === 'string' && tag !== '');
}

export function statusOf({ status, state }: TicketShape): Ticket['status'] {
  return CLOSED.has((status ?? state ?? '').trim().toLowerCase()) ? 'closed' : 'open';
}

/** `via` may be empty while the first comment says it (reference §2.2). */
export function channelOf({ via }: TicketShape, comments: readonly CommentShape[]): Ticket['channel'] {
  return normaliseChannel(via.channel ?? comments.find((comment) => comment.via.channel !== null)?.via.channel ?? null);
}

type People = {
  readonly botId: string | null;
  readonly customer: { readonly id: string | null; readonly email: string | null };
};

function commentFrom(comment: CommentShape, ticket: TicketShape, people: People): Comment {
  const createdAt = comment.created_at ?? ticket.created_at;
  if (createdAt === null) throw new VendorError('richpanel', 'parse');
  const { plain_body: plain } = comment;
  return {
    id: encodeVendorId(comment.id ?? '') ?? `untold:${createdAt}`,
    createdAt,
    author: authorOf(comment, people),
    isPublic: comment.public !== false,
    channel: comment.via.channel,
    text: restrict(plain ?? comment.body ?? comment.html_body ?? ''),
    isHtml: plain === null,
    attachments: comment.attachments.length,
  };
}

/**
 * Flags, then sender type, then author id (reference §2.3). What is not told is `unknown`, never the customer; what our
 * own seat wrote is the bot's whatever a flag says, since an answer to ourselves would loop.
 */
export function authorOf(comment: CommentShape, { botId, customer }: People): CommentAuthor {
  const { author_id: author, via } = comment;
  if (botId !== null && author === botId) return 'bot';
  const told =
    comment.is_operator ??
    comment.isOperator ??
    via.is_operator ??
    via.isOperator ??
    operatorBySender(comment.sender_type);
  if (told !== null) return told ? 'agent' : 'customer';
  if (author === null) return 'unknown';
  if (author.toLowerCase().includes('operator')) return 'agent';
  const isCustomer = author === customer.id || author.toLowerCase() === customer.email?.toLowerCase();
  return isCustomer ? 'customer' : 'unknown';
}

function operatorBySender(sender: string | null): boolean | null {
  if (sender === 'operator') return true;
  return sender === 'customer' ? false : null;
}

/** One route tag stands for one team; several say nothing certain. */
function assignedTeam(tags: readonly string[]): Team | null {
  const teams = TEAMS.filter((team) => tags.includes(ROUTE_TAG_OF_TEAM[team]));
  return teams.length === 1 ? (teams[0] ?? null) : null;
}
