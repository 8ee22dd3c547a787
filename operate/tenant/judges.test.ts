/** Expectations: replies §8. What is not proven is inconclusive, and one counter-example is a no. */
import { describe, expect, it } from 'vitest';
import { unansweredTenant } from '../../config/tenant.ts';
import type { Raw } from '../../functions/shared/helpdesk/shapes.ts';
import type { CommentAuthor, Ticket } from '../../functions/shared/ports.ts';
import { restrict } from '../../functions/shared/restricted.ts';
import { adviceFor } from './advice.ts';
import { type Finding, inconclusive, no, yes } from './answer.ts';
import { judgeFields, judgeLinks, judgeOrderEmail } from './judge-orders.ts';
import { judgeAuthors, judgeLists } from './judge-people.ts';
import { judgeSessions } from './judge-session.ts';
import { judgeWebhooks } from './judge-webhooks.ts';
import { mergeFindings } from './merge.ts';
import { type ProbeHeard, readProbe } from './probes.ts';
import type { Sample, SampledOrder } from './sample.ts';
import type { SessionResult } from './session.ts';

const TICKET: Ticket = {
  id: 'a',
  status: 'open',
  channel: 'email',
  subject: restrict(''),
  tags: [],
  assignedTeam: null,
  comments: [],
  customer: { id: null, email: restrict('ann@example.test'), firstName: null },
  storeId: null,
};
const ORDER: Raw = {
  orderId: '1',
  email: 'Ann@example.test ',
  createdAt: '2026-01-10T08:00:00Z',
  shippingMethod: 'Standard',
  fulfillment: [{ id: 'f', tracking: [{ trackingNumber: 'T1' }] }],
};
const sampleOf = (orders: readonly SampledOrder[], more: Partial<Sample> = {}): Sample => ({
  listRefusal: null,
  unreadable: 0,
  tickets: orders.map((order, index) => ({ id: `t${index}`, number: index, isOpen: true, ticket: TICKET, order })),
  ...more,
});
const linked = (count: number, order: Raw | null = ORDER): SampledOrder[] =>
  Array.from({ length: count }, () => ({ link: 'one', order }));

describe('V6, linked orders', () => {
  it.each([
    ['twenty right ones', linked(20), 'yes', undefined],
    ['nineteen', linked(19), 'inconclusive', 'too_few'],
    ['none', [], 'inconclusive', 'too_few'],
    [
      'one of another customer among many',
      [...linked(50), ...linked(1, { ...ORDER, email: 'bob@example.test' })],
      'no',
      'wrong_link',
    ],
    ['one of another customer alone', linked(1, { ...ORDER, email: 'bob@example.test' }), 'no', 'wrong_link'],
    ['HTML in between', [...linked(20), { link: 'unreadable' }], 'inconclusive', 'unreadable'],
    ['orders that cannot be read', linked(20, null), 'yes', undefined],
  ] as const)('%s', (_what, orders, answer, why) => {
    const finding = judgeLinks(sampleOf(orders));
    expect([finding.answer, finding.why]).toEqual([answer, why]);
  });
});

describe('V7 and V13, what orders carry', () => {
  const parts = (orders: readonly SampledOrder[]) => judgeFields(sampleOf(orders)).parts;
  it('counts tracking over what was sent only', () => {
    const unsent = { ...ORDER, fulfillment: [] };
    expect(parts([...linked(10), ...linked(10, unsent)])).toEqual({
      createdAt: 'yes',
      shippingMethod: 'yes',
      tracking: 'yes',
    });
    expect(parts(linked(20, unsent))?.tracking).toBe('inconclusive');
  });

  it('wants nine in ten', () => {
    const bare = { ...ORDER, shippingMethod: '', email: null, fulfillment: [{ id: 'f', tracking: [{}] }] };
    expect(parts([...linked(18), ...linked(2, bare)])).toEqual({
      createdAt: 'yes',
      shippingMethod: 'yes',
      tracking: 'yes',
    });
    expect(parts([...linked(17), ...linked(3, bare)])).toEqual({
      createdAt: 'yes',
      shippingMethod: 'no',
      tracking: 'no',
    });
    expect(judgeOrderEmail(sampleOf([...linked(18), ...linked(2, bare)])).answer).toBe('yes');
    expect(judgeOrderEmail(sampleOf([...linked(17), ...linked(3, bare)])).answer).toBe('no');
    expect(judgeOrderEmail(sampleOf(linked(19))).answer).toBe('inconclusive');
  });

  it.each([
    [[{ id: 'f', tracking: { trackingUrl: 'https://t.example' } }], 'yes'],
    [[{ id: 'f', tracking: 'T1' }], 'yes'],
    [{ id: 'f', tracking: [null, { trackingNumber: 7 }] }, 'yes'],
    [[{ id: 'f' }], 'no'],
    [[{ id: 'f', tracking: null }], 'no'],
    [[null], 'inconclusive'],
    // Something was sent, and its tracking is not where it can be read.
    ['nonsense', 'no'],
  ])('reads tracking in every shape: %j', (fulfillment, verdict) => {
    expect(parts(linked(20, { ...ORDER, fulfillment }))?.tracking).toBe(verdict);
  });
});

describe('an order in another spelling', () => {
  const { email: _email, fulfillment: _fulfillment, createdAt, shippingMethod, ...bare } = ORDER;
  const other: Raw = { ...bare, created_at: createdAt, shipping_method: { title: shippingMethod } };
  const judged = (more: Raw) => judgeFields(sampleOf(linked(20, { ...other, ...more })));
  it.each(['customerEmail', 'customer_email', 'billing_email'])('has its address in %s', (name) => {
    expect(judgeOrderEmail(sampleOf(linked(20, { ...other, [name]: 'Ann@example.test ' }))).answer).toBe('yes');
    expect(judgeLinks(sampleOf(linked(20, { ...other, [name]: 'Ann@example.test ' }))).answer).toBe('yes');
    expect(judgeLinks(sampleOf(linked(1, { ...other, [name]: 'bob@example.test' }))).why).toBe('wrong_link');
  });

  it('has its date, method and tracking there', () => {
    expect(judged({ fulfillments: [{ id: 'f', tracking_number: 'TRK100000001' }] })).toMatchObject({ answer: 'yes' });
  });

  it('was sent, where `shipments` tell so, with tracking that no reply can read', () => {
    expect(judged({ shipments: [{ trackingNumber: 'TRK100000001' }] })).toMatchObject({
      parts: { tracking: 'no' },
      evidence: { shipped: 20, tracking: 0 },
    });
  });
});

it('a key that may not list has shown nothing', () => {
  const denied = sampleOf([], { listRefusal: 'forbidden' });
  for (const finding of [judgeLinks(denied), judgeFields(denied), judgeOrderEmail(denied), judgeAuthors(denied, true)])
    expect(finding).toEqual(inconclusive('list_denied'));
});

describe('V12, lists', () => {
  const full = { ok: true, rows: [{ id: '1' }], isComplete: true } as const;
  it.each([
    [full, 'yes'],
    [{ ok: true, rows: [], isComplete: true }, 'inconclusive'],
    [{ ok: false, why: 'forbidden', status: 403 }, 'no'],
    [{ ok: false, why: 'unreadable', status: 200 }, 'inconclusive'],
    [{ ok: false, why: 'busy', status: 429 }, 'inconclusive'],
  ] as const)('%j', (tags, answer) => {
    expect(judgeLists({ teams: full, tags }).answer).toBe(answer);
  });
});

describe('V14, who wrote', () => {
  const said = (...authors: CommentAuthor[]): Sample => {
    const comments = authors.map((author, index) => ({
      id: `c${index}`,
      createdAt: index,
      author,
      isPublic: true,
      channel: null,
      text: restrict(''),
      isHtml: false,
      attachments: 0,
    }));
    return sampleOf([{ link: 'none' }], {
      tickets: [{ id: 'a', number: 1, isOpen: true, ticket: { ...TICKET, comments }, order: { link: 'none' } }],
    });
  };
  it.each([
    [said('customer', 'customer', 'customer', 'agent', 'bot'), true, 'yes'],
    [said('customer', 'customer', 'customer', 'agent', 'bot', 'unknown'), true, 'no'],
    [said('customer', 'customer', 'customer', 'agent', 'bot'), false, 'inconclusive'],
    [said('customer', 'customer', 'customer', 'agent'), true, 'inconclusive'],
    [said('customer', 'agent', 'bot'), true, 'inconclusive'],
    [said(), true, 'inconclusive'],
  ])('%#', (sample, hasSeat, answer) => {
    expect(judgeAuthors(sample, hasSeat).answer).toBe(answer);
  });
});

describe('V8, V9, V11, V15, a test with a person', () => {
  const SEEN = { sawMessage: true, sawNote: false, isOpen: true, at: 1_000 };
  const DONE: SessionResult = {
    channel: 'email',
    ticketId: 'mail',
    tags: { isTaken: true, once: 1, unknownCreated: true },
    noted: true,
    sent: true,
    closed: true,
    ownComments: 2,
    answer: SEEN,
  };
  const called: ProbeHeard[] = ['mail', 'chat'].map((id) => ({
    name: 'tagging',
    at: 1_500,
    hasToken: true,
    fields: { ticket_id: id },
  }));
  const both = (change: Partial<SessionResult>) => [
    { ...DONE, ...change },
    { ...DONE, channel: 'livechat' as const, ticketId: 'chat' },
  ];
  const answers = (results: readonly SessionResult[], heard: readonly ProbeHeard[] | null = called) =>
    Object.values(judgeSessions(results, heard)).map(({ answer }) => answer);

  it.each([
    ['all seen', both({}), ['yes', 'yes', 'yes', 'yes']],
    ['one channel', [DONE], ['inconclusive', 'inconclusive', 'yes', 'inconclusive']],
    ['no answer', both({ answer: null }), ['inconclusive', 'inconclusive', 'yes', 'inconclusive']],
    ['the note was seen', both({ answer: { ...SEEN, sawNote: true } }), ['yes', 'yes', 'yes', 'no']],
    [
      'an answer without any code',
      both({ answer: { ...SEEN, sawMessage: false } }),
      ['yes', 'inconclusive', 'yes', 'inconclusive'],
    ],
    ['the note was not taken', both({ noted: false }), ['yes', 'yes', 'yes', 'inconclusive']],
    ['stays closed', both({ answer: { ...SEEN, isOpen: false } }), ['no', 'yes', 'yes', 'yes']],
    ['was never closed', both({ closed: false }), ['inconclusive', 'yes', 'yes', 'yes']],
    ['a tag twice', both({ tags: { ...DONE.tags, once: 2 } }), ['yes', 'yes', 'no', 'yes']],
  ])('%s', (_what, results, expected) => {
    expect(answers(results)).toEqual(expected);
  });

  it('reopening counts only where the rule was heard again', () => {
    expect(answers(both({}), null)[0]).toBe('inconclusive');
    expect(answers(both({}), called.slice(1))[0]).toBe('no');
  });

  it('without writes nothing is said', () => {
    expect(answers([])).toEqual(Array(4).fill('inconclusive'));
  });
});

describe('V1–V5 and V10, test rules', () => {
  const heardOf = (body: object | string): ProbeHeard | null =>
    readProbe({ at: 1, headers: {}, body: typeof body === 'string' ? body : JSON.stringify(body) });
  const judged = (probes: readonly (ProbeHeard | null)[]) => {
    const heard = probes.flatMap((probe) => probe ?? []);
    return judgeWebhooks({
      heard,
      tickets: new Map([
        ['a', TICKET],
        ['<b@x>', { ...TICKET, id: 'b' }],
      ]),
    });
  };

  it('believes nothing about tickets that the API does not know', () => {
    expect(judged([heardOf({ probe: 'tagging', ticket_id: 'made-up' })]).V1).toMatchObject({ why: 'unknown_ticket' });
    expect(judged([heardOf({ probe: 'tagging', ticket_id: 'a' })])).toMatchObject({
      V1: { answer: 'yes' },
      V3: { answer: 'no' },
      V5: { answer: 'no', why: 'no_message_id' },
    });
  });

  it('knows an id whose signs were escaped', () => {
    expect(judged([heardOf({ probe: 'tagging', ticket_id: '&lt;b@x&gt;' })]).V1.answer).toBe('yes');
  });

  it('tells a skip that blocks other lists from one that does nothing', () => {
    const [first, second, tagging] = ['first', 'second', 'tagging'].map((probe) => heardOf({ probe, ticket_id: 'a' }));
    const answer = (...probes: (ProbeHeard | null | undefined)[]) => judged(probes.map((one) => one ?? null)).V2;
    expect(answer(first, tagging)).toMatchObject({ answer: 'yes' });
    expect(answer(first)).toMatchObject({ answer: 'no', why: 'skip_blocks_other_lists' });
    expect(answer(first, second, tagging)).toMatchObject({ answer: 'no', why: 'skip_without_effect' });
    expect(answer(tagging)).toMatchObject({ answer: 'inconclusive' });
  });

  it('a broken body is a no, a plain text says nothing', () => {
    expect(judged([heardOf('{"probe":"text","ticket_id":"a","text":"say "hi""}')]).V4).toMatchObject({
      why: 'body_broken',
    });
    expect(judged([heardOf({ probe: 'text', ticket_id: 'a', text: 'hi' })]).V4).toMatchObject({
      why: 'text_too_plain',
    });
  });

  it('what is no probe of ours is passed over', () => {
    expect([heardOf(''), heardOf('{"probe":"other"}'), heardOf('<html>')]).toEqual([null, null, null]);
    expect(judgeWebhooks({ heard: [], tickets: new Map() }).V1).toMatchObject({ why: 'nothing_heard' });
  });
});

it('says what to do about what no flag holds back, and nothing once it is a yes', () => {
  const { answers } = unansweredTenant();
  expect(adviceFor(answers).map((line) => line.split(':')[0])).toEqual([
    'V1',
    'V2',
    'V3',
    'V4',
    'V5',
    'V10',
    'V11',
    'V12',
  ]);
  expect(adviceFor({ ...answers, V10: { answer: 'yes' } }).some((line) => line.startsWith('V10'))).toBe(false);
});

describe('a further run', () => {
  const NOW = '2026-02-01T00:00:00.000Z';
  const all = (finding: Finding) =>
    Object.fromEntries(Object.keys(unansweredTenant().answers).map((item) => [item, finding])) as Parameters<
      typeof mergeFindings
    >[2];
  const known = mergeFindings(
    unansweredTenant(),
    'https://a.example',
    all(yes({ tickets: 3 })),
    '2026-01-01T00:00:00.000Z',
  );

  it('takes back nothing that it did not ask, and replaces what it did', () => {
    expect(mergeFindings(known, 'https://a.example', all(inconclusive('needs_writes')), NOW)).toEqual(known);
    expect(mergeFindings(known, 'https://a.example', all(inconclusive('too_few')), NOW).answers.V6).toEqual({
      answer: 'inconclusive',
      why: 'too_few',
      checkedAt: NOW,
    });
    expect(mergeFindings(known, 'https://a.example', all(no('wrong_link', { wrong: 1 })), NOW).answers.V6.answer).toBe(
      'no',
    );
  });

  it('forgets another workspace', () => {
    const other = mergeFindings(known, 'https://b.example', all(inconclusive('needs_writes')), NOW);
    expect(other.workspace).toBe('https://b.example');
    expect(other.answers.V6).toEqual({ answer: 'inconclusive', why: 'needs_writes', checkedAt: NOW });
  });

  it('adds up channels that were tried one by one', () => {
    const one = (parts: Record<string, 'yes' | 'unknown'>): Finding => ({
      answer: 'inconclusive',
      why: 'not_all_channels',
      parts,
    });
    const email = mergeFindings(
      unansweredTenant(),
      'https://a.example',
      all(one({ email: 'yes', livechat: 'unknown' })),
      NOW,
    );
    const chat = mergeFindings(email, 'https://a.example', all(one({ email: 'unknown', livechat: 'yes' })), NOW);
    expect(email.answers.V9).toMatchObject({ answer: 'inconclusive', parts: { email: 'yes', livechat: 'unknown' } });
    expect(chat.answers.V9).toEqual({ answer: 'yes', parts: { email: 'yes', livechat: 'yes' }, checkedAt: NOW });
  });
});
