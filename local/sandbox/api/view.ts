/** Records in the vendor's shape (§2): exact key spellings, duplicates included. */
import { json, type SandboxResponse } from '../http-types.ts';
import { channelOf } from '../model/channels.ts';
import { shownTags } from '../model/tags.ts';
import type { Agent, ChannelSeat, Comment, Customer, NamedThing, Tag, Ticket } from '../model/types.ts';
import { iso, ORGANIZATION, type World } from '../model/world.ts';
import { operatorShape, statusShape, textShape } from './forms.ts';

const DIRECTORY_SINCE = '2025-01-02T08:00:00.000Z';

type Shape = Record<string, unknown>;

/** The ticket as it stood `staleMs` ago, with the comments that are readable now. */
export function readTicket(world: World, ticket: Ticket, staleMs = world.options.staleReadMs): Ticket {
  const now = world.now();
  const state = staleMs > 0 ? world.history.asOf(ticket, now - staleMs) : ticket;
  const isReadable = (comment: Comment): boolean => comment.hidden !== true && (comment.visibleAt ?? 0) <= now;
  return state.comments.every(isReadable) ? state : { ...state, comments: state.comments.filter(isReadable) };
}

/** A ticket of a single read, or a list row (`comments` omitted, §12.1 no. 9). */
export function ticketView(world: World, ticket: Ticket, form: 'single' | 'row' = 'single'): Shape {
  const lastMessage = ticket.comments.at(-1);
  return {
    id: ticket.id,
    conversation_no: ticket.number,
    app_client_id: ticket.appClientId,
    organization_id: ORGANIZATION,
    ...statusShape(ticket, world.options.statusForm),
    priority: ticket.priority,
    subject: ticket.subject,
    created_at: iso(ticket.createdAt),
    updated_at: iso(ticket.updatedAt),
    first_response_time: ticket.firstResponseAt === null ? null : iso(ticket.firstResponseAt),
    ...closing(ticket),
    assignee_id: ticket.assigneeId,
    ...(ticket.teamId === null ? {} : { team_id: ticket.teamId }),
    recipient: ticket.recipient,
    satisfaction_rating: null,
    scenarioId: null,
    scenario_id: null,
    scenarioName: null,
    scenario_name: null,
    cookieId: null,
    customFields: {},
    ...profile(world, ticket),
    via: world.options.channelOn === 'comment' ? {} : ticket.via,
    tags: shownTags(world, ticket),
    url: ticketUrl(ticket),
    ...(form === 'single' ? { comments: ticket.comments.map((comment) => commentView(world, comment)) } : {}),
    ...(form === 'row' && lastMessage
      ? { last_message_sender_type: lastMessage.isOperator ? 'operator' : 'customer' }
      : {}),
  };
}

/** A single ticket as an answer; the wrapper may be missing (§3.1). */
export function ticketAnswer(world: World, ticket: Ticket): SandboxResponse {
  const view = ticketView(world, ticket);
  return json(200, world.options.ticketWrapper === 'bare' ? view : { ticket: view });
}

/** Answer to a write that went through, as far as the vendor says anything (§3.4). */
export function writeAnswer(world: World, ticketId: string, message: string): SandboxResponse {
  const ticket = world.tickets.get(ticketId);
  const form = world.options.writeAnswer;
  if (form === 'empty') return { status: 200, headers: {}, body: '' };
  if (form === 'message' || ticket === undefined) return json(200, { message });
  return ticketAnswer(world, readTicket(world, ticket));
}

export function ticketUrl(ticket: Ticket): string {
  return `https://app.richpanel.com/conversations?viewId=search&conversationNo=${ticket.number}`;
}

function closing(ticket: Ticket): Shape {
  if (ticket.closedAt === null) return {};
  return {
    first_closed_at: ticket.firstClosedAt === null ? null : iso(ticket.firstClosedAt),
    closed_at: iso(ticket.closedAt),
    resolution_duration: Math.max(0, Math.round((ticket.closedAt - ticket.createdAt) / 1000)),
  };
}

function profile(world: World, ticket: Ticket): Shape {
  const form = world.options.customerProfile === 'full' ? ticket.profile : world.options.customerProfile;
  if (form === 'absent') return {};
  const customer = ticket.customerId === null ? undefined : world.customers.get(ticket.customerId);
  if (form === 'empty' || customer === undefined) return { customer_profile: {} };
  return { customer_profile: { ...customerFields(customer), type: 'customer' } };
}

function customerFields(customer: Customer): Shape {
  return {
    id: customer.id,
    ...(customer.email === undefined ? {} : { email: customer.email }),
    ...(customer.name === undefined ? {} : { name: customer.name }),
  };
}

function commentView(world: World, comment: Comment): Shape {
  const { operatorFlag, operatorFlagValue, commentText } = world.options;
  const told = operatorShape(comment.isOperator, operatorFlag, operatorFlagValue);
  return {
    id: comment.id,
    type: comment.type,
    author_id: comment.authorId,
    created_at: iso(comment.createdAt),
    ...textShape(comment, commentText),
    attachments: comment.attachments,
    metadata: {},
    via: {
      ...(comment.channel === undefined ? {} : { channel: comment.channel }),
      ...told.via,
    },
    ...told.own,
    ...(comment.public === undefined ? {} : { public: comment.public }),
  };
}

export function customerView(customer: Customer): Shape {
  const { uid, phone, properties } = customer;
  return {
    ...customerFields(customer),
    ...(uid === undefined ? {} : { uid }),
    ...(phone === undefined ? {} : { phone }),
    ...properties,
  };
}

export function tagView(tag: Tag): Shape {
  const at = iso(tag.createdAt);
  return {
    id: tag.id,
    name: tag.name,
    description: tag.description,
    organization_id: ORGANIZATION,
    created_at: at,
    updated_at: at,
  };
}

export function agentView(agent: Agent): Shape {
  return { id: agent.id, name: agent.name, email: agent.email, role: agent.role };
}

export function teamView(team: NamedThing): Shape {
  const { id, name } = team;
  return { id, name, organization_id: ORGANIZATION, created_at: DIRECTORY_SINCE, updated_at: DIRECTORY_SINCE };
}

export function channelView(seat: ChannelSeat): Shape {
  return {
    id: seat.id,
    type: seat.type,
    business_brand_name: seat.brandName,
    created_at: DIRECTORY_SINCE,
    updated_at: DIRECTORY_SINCE,
  };
}

/** Whether a list filter on the channel meets the ticket. */
export function hasChannel(ticket: Ticket, channel: string): boolean {
  return channelOf(ticket).toLowerCase() === channel.toLowerCase();
}
