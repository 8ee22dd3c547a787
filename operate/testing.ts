/** Facts for tests: the catalogue's own examples in an envelope, with what a test is about laid over them. */
import { CATALOGUE, type EventName } from '../events/catalogue.ts';
import type { Metadata } from '../events/envelope.ts';
import type { Fact } from './trail/trail.ts';

export const ROOT_ID = '0194b2c0-0000-7000-8000-000000000001';
const START = Date.UTC(2026, 0, 31, 9, 30, 0);

/** The fact `seconds` after the message came in; one hop a second unless said otherwise. */
export function fact(
  name: EventName,
  seconds: number,
  data: Readonly<Record<string, unknown>> = {},
  about: Partial<Metadata> = {},
): Fact {
  const at = new Date(START + seconds * 1000).toISOString();
  const eventId = seconds === 0 ? ROOT_ID : `0194b2c0-0000-7000-8000-${String(seconds + 1).padStart(12, '0')}`;
  const [producer] = CATALOGUE[name].producers;
  if (producer === undefined) throw new Error(`${name} has no producer`);
  return {
    metadata: {
      eventId,
      eventName: name,
      schemaVersion: CATALOGUE[name].version,
      occurredAt: at,
      publishedAt: at,
      conversationId: 'conv_1001',
      messageId: name === 'MessageReceived' ? null : 'cmt_0042',
      messageKey: name === 'MessageReceived' ? 'bkt_7' : 'cmt_0042',
      intakeKey: 'bkt_7',
      conversationSeq: null,
      brandId: 'main',
      hops: seconds,
      correlationId: 'trc_01JQ8Z5M9H3V6T2K4N7P0R1S8W',
      causationId: ROOT_ID,
      rootEventId: ROOT_ID,
      traceparent: `00-${'1'.repeat(32)}-${'2'.repeat(16)}-01`,
      producer,
      release: '0.1.0',
      env: 'local',
      channel: 'email',
      receivedAt: new Date(START).toISOString(),
      commentCreatedAt: null,
      replay: null,
      piiClass: CATALOGUE[name].pii,
      versions: {},
      ...about,
    },
    data: { ...(CATALOGUE[name].example as Readonly<Record<string, unknown>>), ...data },
  };
}
