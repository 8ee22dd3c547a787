/** Everything the sandbox knows at one moment. */
import type { SandboxOptions } from '../options.ts';
import type { SandboxPorts } from '../ports.ts';
import { BoundedLog } from './bounded-log.ts';
import { Collection, type Row, type SandboxStore } from './collection.ts';
import { keysOf } from './keys.ts';
import { createIds, createRandom, type Ids } from './random.ts';
import { TicketHistory } from './ticket-history.ts';
import type {
  Agent,
  ChannelSeat,
  Customer,
  DeliveryAttempt,
  JournalEntry,
  NamedThing,
  OrderObject,
  OutboxEntry,
  Tag,
  Ticket,
  WriteEntry,
} from './types.ts';

/** Enough to look back on; each entry holds a whole request. */
const LOG_CAPACITY = 5_000;
/** Four days at 5,000 messages a day, some 100 MB on disk: a helpdesk to try things on, not one to keep them in. */
const TICKET_CAPACITY = 20_000;
/** People and orders of a ticket, and what was written to it. */
const PER_TICKET = { customers: 2, orders: 2, outbox: 2, writes: 5 } as const;
/** The store of every order that names none (§12.5). */
export const DEFAULT_STORE = 'acme-store-1';
export const ORGANIZATION = 'acme001';

export class World {
  options: SandboxOptions;
  readonly ports: SandboxPorts;
  readonly tickets: Collection<Ticket>;
  readonly orders: Collection<OrderObject>;
  /** Store of an order that a conversation brought along, by conversation and number. */
  readonly orderHomes: Collection<string>;
  readonly customers: Collection<Customer>;
  readonly tags: Collection<Tag>;
  readonly outbox: Collection<OutboxEntry>;
  readonly writes: Collection<WriteEntry>;
  /** How far a ticket's own clock is from the sandbox's, for tickets that were written at a given time. */
  readonly ticketClocks: Collection<number>;
  /** Running numbers and the offset of the clock. */
  readonly counters: Collection<number>;
  readonly history = new TicketHistory();
  readonly journal = new BoundedLog<JournalEntry>(LOG_CAPACITY);
  readonly deliveries = new BoundedLog<DeliveryAttempt>(LOG_CAPACITY);
  readonly ids: Ids;
  readonly random: () => number;
  agents: readonly Agent[] = [];
  teams: readonly NamedThing[] = [];
  channels: readonly ChannelSeat[] = [];
  /** Absolute base of `next_page` when a request names no host. */
  origin = 'http://127.0.0.1';

  constructor(options: SandboxOptions, ports: SandboxPorts, store: SandboxStore | undefined) {
    this.options = options;
    this.ports = ports;
    const collection = <T>(name: string) => new Collection<T>(name, store, (value) => keysOf(name, value));
    this.tickets = collection('tickets');
    this.orders = collection('orders');
    this.orderHomes = collection('orderHomes');
    this.customers = collection('customers');
    this.tags = collection('tags');
    this.outbox = collection('outbox');
    this.writes = collection('writes');
    this.ticketClocks = collection('ticketClocks');
    this.counters = collection('counters');
    this.ids = createIds(options.seed, () => this.nextNumber('ids'));
    this.random = createRandom(options.seed);
  }

  /** The sandbox's clock: the machine's plus what `/clock` and `/reset` moved it by. */
  now(): number {
    return this.ports.now() + (this.counters.get('clockOffset') ?? 0);
  }

  /** Time of what happens on a ticket: relative to the last message that was given a time of its own. */
  ticketNow(ticketId: string): number {
    return this.now() + (this.ticketClocks.get(ticketId) ?? 0);
  }

  setTicketClock(ticketId: string, at: number): void {
    this.ticketClocks.put(ticketId, at - this.now());
  }

  moveClock(ms: number): void {
    this.counters.put('clockOffset', (this.counters.get('clockOffset') ?? 0) + ms);
  }

  nextNumber(name: string, first = 1): number {
    return this.counters.put(name, (this.counters.get(name) ?? first - 1) + 1);
  }

  /** Old tickets go, with about as much of what belongs to them, so that a sandbox can run for months. */
  forgetOldest(): void {
    this.tickets.keepNewest(TICKET_CAPACITY);
    this.ticketClocks.keepNewest(TICKET_CAPACITY);
    this.customers.keepNewest(TICKET_CAPACITY * PER_TICKET.customers);
    this.orders.keepNewest(TICKET_CAPACITY * PER_TICKET.orders);
    this.orderHomes.keepNewest(TICKET_CAPACITY * PER_TICKET.orders);
    this.outbox.keepNewest(TICKET_CAPACITY * PER_TICKET.outbox);
    this.writes.keepNewest(TICKET_CAPACITY * PER_TICKET.writes);
  }

  collections(): Collection<unknown>[] {
    const { tickets, orders, orderHomes, customers, tags, outbox, writes, ticketClocks, counters } = this;
    const all = [tickets, orders, orderHomes, customers, tags, outbox, writes, ticketClocks, counters];
    return all as unknown as Collection<unknown>[];
  }

  /** Every row, for a store or a copy. */
  rows(): Row[] {
    return this.collections().flatMap((collection) =>
      collection.entries().map(([id, value]) => ({ collection: collection.name, id, value })),
    );
  }

  put(rows: readonly Row[]): void {
    const byName = new Map(this.collections().map((collection) => [collection.name, collection]));
    for (const row of rows) byName.get(row.collection)?.put(row.id, row.value);
  }
}

/** ISO-8601 in UTC with milliseconds, the vendor's form (§1.7). */
export function iso(ms: number): string {
  return new Date(ms).toISOString();
}
