/** What a function may do in the helpdesk, one constructor each, so that it gets no more than it asked for. */
import { VendorError } from '../errors.ts';
import type {
  Clock,
  HelpdeskCloser,
  HelpdeskNoter,
  HelpdeskReader,
  HelpdeskSender,
  HelpdeskTagger,
  Orders,
  OutgoingMessage,
} from '../ports.ts';
import { asHtml } from './html.ts';
import { identifier, rawTags, record, ticketFrom, unwrapTicket } from './richpanel.ts';
import type { RichpanelClient } from './richpanel-client.ts';
import { spellingsOf, withTicketPath } from './richpanel-path.ts';
import type { TagBook } from './richpanel-tags.ts';

/** Of a write (platform §5.4). */
const NOTE_TIMEOUT_MS = 10_000;

/** @param botId  the integration's own seat, `null` when none is configured. */
export function richpanelReader(
  client: RichpanelClient,
  tags: TagBook,
  botId: () => Promise<string | null>,
): HelpdeskReader {
  return {
    async ticket(conversationId) {
      const answer = await orNull(withTicketPath(conversationId, (path) => client.call({ method: 'GET', path })));
      if (answer === null) return null;
      const ticket = unwrapTicket(answer);
      if (ticket === null || !isAsked(ticket.id, conversationId)) throw new VendorError('richpanel', 'parse');
      return ticketFrom({
        ticket,
        conversationId,
        botId: await botId(),
        tagNames: await tags.namesOf(rawTags(ticket)),
      });
    },
  };
}

/** Another customer's ticket must never be taken for the one that was asked for (reference §3.2). */
function isAsked(id: unknown, conversationId: string): boolean {
  const told = identifier(id);
  return told === null || spellingsOf(conversationId).includes(told);
}

/** Sets of tags and a reopening: all of it may be repeated. */
export function richpanelTagger(client: RichpanelClient, tags: TagBook): HelpdeskTagger {
  const change = (conversationId: string, action: 'add-tags' | 'remove-tags', names: readonly string[]) =>
    put(client, conversationId, `/${action}`, { tags: tags.written(names) });
  return {
    addTags: (conversationId, names) => change(conversationId, 'add-tags', names),
    removeTags: (conversationId, names) => change(conversationId, 'remove-tags', names),
    reopen: (conversationId) => put(client, conversationId, '', { ticket: { status: 'OPEN' } }),
  };
}

/** The caller reads back: the answer proves nothing (architecture §10.17). */
export function richpanelCloser(client: RichpanelClient): HelpdeskCloser {
  return {
    close: (conversationId) => put(client, conversationId, '', { ticket: { state: 'closed', status: 'CLOSED' } }),
  };
}

/** A comment that is not public: it can carry no message to a customer where V15 is proven. One attempt. */
export function richpanelNoter(client: RichpanelClient): HelpdeskNoter {
  return {
    async note(conversationId, text) {
      const body = { ticket: { comment: { body: asHtml(text), sender_type: 'operator', public: false } } };
      await withTicketPath(conversationId, (path) =>
        client.once({ method: 'PUT', path, body }, { timeoutMs: NOTE_TIMEOUT_MS, mayWrite: () => true }),
      );
    },
  };
}

/** The send capability; `responder-reply` alone is given it. */
export function richpanelSender(
  client: RichpanelClient,
  botId: () => Promise<string | null>,
  clock: Pick<Clock, 'monotonic'>,
): HelpdeskSender {
  return {
    async send(message, abortAfterMs, mayWrite) {
      const abortAt = clock.monotonic() + abortAfterMs;
      // A 404 for one spelling of the id is no attempt: nothing was there to write to.
      await withTicketPath(message.conversationId, async (path) => {
        const call = messageCall(path, message, await botId());
        const timeoutMs = abortAt - clock.monotonic();
        if (timeoutMs <= 0) throw new VendorError('richpanel', 'window_passed');
        return client.once(call, { timeoutMs, mayWrite });
      });
      // The answer names no message; its id is found by reading back.
      return { messageId: null };
    },
  };
}

function messageCall(path: string, { channel, text }: OutgoingMessage, author: string | null) {
  // Without our seat a reply could not be told from an agent's: none leaves (platform §1.4).
  if (author === null) throw new VendorError('richpanel', 'auth');
  switch (channel) {
    case 'email':
      return {
        method: 'PUT' as const,
        path: `${path}/send-message`,
        body: { body: asHtml(text), author_id: author, attachments: [] },
      };
    case 'livechat':
    case 'social':
    case 'tiktok':
      return {
        method: 'PUT' as const,
        path,
        body: { ticket: { comment: { body: text, sender_type: 'operator', public: true } } },
      };
    case 'phone':
    case 'unknown':
      throw new VendorError('richpanel', 'invalid');
    default:
      return channel satisfies never;
  }
}

/** Linkage and order as the vendor answers them, unparsed; `null` where it knows nothing. */
export function richpanelOrders(client: RichpanelClient): Orders {
  const read = (path: string) => orNull(client.call({ method: 'GET', path }));
  return {
    async linked(conversationId) {
      let answer: unknown = null;
      for (const id of spellingsOf(conversationId)) {
        answer = await read(`/order/${encodeURIComponent(id)}`);
        if (!isNothing(answer)) return answer;
      }
      return answer;
    },
    async byId(storeId, orderId) {
      const answer = await read(`/order/${encodeURIComponent(storeId)}/${encodeURIComponent(orderId)}`);
      const { order, orderId: own } = record(answer);
      // Maybe under `order` (reference §4.2).
      return order !== undefined && own === undefined ? order : answer;
    },
  };
}

/** An unknown conversation reads like one without an order: `{}` (reference §4.1). */
function isNothing(answer: unknown): boolean {
  return answer === null || (typeof answer === 'object' && Object.keys(answer).length === 0);
}

async function put(client: RichpanelClient, conversationId: string, action: string, body: unknown): Promise<void> {
  await withTicketPath(conversationId, (path) => client.call({ method: 'PUT', path: path + action, body }));
}

async function orNull(answer: Promise<unknown>): Promise<unknown> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof VendorError && error.kind === 'not_found') return null;
    throw error;
  }
}
