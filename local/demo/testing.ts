/** One message as facts, made from the catalogue's own examples. */
import { CATALOGUE, type EventName } from '../../events/catalogue.ts';
import type { AnyEvent } from '../../events/define-event.ts';

function fact(name: EventName, hops: number, at: number): AnyEvent {
  const example = CATALOGUE[name].example as AnyEvent['data'];
  const instant = new Date(Date.UTC(2026, 0, 31, 9, 30, 0, at)).toISOString();
  const metadata: Partial<AnyEvent['metadata']> = {
    eventId: `${name}-${at}`,
    eventName: name,
    rootEventId: 'root',
    conversationId: 'c1',
    messageKey: hops === 0 ? 'customer_message:1' : 'cmt_2',
    messageId: hops === 0 ? null : 'cmt_2',
    hops,
    occurredAt: instant,
    publishedAt: instant,
    replay: null,
    versions: {},
  };
  return { metadata: metadata as AnyEvent['metadata'], data: example };
}

export const EVENT_EXAMPLES = {
  received: fact('MessageReceived', 0, 0),
  classified: fact('MessageClassified', 1, 10),
  approved: fact('ReplyApproved', 2, 20),
  routed: fact('TicketRouted', 2, 20),
  sent: fact('ReplySent', 3, 30),
  settled: fact('MessageSettled', 1, 40),
  dead: fact('DeadLettered', 1, 15),
} as const;
