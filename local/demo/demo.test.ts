/** interfaces §2: message rows, outcome rows, expectations, summary. */
import { describe, expect, it } from 'vitest';
import { missesOf } from './expected.ts';
import { type OutcomeRow, outcomeRow, unsettledRow } from './outcome-row.ts';
import { parseRows } from './rows.ts';
import { exitCodeOf, summaryOf } from './summary.ts';
import { EVENT_EXAMPLES } from './testing.ts';
import { createTraces } from './traces.ts';

const { received, classified, routed, approved, sent, settled, dead } = EVENT_EXAMPLES;
const NAMED = { id: 'r1', conversationId: 'c1', messageKey: 'cmt_1' };
const trace = (...facts: (typeof received)[]) => ({ kind: 'own', trace: { root: 'root', facts } }) as const;
const SEEN = { replyText: 'Hello', ticketTags: ['mw-processed', 'mw-auto-replied'] };
const row = (facts: (typeof received)[], seen = SEEN) => outcomeRow(NAMED, trace(...facts), seen);

describe('message rows', () => {
  it('reads what it can and names the rest by number, never by value', () => {
    const text = [
      '{"id":"a","text":"hi"}',
      'secret no json',
      '',
      '{"id":"b"}',
      '{"id":"c","text":"","order":null,"x":1}',
    ].join('\n');
    const { rows, invalid } = parseRows(text);
    expect(rows).toEqual([
      { id: 'a', text: 'hi' },
      { id: 'c', text: '', order: null },
    ]);
    expect(invalid.map(({ line }) => line)).toEqual([2, 4]);
    expect(JSON.stringify(invalid)).not.toContain('secret');
  });
});

describe('outcome rows', () => {
  it('has exactly the keys of the table, in its order', () => {
    expect(Object.keys(unsettledRow(NAMED))).toEqual([
      ...[
        'id',
        'conversationId',
        'messageKey',
        'intent',
        'secondaryIntents',
        'tier',
        'department',
        'confidence',
        'margin',
      ],
      ...[
        'templateId',
        'replyText',
        'templateCandidate',
        'outcome',
        'reasonCodes',
        'tagsAdded',
        'events',
        'endToEndMs',
      ],
      ...['usd', 'versions'],
    ]);
  });

  it('orders facts by depth, then time, then name, and puts MessageSettled last', () => {
    expect(row([settled, sent, approved, routed, classified, received]).events).toEqual([
      ...['MessageReceived', 'MessageClassified', 'ReplyApproved', 'TicketRouted', 'ReplySent', 'MessageSettled'],
    ]);
  });

  it('tells of a reply only what the helpdesk confirms', () => {
    const facts = [received, classified, routed, approved, sent, settled];
    expect(row(facts)).toMatchObject({
      outcome: 'replied',
      templateId: 't_damaged_item_intake',
      replyText: 'Hello',
      tier: 1,
    });
    expect(row(facts, { ...SEEN, replyText: null as never })).toMatchObject({
      outcome: 'failed',
      templateId: null,
      replyText: null,
    });
  });

  it('names tags that were told and stand on the ticket, sorted', () => {
    expect(row([received, classified, routed, approved, sent, settled]).tagsAdded).toEqual([
      'mw-auto-replied',
      'mw-processed',
    ]);
  });

  it('calls a dead letter a failure', () => expect(row([received, dead, settled]).outcome).toBe('failed'));
});

describe('expectations', () => {
  const got: OutcomeRow = {
    ...unsettledRow(NAMED),
    intent: 'damaged_item',
    secondaryIntents: ['cancel_order'],
    templateId: null,
    tier: 0,
    confidence: 0.8,
    reasonCodes: ['low_confidence', 'cooldown_10m'],
    tagsAdded: ['mw-processed'],
    replyText: 'Hello Alba',
  };
  it.each([
    [{}, []],
    [{ templateId: null, tier: 0 }, []],
    [{ intents: ['cancel_order', 'damaged_item'] }, []],
    [{ intent: 'cancel_order', tier: null }, ['intent', 'tier']],
    [{ confidence: 0.8, margin: null, secondaryIntents: ['cancel_order'] }, []],
    [{ confidence: 0.9, margin: 0.1, secondaryIntents: [] }, ['confidence', 'margin', 'secondaryIntents']],
    [{ reasonCode: 'low_confidence', reasons: ['cooldown_10m'], tags: ['mw-processed'], replyHas: ['Alba'] }, []],
    [{ reasonCode: 'cooldown_10m', reasons: ['ticket_closed'] }, ['reasonCode', 'reasons']],
    [{ tags: ['mw-uncertain'], noTags: ['mw-processed'], replyHas: ['Bram'] }, ['tags', 'noTags', 'replyHas']],
  ] as const)('%j', (expected, keys) => {
    expect(missesOf(structuredClone(expected) as never, got).map(({ key }) => key)).toEqual(keys);
  });
});

describe('the summary', () => {
  const result = (outcome: OutcomeRow['outcome'], isSettled = true) => ({
    message: { id: 'r', text: '', expected: { outcome: 'routed' } } as const,
    row: { ...unsettledRow(NAMED), outcome },
    isSettled,
  });
  const run = { invalidLines: 0, classifier: 'embedded', durationMs: 10 };

  it('counts', () => {
    expect(summaryOf([result('routed'), result('replied')], run)).toMatchObject({
      messages: 2,
      settled: 2,
      routed: 1,
      replied: 1,
      expectedRows: 2,
      expectedMet: 1,
    });
  });
  it.each([
    [[result('routed')], 0, false, 0],
    [[result('replied')], 0, false, 0],
    [[result('replied')], 0, true, 1],
    [[result('failed', false)], 0, false, 1],
    [[result('routed')], 1, false, 1],
  ])('exit code of %# ', (results, invalidLines, isStrict, code) => {
    expect(exitCodeOf(summaryOf(results, { ...run, invalidLines }), isStrict)).toBe(code);
  });
});

describe('traces', () => {
  it('wait for the route of a message that its reply settled, but not for ever', async () => {
    let time = 0;
    const traces = createTraces(() => time);
    for (const fact of [received, classified, settled]) traces.hear(fact);
    const key = String(settled.metadata.messageKey);
    expect(await traces.settled(key, 'root', -1)).toBeNull();
    time = 15_000;
    expect(await traces.settled(key, 'root', -1)).not.toBeNull();
    time = 0;
    traces.hear(routed);
    expect((await traces.settled(key, 'root', -1))?.trace.facts).toContain(routed);
  });
  it('waits for the message of the comment, and knows one that another overtook', async () => {
    const traces = createTraces();
    const own = traces.settled('cmt_2', 'root', 5_000);
    const overtaken = traces.settled('cmt_1', 'root', 5_000);
    for (const fact of [received, { ...classified, data: { ...classified.data, turnCommentIds: ['cmt_1', 'cmt_2'] } }])
      traces.hear(fact);
    traces.hear({ ...settled, metadata: { ...settled.metadata, messageKey: 'cmt_2', messageId: 'cmt_2' } });
    traces.hear(routed);
    expect([(await own)?.kind, (await overtaken)?.kind]).toEqual(['own', 'overtaken']);
  });
});

it.each([
  ['{"id": "r1", "text": ', 'no JSON: give one JSON object on a line'],
  ['"r1"', 'no object: give one JSON object on a line'],
  ['{"id":"r1"}', 'text is missing: give a text, which may be empty'],
  [
    '{"id":"r1","text":"t","at":"yesterday"}',
    'at is not right: give an instant with zone such as 2026-01-31T09:30:00Z',
  ],
  ['{"id":"r1","text":"t","order":[1]}', 'order is not right: give an object, an array of objects, or null'],
  [
    '{"id":"r1","text":"t","expected":{"tier":7}}',
    'expected.tier is not right: give one of the values the interfaces name',
  ],
])('names line, key and cure of %s, never its value (interfaces §2)', (line, problem) => {
  expect(parseRows(`\n${line}\n`)).toEqual({ rows: [], invalid: [{ line: 2, problem }] });
});
