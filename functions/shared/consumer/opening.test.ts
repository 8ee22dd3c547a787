import { describe, expect, it } from 'vitest';
import { delivered, exampleOf } from '../testing.ts';
import { DAY, say, setUp } from './testing.ts';

describe('what cannot be read goes to the failure queue, and the invocation succeeds (ruling 10)', () => {
  const at = Date.parse('2026-01-15T12:00:00.000Z');
  const good = exampleOf('EscalationRaised', at);
  const withMetadata = (about: Parameters<typeof exampleOf>[2]) => delivered(exampleOf('EscalationRaised', at, about));
  it.each([
    { cause: 'unreadable_payload', payload: { some: 'thing' } },
    { cause: 'unreadable_payload', payload: { Records: [{ body: 'not json' }] } },
    { cause: 'no_envelope', payload: { 'detail-type': 'EscalationRaised', detail: 'words' } },
    { cause: 'invalid_metadata', payload: { 'detail-type': 'EscalationRaised', detail: { metadata: {}, data: {} } } },
    { cause: 'not_consumed', payload: delivered(exampleOf('ReplyDenied', at)) },
    { cause: 'not_consumed', payload: withMetadata({ eventName: 'NeverDeclared' }) },
    { cause: 'name_mismatch', payload: { 'detail-type': 'ReplyDenied', detail: good } },
    { cause: 'unknown_major', payload: withMetadata({ schemaVersion: '2.0' }) },
    { cause: 'foreign_producer', payload: withMetadata({ producer: 'ingest' }) },
    { cause: 'foreign_source', payload: { ...Object(delivered(good)), source: 'frontdesk.ingest' } },
    {
      cause: 'foreign_source',
      payload: { ...Object(withMetadata({ schemaVersion: '2.0' })), source: 'frontdesk.ingest' },
    },
    {
      cause: 'foreign_source',
      payload: { ...Object(delivered(exampleOf('ReplyDenied', at))), source: 'frontdesk.ingest' },
    },
    { cause: 'too_many_hops', payload: withMetadata({ hops: 13 }) },
    { cause: 'too_old', payload: withMetadata({ occurredAt: new Date(at - 23 * DAY - 1).toISOString() }) },
    { cause: 'invalid_data', payload: delivered({ ...good, data: { ...good.data, rank: 'high' } }) },
    {
      cause: 'unknown_major',
      payload: delivered(
        exampleOf('EscalationRaised', at, { schemaVersion: '2.0' }),
        'recovery-01JQ8Z5M9H3V6T2K4N7P0R1S8W',
      ),
    },
    { cause: 'unknown_replay', payload: delivered(good, 'holiday-01JQ8Z5M9H3V6T2K4N7P0R1S8W') },
  ])('$cause', async ({ cause, payload }) => {
    const { handler, container, published, record } = setUp(say);
    await handler(payload);
    expect(container.queues.failed).toEqual([{ body: JSON.stringify(keptOf(payload)), cause }]);
    expect(published()).toEqual([]);
    expect(await record()).toBeNull();
  });

  it('an event at the limit of hops and of age is read, an unknown field of a newer minor ignored', async () => {
    const { handler, container, published } = setUp(say);
    const fact = exampleOf('EscalationRaised', at, {
      hops: 12,
      occurredAt: new Date(at - 23 * DAY).toISOString(),
      schemaVersion: '1.9',
    });
    await handler(delivered({ ...fact, data: { ...fact.data, addedLater: true } }));
    expect(container.queues.failed).toEqual([]);
    expect(published()).toHaveLength(1);
  });

  it('a consumer without effects reads an event of any age', async () => {
    const { handler, published } = setUp(say, { hasEffects: false });
    await handler(withMetadata({ occurredAt: new Date(at - 170 * DAY).toISOString() }));
    expect(published()).toHaveLength(1);
  });
});

/** What stands in the failure queue: the fact itself where there is one, with the replay that it came by; else the payload. */
function keptOf(payload: unknown): unknown {
  if (typeof payload !== 'object' || payload === null || !('detail' in payload)) return payload;
  return 'replay-name' in payload ? { envelope: payload.detail, replayName: payload['replay-name'] } : payload.detail;
}
