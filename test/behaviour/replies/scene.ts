/** One conversation through the whole choreography at a given instant, and what the helpdesk shows afterwards. */
import type { AnyEvent } from '../../../events/define-event.ts';
import type { Channel, FunctionName } from '../../../events/words.ts';
import { memoryClock } from '../../../functions/shared/clock/memory.ts';
import type { Written } from '../../../functions/shared/helpdesk/memory.ts';
import { type OutcomeRow, outcomeRow } from '../../../local/demo/outcome-row.ts';
import { type Choreography, choreography } from '../../choreography.ts';
import type { RawOrder } from './orders.ts';

/** Every function that may hold a port which a scenario breaks. */
const FUNCTIONS: readonly FunctionName[] = [
  'classify',
  'order-lookup',
  'verify',
  'responder-route',
  'responder-reply',
  'responder-settle',
];
const CONVERSATION = 't-1';

export type Setting = {
  /** RFC 3339: when the customer writes. Wednesday of row E01 unless told otherwise. */
  readonly at?: string;
  readonly channel?: Channel;
  readonly customer?: Written['customer'];
  /** What the helpdesk answers for the conversation; nothing linked when left out. */
  readonly linked?: RawOrder | readonly RawOrder[];
  readonly flags?: Readonly<Record<string, string>>;
};

export type Scene = ReturnType<typeof scene>;
export type Container = ReturnType<Choreography['containerOf']>;

export function scene({ at = '2025-12-03T14:00:00Z', channel = 'email', customer, linked, flags = {} }: Setting) {
  const c = choreography(memoryClock(Date.parse(at)));
  c.parameters.values.set('reply_epoch', '2025-01-01T00:00:00.000Z');
  for (const [name, value] of Object.entries(flags)) c.parameters.values.set(name, value);
  if (linked !== undefined) c.helpdesk.link(CONVERSATION, linked);

  const writes = (text: string, attachments = 0): string =>
    c.helpdesk.customerWrites({
      conversationId: CONVERSATION,
      text,
      channel,
      attachments,
      ...(customer !== undefined && { customer }),
    });
  const webhook = () => c.webhook({ ticket_id: CONVERSATION, trigger: 'customer_message' });
  return {
    ...c,
    conversation: CONVERSATION,
    /** The customer writes, and the helpdesk has not told of it yet. */
    writes,
    webhook,
    /** The customer writes and the helpdesk tells of it. */
    async says(text: string, attachments = 0): Promise<void> {
      writes(text, attachments);
      await webhook();
    },
    /** Puts other ports or settings into every function. */
    change(parts: (container: Container) => Partial<Container>): void {
      for (const name of FUNCTIONS) {
        const container = c.containerOf(name);
        Object.assign(container, parts(container));
      }
    },
    /** Does something while the reply door reads the ticket for the first time, before it has its answer. */
    atTheDoor(happening: () => void | Promise<void>): void {
      const container = c.containerOf('responder-reply');
      const { helpdesk } = container;
      let isFirst = true;
      Object.assign(container, {
        helpdesk: {
          ...helpdesk,
          ticket: async (id: string) => {
            if (isFirst) {
              isFirst = false;
              await happening();
            }
            return helpdesk.ticket(id);
          },
        },
      });
    },
  };
}

export type Seen = {
  /** Of the newest message of the conversation, as `npm run demo` tells it. */
  readonly row: OutcomeRow;
  readonly rows: readonly OutcomeRow[];
  /** Everything the customer ever received. */
  readonly outbox: readonly string[];
  readonly tags: readonly string[];
  readonly status: 'open' | 'closed';
};

export async function look({ helpdesk, facts }: Scene): Promise<Seen> {
  const ticket = await helpdesk.ticket(CONVERSATION);
  if (!ticket) throw new Error('the conversation is gone');
  const outbox = helpdesk.outbox.map(({ text }) => text);
  const rows = [...byMessage(facts()).values()].map((own) => {
    const sent = own.find(({ metadata }) => metadata.eventName === 'ReplySent');
    const reply = helpdesk.outbox.find(({ commentId }) => commentId === sent?.data.vendorMessageRef);
    return outcomeRow(
      { id: CONVERSATION, conversationId: CONVERSATION, messageKey: null },
      { kind: 'own', trace: { root: '', facts: own } },
      { replyText: reply?.text ?? null, ticketTags: ticket.tags },
    );
  });
  const row = rows.at(-1);
  if (!row) throw new Error('nothing was published');
  return { row, rows, outbox, tags: ticket.tags, status: ticket.status };
}

/** What followed from each webhook, in the order of the webhooks. */
function byMessage(facts: readonly AnyEvent[]): Map<string, AnyEvent[]> {
  const roots = new Map<string, AnyEvent[]>();
  for (const fact of facts) {
    const { rootEventId, eventId } = fact.metadata;
    const root = rootEventId ?? eventId;
    roots.set(root, [...(roots.get(root) ?? []), fact]);
  }
  return roots;
}
