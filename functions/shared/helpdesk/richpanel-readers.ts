/** What may be read of the helpdesk: tickets by id or number, linked orders. Made from a client that need not be able to write. */
import { VendorError } from '../errors.ts';
import type { HelpdeskReader, Orders, Ticket } from '../ports.ts';
import { restrict } from '../restricted.ts';
import { decodeVendorId, encodeVendorId } from '../vendor-ids.ts';
import { rawTags, ticketFrom, unwrapTicket } from './richpanel.ts';
import type { RichpanelReads } from './richpanel-client.ts';
import { isUnknownId } from './richpanel-errors.ts';
import { segment } from './richpanel-path.ts';
import type { TagBook } from './richpanel-tags.ts';
import { asRecord, type TicketShape } from './shapes.ts';

export type TicketReader = HelpdeskReader & {
  /**
   * A ticket as people name it: by id, or by its number. `null` when the helpdesk knows neither; imported tickets may have
   * no number to be found by (reference §3.2). Work on it under the `id` of the answer: the vendor takes no writes by number,
   * and the ledger knows a conversation by one id only.
   *
   * @param reference  as the vendor writes it, not in the codec
   */
  ticketNamed(reference: string): Promise<Ticket | null>;
};

/** @param botId  the integration's own seat, `null` when none is configured. */
export function richpanelReader(
  client: RichpanelReads,
  tags: TagBook,
  botId: () => Promise<string | null>,
): TicketReader {
  async function read(path: string, conversationId: string, isAsked: (ticket: TicketShape) => boolean) {
    const answer = await orNull(path, isUnknownId);
    if (answer === null) return null;
    const ticket = unwrapTicket(answer);
    // Another customer's ticket must never be taken for the one that was asked for (reference §3.2).
    if (ticket === null || !isAsked(ticket)) throw new VendorError('richpanel', 'parse');
    return ticketFrom({
      ticket,
      conversationId,
      botId: await botId(),
      tagNames: await tags.namesOf(rawTags(ticket)),
    });
  }
  const orNull = readerOf(client);

  async function ticket(conversationId: string): Promise<Ticket | null> {
    const asked = decodeVendorId(conversationId);
    const own = segment(asked);
    return own === null
      ? null
      : read(`/tickets/${own}`, conversationId, ({ id }: TicketShape) => id === null || id === asked);
  }

  return {
    ticket,
    async ticketNamed(reference) {
      const named = reference.trim().replace(/^#/, '');
      const found = await ticket(encodeVendorId(named) ?? '');
      if (found !== null || !/^\d{1,18}$/.test(named)) return found;
      // What has no id of its own nobody could write to.
      const isNamed = ({ id, conversation_no }: TicketShape) => id !== null && [id, conversation_no].includes(named);
      return read(`/tickets/number/${named}`, named, isNamed);
    },
  };
}

/** Linkage and order as the vendor answers them, unparsed; `null` where it knows nothing. */
export function richpanelOrders(client: RichpanelReads): Orders {
  const orNull = readerOf(client);
  return {
    async linked(conversationId) {
      const own = segment(decodeVendorId(conversationId));
      return restrict(own === null ? null : await orNull(`/order/${own}`, isNotFound));
    },
    async byId(storeId, orderId) {
      const [store, order] = [segment(storeId), segment(orderId)];
      if (store === null || order === null) return restrict(null);
      const answer = await orNull(`/order/${store}/${order}`, isNotFound);
      const { order: inner, orderId: own } = asRecord(answer);
      // Maybe under `order` (reference §4.2).
      return restrict(inner !== undefined && own === undefined ? inner : answer);
    },
  };
}

function readerOf(client: RichpanelReads) {
  return async (path: string, isAbsent: (error: unknown) => boolean): Promise<unknown> => {
    try {
      return await client.get(path);
    } catch (error) {
      if (isAbsent(error)) return null;
      throw error;
    }
  };
}

function isNotFound(error: unknown): boolean {
  return error instanceof VendorError && error.kind === 'not_found';
}
