/** What a function may do in the helpdesk, one constructor each, so that it gets no more than it asked for. */
import { VendorError } from '../errors.ts';
import type {
  Clock,
  HelpdeskCloser,
  HelpdeskNoter,
  HelpdeskSender,
  HelpdeskTagger,
  MayWrite,
  OutgoingMessage,
} from '../ports.ts';
import { reveal } from '../restricted.ts';
import { asHtml } from './html.ts';
import type { RichpanelWrites } from './richpanel-client.ts';
import { ticketPath } from './richpanel-path.ts';
import type { TagBook } from './richpanel-tags.ts';

/** Of a write (platform §5.4). */
const NOTE_TIMEOUT_MS = 10_000;

/** Sets of tags and a reopening: all of it may be repeated. */
export function richpanelTagger(client: RichpanelWrites, tags: TagBook): HelpdeskTagger {
  async function change(
    conversationId: string,
    action: 'add-tags' | 'remove-tags',
    names: readonly string[],
    mayWrite?: MayWrite,
  ) {
    const write = (tags: readonly string[]) => put(client, conversationId, `/${action}`, { tags }, mayWrite);
    const written = tags.written(names);
    try {
      await write(written);
    } catch (error) {
      // Documented bodies hold ids (reference §0.9): where names are refused, the same set is written as ids.
      if (!isRefusedBody(error)) throw error;
      const ids = await tags.writtenAsIds(names);
      if (ids.every((id, index) => id === written[index])) throw error;
      await write(ids);
    }
  }
  return {
    addTags: (conversationId, names, mayWrite) => change(conversationId, 'add-tags', names, mayWrite),
    removeTags: (conversationId, names, mayWrite) => change(conversationId, 'remove-tags', names, mayWrite),
    reopen: (conversationId) => put(client, conversationId, '', { ticket: { status: 'OPEN' } }),
  };
}

function isRefusedBody(error: unknown): error is VendorError {
  return error instanceof VendorError && (error.status === 400 || error.status === 422);
}

/** The caller reads back: the answer proves nothing (architecture §10.17). */
export function richpanelCloser(client: RichpanelWrites): HelpdeskCloser {
  return {
    close: (conversationId, mayWrite) =>
      put(client, conversationId, '', { ticket: { state: 'closed', status: 'CLOSED' } }, mayWrite),
  };
}

/** A comment that is not public: it can carry no message to a customer where V15 is proven. One attempt. */
export function richpanelNoter(client: RichpanelWrites): HelpdeskNoter {
  return {
    async note(conversationId, text) {
      const body = { ticket: { comment: { body: asHtml(text), sender_type: 'operator', public: false } } };
      await client.once(ticketPath(conversationId), body, { timeoutMs: NOTE_TIMEOUT_MS, mayWrite: () => true });
    },
  };
}

/** The send capability; `responder-reply` alone is given it. */
export function richpanelSender(
  client: RichpanelWrites,
  botId: () => Promise<string | null>,
  clock: Pick<Clock, 'monotonic'>,
): HelpdeskSender {
  return {
    async send(message, abortAfterMs, mayWrite) {
      const abortAt = clock.monotonic() + abortAfterMs;
      const { path, body } = messageCall(ticketPath(message.conversationId), message, await botId());
      const timeoutMs = abortAt - clock.monotonic();
      if (timeoutMs <= 0) throw new VendorError('richpanel', 'window_passed');
      await client.once(path, body, { timeoutMs, mayWrite });
      // The answer names no message; its id is found by reading back.
      return { messageId: null };
    },
  };
}

function messageCall(path: string, message: OutgoingMessage, author: string | null) {
  // Without our seat a reply could not be told from an agent's: none leaves (platform §1.4).
  if (author === null) throw new VendorError('richpanel', 'auth');
  const { channel } = message;
  const text = reveal(message.text);
  switch (channel) {
    case 'email':
      return { path: `${path}/send-message`, body: { body: asHtml(text), author_id: author, attachments: [] } };
    case 'livechat':
    case 'social':
    case 'tiktok':
      return { path, body: { ticket: { comment: { body: text, sender_type: 'operator', public: true } } } };
    case 'phone':
    case 'unknown':
      throw new VendorError('richpanel', 'invalid');
    default:
      return channel satisfies never;
  }
}

async function put(
  client: RichpanelWrites,
  conversationId: string,
  action: string,
  body: unknown,
  mayWrite?: MayWrite,
): Promise<void> {
  await client.put(ticketPath(conversationId) + action, body, mayWrite);
}
