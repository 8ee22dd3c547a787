/** A whole fact as it stands on the bus, around the example of its declaration. */
import type { Definition } from '../../events/catalogue.ts';
import type { AnyEvent } from '../../events/define-event.ts';
import type { Metadata } from '../../events/envelope.ts';

const ENVELOPE: Omit<Metadata, 'eventName' | 'schemaVersion' | 'producer' | 'piiClass'> = {
  eventId: '0194bb1e-6a40-7c55-9d3e-2f1a7b60c8d4',
  occurredAt: '2026-01-31T09:30:00.000Z',
  publishedAt: '2026-01-31T09:30:00.120Z',
  conversationId: 'conv_1001',
  messageId: 'cmt_0042',
  messageKey: 'cmt_0042',
  intakeKey: 'cmt_0042',
  conversationSeq: '01JQ8Z5M9H3V6T2K4N7P0R1S8W',
  brandId: 'main',
  hops: 1,
  correlationId: 'trc_01JQ8Z5M9H3V6T2K4N7P0R1S8W',
  causationId: '0194bb1e-6a40-7c55-9d3e-2f1a7b60c8d3',
  rootEventId: '0194bb1e-6a40-7c55-9d3e-2f1a7b60c8d3',
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  release: '0.1.0',
  env: 'local',
  channel: 'email',
  receivedAt: '2026-01-31T09:29:58.000Z',
  commentCreatedAt: '2026-01-31T09:29:56.000Z',
  replay: null,
  versions: {},
};

/** Facts of class L1 belong to no conversation. */
const OUTSIDE_CONVERSATIONS = {
  conversationId: null,
  messageId: null,
  messageKey: null,
  intakeKey: null,
  conversationSeq: null,
  rootEventId: null,
  channel: 'unknown',
  receivedAt: null,
  commentCreatedAt: null,
} as const;

export function exampleOf(definition: Definition): AnyEvent {
  const { name, version, producers, pii, example } = definition;
  return {
    metadata: {
      ...ENVELOPE,
      ...(pii === 'L1' && OUTSIDE_CONVERSATIONS),
      eventName: name,
      schemaVersion: version,
      producer: producers[0],
      piiClass: pii,
    },
    data: example,
  };
}
