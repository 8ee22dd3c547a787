/** A sample of the workspace's recent tickets with their orders. What people wrote is looked at here and never kept. */
import { VendorError } from '../../functions/shared/errors.ts';
import { rawTags, ticketFrom, unwrapTicket } from '../../functions/shared/helpdesk/richpanel.ts';
import { asRecord, identifierOf, type Raw, type TicketShape } from '../../functions/shared/helpdesk/shapes.ts';
import type { Ticket } from '../../functions/shared/ports.ts';
import { encodeVendorId } from '../../functions/shared/vendor-ids.ts';
import { listRows } from '../../local/workspace/listing.ts';
import type { Why, WorkspaceReader } from '../../local/workspace/reader.ts';

export type SampledOrder =
  | { readonly link: 'none' }
  /** An answer that is neither a link, nor several, nor none. */
  | { readonly link: 'unreadable' }
  | { readonly link: 'several' }
  | { readonly link: 'one'; readonly order: Raw | null };
export type Sampled = {
  readonly id: string;
  readonly number: number | null;
  readonly isOpen: boolean;
  readonly ticket: Ticket;
  readonly order: SampledOrder;
};
export type Sample = {
  /** Why no list of tickets was to be had; `null` when it was, or when tickets were named. */
  readonly listRefusal: Why | null;
  readonly tickets: readonly Sampled[];
  /** Tickets that could not be read. */
  readonly unreadable: number;
};

const PAGES = 4;

/**
 * @param named  ids or numbers of tickets, in place of the list
 * @param most  tickets to read; each costs up to three requests
 */
export async function takeSample(
  reader: WorkspaceReader,
  {
    named,
    most,
    seat,
    tell,
  }: { named: readonly string[]; most: number; seat: string | null; tell: (line: string) => void },
): Promise<Sample> {
  let ids = named;
  if (named.length === 0) {
    const path = '/tickets?sortKey=created_at&order=DESC';
    const listing = await listRows(reader, path, ['ticket', 'tickets'], {
      pages: PAGES,
      enough: (rows) => rows.length >= most,
    });
    if (!listing.ok) return { listRefusal: listing.why, tickets: [], unreadable: 0 };
    ids = listing.rows.map(({ id }) => identifierOf(id) ?? '');
  }
  const tickets: Sampled[] = [];
  let unreadable = 0;
  for (const [index, id] of ids.slice(0, most).entries()) {
    if (index > 0 && index % 10 === 0) tell(`  ${index} tickets read`);
    const found = await readTicket(reader, id, seat);
    if (found === null) unreadable += 1;
    else tickets.push({ ...found, order: await readOrder(reader, found.id) });
  }
  return { listRefusal: null, tickets, unreadable };
}

/** By id, then by number; `null` where there is none, or another one was answered (reference §3.2). */
export async function readTicket(
  reader: WorkspaceReader,
  asked: string,
  seat: string | null,
): Promise<Omit<Sampled, 'order'> | null> {
  const byNumber = /^\d{1,12}$/.test(asked) ? [`/tickets/number/${asked}`] : [];
  for (const path of [`/tickets/${encodeURIComponent(asked)}`, ...byNumber]) {
    const reading = await reader.get(path);
    const raw = reading.ok ? unwrapTicket(reading.value) : null;
    if (raw === null || raw.id === null || ![raw.id, raw.conversation_no].includes(asked)) continue;
    return ticketOf(raw, raw.id, seat);
  }
  return null;
}

function ticketOf(raw: TicketShape, id: string, seat: string | null): Omit<Sampled, 'order'> | null {
  try {
    const conversationId = encodeVendorId(id) ?? id;
    const ticket = ticketFrom({ ticket: raw, conversationId, botId: seat, tagNames: rawTags(raw) });
    const number = Number(raw.conversation_no ?? Number.NaN);
    return { id, number: Number.isSafeInteger(number) ? number : null, isOpen: ticket.status === 'open', ticket };
  } catch (error) {
    if (error instanceof VendorError) return null;
    throw error;
  }
}

async function readOrder(reader: WorkspaceReader, id: string): Promise<SampledOrder> {
  const reading = await reader.get(`/order/${encodeURIComponent(id)}`);
  if (!reading.ok) return { link: reading.why === 'not_found' ? 'none' : 'unreadable' };
  if (Array.isArray(reading.value)) return { link: reading.value.length === 0 ? 'none' : 'several' };
  const { orderId, appClientId } = asRecord(reading.value);
  if (Object.keys(reading.value).length === 0) return { link: 'none' };
  const order = identifierOf(orderId);
  const store = identifierOf(appClientId);
  if (order === null || store === null) return { link: 'unreadable' };
  const answer = await reader.get(`/order/${encodeURIComponent(store)}/${encodeURIComponent(order)}`);
  if (!answer.ok) return { link: 'one', order: null };
  const outer = asRecord(answer.value);
  const inner = asRecord(outer.order);
  return { link: 'one', order: Object.keys(inner).length > 0 && outer.orderId === undefined ? inner : outer };
}
