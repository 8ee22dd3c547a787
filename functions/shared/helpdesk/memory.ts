/** A small helpdesk in memory: tickets, comments with the helpdesk's own ids and times, tags, an outbox. Deterministic. */
import { type Channel, ROUTE_TAG_OF_TEAM, TEAMS } from '../../../events/words.ts';
import { VendorError } from '../errors.ts';
import type {
  Clock,
  Comment,
  HelpdeskCloser,
  HelpdeskNoter,
  HelpdeskReader,
  HelpdeskSender,
  HelpdeskTagger,
  MayWrite,
  Orders,
  OutgoingMessage,
  Ticket,
} from '../ports.ts';
import { restrict, restrictIfAny, reveal } from '../restricted.ts';
import type { Directory } from './richpanel-directory.ts';

/** As the customer has it. */
export type OutboxEntry = Omit<OutgoingMessage, 'text'> & {
  readonly text: string;
  readonly at: number;
  readonly commentId: string;
};
type Person = { readonly id: string | null; readonly email: string | null; readonly firstName: string | null };

type StoredTicket = {
  readonly id: string;
  readonly channel: Channel;
  readonly subject: string;
  readonly customer: Person;
  readonly storeId: string | null;
  status: Ticket['status'];
  tags: Set<string>;
  comments: Comment[];
};

export type Written = {
  readonly conversationId: string;
  readonly text: string;
  /** Of a ticket that does not exist yet. */
  readonly channel?: Channel;
  readonly subject?: string;
  readonly customer?: Partial<Person>;
  readonly attachments?: number;
};

export type MemoryHelpdesk = HelpdeskReader &
  Pick<Directory, 'tickets'> &
  HelpdeskTagger &
  HelpdeskCloser &
  HelpdeskNoter &
  HelpdeskSender &
  Orders & {
    /** Opens the ticket when it is new, reopens it when it is closed. Returns the comment's id. */
    customerWrites(message: Written): string;
    /** A person answers; the ticket must exist. */
    agentWrites(conversationId: string, text: string, options?: { readonly isPublic?: boolean }): string;
    agentCloses(conversationId: string): void;
    /** What `linked` answers for the conversation. */
    link(conversationId: string, order: unknown): void;
    /** What `byId` answers. */
    putOrder(storeId: string, orderId: string, order: unknown): void;
    /** What customers have received, in order. */
    readonly outbox: readonly OutboxEntry[];
    /** Ids of all conversations, in the order of their opening. */
    conversations(): string[];
  };

const STORE_ID = 'acme-store-1';

function unlessPassed(mayWrite: MayWrite | undefined): void {
  if (mayWrite && !mayWrite()) throw new VendorError('richpanel', 'window_passed');
}

/** @param clock  gives comments their times; two comments never share one. */
export function memoryHelpdesk(clock: Pick<Clock, 'now' | 'monotonic'>): MemoryHelpdesk {
  const tickets = new Map<string, StoredTicket>();
  const links = new Map<string, unknown>();
  const orders = new Map<string, unknown>();
  const outbox: OutboxEntry[] = [];
  let comments = 0;
  let lastAt = 0;

  function found(conversationId: string): StoredTicket {
    const ticket = tickets.get(conversationId);
    if (!ticket) throw new VendorError('richpanel', 'not_found', { status: 404 });
    return ticket;
  }

  type Said = { readonly text: string } & Pick<Comment, 'author'> & Partial<Omit<Comment, 'text'>>;
  function append(ticket: StoredTicket, { text, ...comment }: Said): Comment {
    comments += 1;
    lastAt = Math.max(clock.now(), lastAt + 1);
    const appended: Comment = {
      id: `c-${comments}`,
      createdAt: lastAt,
      isPublic: true,
      channel: ticket.channel,
      isHtml: false,
      attachments: 0,
      ...comment,
      text: restrict(text),
    };
    ticket.comments.push(appended);
    return appended;
  }

  return {
    outbox,
    conversations: () => [...tickets.keys()],
    async ticket(conversationId) {
      const ticket = tickets.get(conversationId);
      return ticket ? viewOf(ticket) : null;
    },
    async tickets({ status } = {}) {
      const rows = [...tickets.values()]
        .map(rowOf)
        .filter((row) => status === undefined || row.status.toUpperCase() === status);
      return { kind: 'page', rows: rows.toSorted((left, right) => right.updatedAt - left.updatedAt), next: null };
    },
    async addTags(conversationId, tags, mayWrite) {
      unlessPassed(mayWrite);
      const ticket = found(conversationId);
      for (const tag of tags) ticket.tags.add(tag);
    },
    async removeTags(conversationId, tags, mayWrite) {
      unlessPassed(mayWrite);
      const ticket = found(conversationId);
      for (const tag of tags) ticket.tags.delete(tag);
    },
    async reopen(conversationId) {
      found(conversationId).status = 'open';
    },
    async close(conversationId, mayWrite) {
      unlessPassed(mayWrite);
      found(conversationId).status = 'closed';
    },
    async note(conversationId, text) {
      append(found(conversationId), { author: 'bot', text, isPublic: false });
    },
    async send(message, abortAfterMs, mayWrite) {
      unlessPassed(() => abortAfterMs > 0 && mayWrite());
      if (message.channel === 'phone' || message.channel === 'unknown') throw new VendorError('richpanel', 'invalid');
      const ticket = found(message.conversationId);
      const text = reveal(message.text);
      const comment = append(ticket, { author: 'bot', text });
      outbox.push({ ...message, text, at: comment.createdAt, commentId: comment.id });
      return { messageId: comment.id };
    },
    linked: async (conversationId) => restrict(structuredClone(links.get(conversationId) ?? {})),
    byId: async (storeId, orderId) => restrict(structuredClone(orders.get(`${storeId}\n${orderId}`) ?? null)),

    customerWrites({ conversationId, text, channel = 'email', subject = '', customer = {}, attachments = 0 }) {
      const ticket: StoredTicket = tickets.get(conversationId) ?? {
        id: conversationId,
        channel,
        subject,
        customer: {
          id: `cus-${conversationId}`,
          email: `${conversationId}@customer.test`,
          firstName: 'Nora',
          ...customer,
        },
        storeId: STORE_ID,
        status: 'open',
        tags: new Set(),
        comments: [],
      };
      tickets.set(conversationId, ticket);
      ticket.status = 'open';
      return append(ticket, { author: 'customer', text, attachments }).id;
    },
    agentWrites: (conversationId, text, { isPublic = true } = {}) =>
      append(found(conversationId), { author: 'agent', text, isPublic }).id,
    agentCloses(conversationId) {
      found(conversationId).status = 'closed';
    },
    link: (conversationId, order) => void links.set(conversationId, order),
    putOrder: (storeId, orderId, order) => void orders.set(`${storeId}\n${orderId}`, order),
  };
}

/** As the vendor's list has it: without comments. */
function rowOf({ id, status, channel, tags, comments }: StoredTicket) {
  const times = comments.map(({ createdAt }) => createdAt);
  return {
    id,
    number: null,
    status,
    channel,
    createdAt: Math.min(...times),
    updatedAt: Math.max(...times),
    tags: [...tags],
  };
}

function viewOf(ticket: StoredTicket): Ticket {
  const tags = [...ticket.tags];
  const teams = TEAMS.filter((team) => tags.includes(ROUTE_TAG_OF_TEAM[team]));
  return {
    id: ticket.id,
    status: ticket.status,
    channel: ticket.channel,
    subject: restrict(ticket.subject),
    tags,
    assignedTeam: teams.length === 1 ? (teams[0] ?? null) : null,
    comments: ticket.comments.map((comment) => ({ ...comment })),
    customer: {
      id: restrictIfAny(ticket.customer.id),
      email: restrictIfAny(ticket.customer.email),
      firstName: restrictIfAny(ticket.customer.firstName),
    },
    storeId: ticket.storeId,
  };
}
