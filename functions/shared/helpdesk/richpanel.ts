/** A Richpanel ticket as our `Ticket`: lenient with what is unknown or missing, strict about who wrote (reference §2). */
import { ROUTE_TAG_OF_TEAM, TEAMS, type Team } from '../../../events/words.ts';
import { VendorError } from '../errors.ts';
import type { Comment, CommentAuthor, Ticket } from '../ports.ts';
import { encodeVendorId } from '../vendor-ids.ts';
import { normaliseChannel } from './channels.ts';

export type Raw = Readonly<Record<string, unknown>>;

const CLOSED = new Set(['closed', 'resolved', 'solved']);

export type MappingInput = {
  readonly ticket: Raw;
  /** As the caller asked for it, in the codec. */
  readonly conversationId: string;
  /** The integration's own seat; `null` when it is not known: nothing is recognised as ours then. */
  readonly botId: string | null;
  /** Tag ids already resolved to names. */
  readonly tagNames: readonly string[];
};

export function ticketFrom({ ticket, conversationId, botId, tagNames }: MappingInput): Ticket {
  const profile = record(ticket.customer_profile);
  const source = record(record(ticket.via).source);
  const customer = {
    id: text(profile.id) ?? text(profile.uid),
    email: text(profile.email) ?? text(record(source.from).address) ?? text(source.from),
    firstName: text(profile.firstName) ?? text(profile.name)?.split(/\s+/)[0] ?? null,
  };
  const comments = list(ticket.comments).map(record);
  return {
    id: encodeVendorId(text(ticket.id) ?? '') ?? conversationId,
    status: CLOSED.has((text(ticket.status) ?? text(ticket.state) ?? '').toLowerCase()) ? 'closed' : 'open',
    channel: normaliseChannel(text(record(ticket.via).channel) ?? firstChannel(comments)),
    subject: text(ticket.subject) ?? '',
    tags: tagNames,
    assignedTeam: assignedTeam(tagNames),
    comments: comments.map((comment) => commentFrom(comment, ticket, { botId, customer })),
    customer,
    storeId: identifier(ticket.app_client_id),
  };
}

/** `{ "ticket": … }`, or the ticket itself (reference §3.1); `null` for anything else. */
export function unwrapTicket(answer: unknown): Raw | null {
  const outer = record(answer);
  const inner = isRecord(outer.ticket) ? outer.ticket : outer;
  return identifier(inner.id) === null && inner.comments === undefined ? null : inner;
}

/** Tags as they came: ids, names, or both. */
export function rawTags(ticket: Raw): string[] {
  return list(ticket.tags).filter((tag): tag is string => typeof tag === 'string' && tag !== '');
}

type People = {
  readonly botId: string | null;
  readonly customer: { readonly id: string | null; readonly email: string | null };
};

function commentFrom(comment: Raw, ticket: Raw, people: People): Comment {
  const createdAt = instant(comment.created_at) ?? instant(ticket.created_at);
  // Order comes from comment times: a ticket without any cannot be read.
  if (createdAt === null) throw new VendorError('richpanel', 'parse');
  const plain = text(comment.plain_body);
  return {
    id: encodeVendorId(identifier(comment.id) ?? '') ?? `untold:${createdAt}`,
    createdAt,
    author: authorOf(comment, people),
    isPublic: flag(comment.public) !== false,
    channel: text(record(comment.via).channel),
    text: plain ?? text(comment.body) ?? text(comment.html_body) ?? '',
    isHtml: plain === null,
    attachments: list(comment.attachments).length,
  };
}

/**
 * Flags, then sender type, then author id (reference §2.3). What is not told is `unknown`, never the customer; what our
 * own seat wrote is the bot's whatever a flag says, since an answer to ourselves would loop.
 */
export function authorOf(comment: Raw, { botId, customer }: People): CommentAuthor {
  const author = identifier(comment.author_id);
  if (botId !== null && author === botId) return 'bot';
  const via = record(comment.via);
  const told =
    flag(comment.is_operator) ??
    flag(comment.isOperator) ??
    flag(via.is_operator) ??
    flag(via.isOperator) ??
    operatorBySender(comment.sender_type);
  if (told !== null) return told ? 'agent' : 'customer';
  if (author === null) return 'unknown';
  if (author.toLowerCase().includes('operator')) return 'agent';
  const isCustomer = author === customer.id || author.toLowerCase() === customer.email?.toLowerCase();
  return isCustomer ? 'customer' : 'unknown';
}

function operatorBySender(sender: unknown): boolean | null {
  if (sender === 'operator') return true;
  return sender === 'customer' ? false : null;
}

function firstChannel(comments: readonly Raw[]): string | null {
  for (const comment of comments) {
    const channel = text(record(comment.via).channel);
    if (channel !== null) return channel;
  }
  return null;
}

/** One route tag stands for one team; several say nothing certain. */
function assignedTeam(tags: readonly string[]): Team | null {
  const teams = TEAMS.filter((team) => tags.includes(ROUTE_TAG_OF_TEAM[team]));
  return teams.length === 1 ? (teams[0] ?? null) : null;
}

/** Boolean, 0 or 1, "true" or "false"; `null` when not told. */
function flag(value: unknown): boolean | null {
  const word = typeof value === 'string' ? value.trim().toLowerCase() : value;
  if (word === true || word === 1 || word === 'true' || word === '1') return true;
  return word === false || word === 0 || word === 'false' || word === '0' ? false : null;
}

/** ISO, epoch milliseconds, or epoch milliseconds as text. */
function instant(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? Math.trunc(value) : null;
  if (typeof value !== 'string' || value.trim() === '') return null;
  const at = /^\d{12,14}$/.test(value.trim()) ? Number(value) : Date.parse(value);
  return Number.isFinite(at) ? at : null;
}

/** A string that says something; `null` for anything else. */
function text(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

export function identifier(value: unknown): string | null {
  return typeof value === 'number' ? String(value) : text(value);
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function record(value: unknown): Raw {
  return isRecord(value) ? value : {};
}

function isRecord(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
