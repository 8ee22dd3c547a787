/** The way of a message out of facts and spans, whichever of them are there. */
import { describe, expect, it } from 'vitest';
import { fact, ROOT_ID } from '../testing.ts';
import type { Span } from './span-lines.ts';
import { spark } from './spark.ts';
import { type Node, wayOf } from './way.ts';
import { wayText } from './way-text.ts';

const START = Date.UTC(2026, 0, 31, 9, 30);
const TRACE = 'trc_01JQ8Z5M9H3V6T2K4N7P0R1S8W';

function span(name: string, fn: string, spanId: string, about: Partial<Span> & { readonly at: number }): Span {
  const { at, ...more } = about;
  return {
    name,
    function: fn,
    traceId: '1'.repeat(32),
    spanId,
    parentSpanId: '2'.repeat(16),
    correlationId: TRACE,
    startMs: START + at,
    durationMs: 100,
    fields: {},
    isFault: false,
    ...more,
  };
}

const root = fact('MessageReceived', 0, {}, { producer: 'ingest', causationId: ROOT_ID });
const classified = fact('MessageClassified', 1, {}, { causationId: ROOT_ID });
const routed = fact('TicketRouted', 2, {}, { causationId: classified.metadata.eventId, producer: 'responder-route' });
const FACTS = [root, classified, routed];
const SPANS = [
  span('ingest', 'ingest', '2'.repeat(16), {
    at: -5,
    durationMs: 12,
    parentSpanId: null,
    fields: { result: 'accepted' },
  }),
  span('ingest.publish', 'ingest', 'a1', { at: -1, durationMs: 5 }),
  span('consumer', 'classify', 'b1', {
    at: 900,
    durationMs: 300,
    fields: { event: 'MessageReceived', event_id: ROOT_ID, ticket_id: 'conv_1001' },
  }),
  span('classify.llm', 'classify', 'b2', { at: 910, durationMs: 80, parentSpanId: 'b1' }),
  span('consumer', 'responder-route', 'c1', {
    at: 1_500,
    durationMs: 700,
    isFault: true,
    fields: { event: 'MessageClassified', event_id: classified.metadata.eventId },
  }),
];

/** Names with those below them. */
const shape = ({ name, function: fn, children }: Node): unknown[] => [
  name === 'consumer' ? fn : name,
  ...children.map(shape),
];

describe('the way of a message', () => {
  it('is a tree of facts, the functions that handled them, and the steps within', () => {
    const way = wayOf(TRACE, FACTS, SPANS);
    expect(way.roots.map(shape)).toEqual([
      [
        'ingest',
        ['ingest.publish'],
        [
          'MessageReceived',
          ['classify', ['classify.llm'], ['MessageClassified', ['responder-route', ['TicketRouted']]]],
        ],
      ],
    ]);
    expect(way).toMatchObject({
      conversationId: 'conv_1001',
      channel: 'email',
      facts: 3,
      spans: 5,
      durationMs: 2_205,
      beganAt: '2026-01-31T09:29:59.995Z',
    });
  });

  it('has the id as the helpdesk writes it, and the channel from whoever read the ticket: a webhook says neither', () => {
    const coded = `b64u.${Buffer.from('<a@b.test>').toString('base64url')}`;
    const unread = { ...root, metadata: { ...root.metadata, conversationId: coded, channel: 'unknown' } as const };
    const ofAll = wayOf(TRACE, [unread, classified, routed], []);
    expect([ofAll.conversationId, ofAll.channel]).toEqual(['<a@b.test>', 'email']);
    expect(wayOf(TRACE, [unread], []).channel).toBe('unknown');
  });

  it('is told by the facts alone where no span is kept, and by the spans where no fact is', () => {
    expect(wayOf(TRACE, FACTS, []).roots.map(shape)).toEqual([
      ['MessageReceived', ['MessageClassified', ['TicketRouted']]],
    ]);
    expect(wayOf(TRACE, [], SPANS).roots.map(shape)).toEqual([
      ['ingest', ['ingest.publish']],
      ['classify', ['classify.llm']],
      ['responder-route'],
    ]);
  });

  it('has a run of a function for every time that an event was handled, and the fact in the one that stated it', () => {
    const parked = span('consumer', 'classify', 'b0', {
      at: 100,
      fields: { event_id: ROOT_ID, event: 'MessageReceived', result: 'retry' },
    });
    const [ingest] = wayOf(TRACE, [root, classified], [...SPANS.slice(0, 3), parked]).roots;
    expect(ingest && shape(ingest)).toEqual([
      'ingest',
      ['ingest.publish'],
      ['MessageReceived', ['classify'], ['classify', ['MessageClassified']]],
    ]);
  });

  it('is drawn with times before it and durations behind', () => {
    expect(wayText(wayOf(TRACE, FACTS, SPANS), { name: 'America/New_York' }).split('\n')).toEqual([
      `${TRACE} · conversation conv_1001 · email · from 04:29:59.995 America/New_York · 2.2 s · 3 facts, 5 spans`,
      '        +0 ms  ingest  12 ms  accepted',
      '        +4 ms  ├─ ingest.publish  5 ms',
      '        +5 ms  └─ ◆ MessageReceived',
      '      +905 ms     └─ classify  300 ms',
      '      +915 ms        ├─ classify.llm  80 ms',
      '       +1.0 s        └─ ◆ MessageClassified',
      '       +1.5 s           └─ responder-route  700 ms  fault',
      '       +2.0 s              └─ ◆ TicketRouted',
    ]);
  });
});

describe('a spark', () => {
  it.each([
    { values: [0, 5, 10], picture: '▁▅█' },
    { values: [null, 3, null], picture: ' █ ' },
    { values: [0, 0], picture: '▁▁' },
  ])('of $values', ({ values, picture }) => {
    expect(spark(values)).toBe(picture);
  });
});
