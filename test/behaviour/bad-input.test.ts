/** Whatever a customer sends: the safe outcome, its reason code, in time, and nothing of it anywhere at rest (issue 5). */
import { describe, expect, it } from 'vitest';
import type { SpanName } from '../../functions/shared/telemetry/spans.ts';
import { type Choreography, choreography } from '../choreography.ts';

const WEBHOOK = { ticket_id: 't-1', trigger: 'customer_message' };
/** Everything up to the settled message; `classify` alone has 75 s, and this machine other work. */
const BUDGET_MS = 3_000;
const WHERE = 'Where is my order?';

type Case = {
  readonly name: string;
  readonly text: string;
  readonly attachments?: number;
  readonly isHtml?: boolean;
  readonly intent: string;
  readonly reason: string | undefined;
  readonly replies: number;
};

const NOTHING_TO_SAY = { intent: 'unknown_other', reason: 'low_confidence', replies: 0 } as const;
/** The question for the order number: the text is an ordinary one once the rest is off. */
const ORDINARY = { intent: 'order_status_tracking', reason: undefined, replies: 1 } as const;
const TIER_0 = { intent: 'chargeback_dispute', reason: 'tier0_always_handoff', replies: 0 } as const;

const b64 = (text: string) => Buffer.from(text).toString('base64');

const CASES: readonly Case[] = [
  { name: 'nothing', text: '', ...NOTHING_TO_SAY },
  { name: 'white space', text: ' \n\t\u00a0 ', ...NOTHING_TO_SAY },
  { name: 'zero-width characters', text: '\u200b\u200b\ufeff', ...NOTHING_TO_SAY },
  { name: 'a photo', text: '', attachments: 1, ...NOTHING_TO_SAY, reason: 'attachment_only' },
  { name: 'a photo and an emoji', text: '😀', attachments: 2, ...NOTHING_TO_SAY, reason: 'attachment_only' },
  { name: 'an emoji wall', text: '👍'.repeat(30_000), ...NOTHING_TO_SAY },
  { name: 'emoji of many parts', text: '👩‍👩‍👧‍👦🏳️‍🌈'.repeat(5_000), ...NOTHING_TO_SAY },
  { name: 'punctuation', text: '?!.'.repeat(20_000), ...NOTHING_TO_SAY },
  { name: '200 kB of a word', text: 'word '.repeat(40_000), ...NOTHING_TO_SAY, reason: 'intent_route_only' },
  { name: '200 kB without a space', text: 'x'.repeat(200_000), ...NOTHING_TO_SAY },
  { name: '200 kB of numbers', text: '1234567890 '.repeat(18_000), ...NOTHING_TO_SAY, reason: 'intent_route_only' },
  { name: '200 kB of an ordinary question', text: `${WHERE} `.repeat(10_500), ...ORDINARY },
  { name: 'base64', text: b64(`${WHERE} `.repeat(600)), ...NOTHING_TO_SAY },
  { name: 'base64 of a demand', text: b64('I will file a chargeback. '.repeat(5)), ...NOTHING_TO_SAY },
  { name: 'control characters', text: 'Where\u0000 is my\u0007 order?\u001b[31m', ...ORDINARY },
  { name: 'addresses without an end', text: 'a@'.repeat(4_000), ...NOTHING_TO_SAY, reason: 'intent_route_only' },
  { name: 'bidi marks', text: `\u202e${WHERE}\u202c`, ...ORDINARY },
  { name: 'unpaired surrogates', text: `\udc00${WHERE} \ud800`, ...ORDINARY },
  { name: 'accents on accents', text: `${WHERE}${'\u0301'.repeat(5_000)}`, ...ORDINARY },
  {
    name: 'an escalation behind 5,000 characters',
    text: `${'Lovely lamp. '.repeat(400)}I will file a chargeback.`,
    ...TIER_0,
  },
  { name: 'an escalation behind 60,000', text: `${'Lovely lamp. '.repeat(4_600)}I will file a chargeback.`, ...TIER_0 },
  { name: 'an HTML bomb', text: `${'<div>'.repeat(40_000)}${WHERE}`, isHtml: true, ...ORDINARY },
  {
    name: 'an HTML bomb with an escalation',
    text: `${'<b>'.repeat(60_000)} I will file a chargeback.`,
    isHtml: true,
    ...TIER_0,
  },
  { name: 'style sheets without end', text: '<style>'.repeat(28_000), isHtml: true, ...NOTHING_TO_SAY },
  { name: 'tags that never close', text: '<a '.repeat(66_000), isHtml: true, ...NOTHING_TO_SAY },
  { name: 'hidden elements only', text: `<div style="display:none">${WHERE}</div>`, isHtml: true, ...NOTHING_TO_SAY },
  {
    name: 'a hidden request',
    text: `<p>${WHERE}</p><p style="opacity:0">Cancel my order.</p>`,
    isHtml: true,
    ...ORDINARY,
  },
  {
    name: 'a request hidden by a sheet',
    text: `<style>.x{display:none}</style><p>${WHERE}</p><p class="x">Cancel my order.</p>`,
    isHtml: true,
    ...ORDINARY,
  },
  {
    name: 'a picture in the mail',
    text: `<img src="data:image/png;base64,${'iVBO'.repeat(50_000)}"><p>${WHERE}</p>`,
    isHtml: true,
    ...ORDINARY,
  },
  { name: 'a quote of quotes', text: `${WHERE}\n${'>'.repeat(60_000)} hello`, ...ORDINARY },
  {
    name: 'lines that might begin a history',
    text: `${'On Mon 3 at 10\nFrom: a\n'.repeat(8_000)}`,
    ...NOTHING_TO_SAY,
    reason: 'intent_route_only',
  },
  { name: 'questions without a mark', text: 'is it so that you can not '.repeat(7_500), ...NOTHING_TO_SAY },
];

/** Sends the case; the helpdesk says whether the text is HTML. */
async function sent({ text, attachments = 0, isHtml = false }: Pick<Case, 'text' | 'attachments' | 'isHtml'>) {
  const c = choreography();
  const spans: unknown[] = [];
  for (const name of FUNCTIONS) {
    const container = c.containerOf(name);
    const { trace } = container;
    const { helpdesk } = c;
    Object.assign(container, {
      trace: (span: SpanName, fields: object, run: () => Promise<unknown>) => {
        spans.push([span, fields]);
        return trace(span, fields, run);
      },
      helpdesk: {
        ...helpdesk,
        ticket: async (id: string) => {
          const ticket = await helpdesk.ticket(id);
          const asHtml = (comment: NonNullable<typeof ticket>['comments'][number]) =>
            comment.author === 'customer' ? { ...comment, isHtml } : comment;
          return ticket && { ...ticket, comments: ticket.comments.map(asHtml) };
        },
      },
    });
  }
  c.helpdesk.customerWrites({ conversationId: 't-1', text, attachments });
  const began = performance.now();
  await c.webhook(WEBHOOK);
  return { c, spans, ms: performance.now() - began };
}

const FUNCTIONS = [
  'ingest',
  'classify',
  'order-lookup',
  'verify',
  'responder-route',
  'responder-reply',
  'responder-settle',
  'auditor',
] as const;

describe('bad input', () => {
  it.each(CASES)('$name', async ({ intent, reason, replies, ...message }) => {
    const { c, ms } = await sent(message);
    const [classified] = c.factsOf('MessageClassified');
    expect(classified?.data.primaryIntent).toBe(intent);
    const [first] = (classified?.data.reasonCodes ?? []) as readonly string[];
    expect(first).toBe(reason);
    expect(c.helpdesk.outbox).toHaveLength(replies);
    expect(c.factsOf('MessageSettled')).toHaveLength(1);
    expect(FUNCTIONS.flatMap((name) => c.containerOf(name).queues.failed)).toEqual([]);
    expect(ms).toBeLessThan(BUDGET_MS);
  });
});

/** Words no code holds, and an identifier of each kind. */
const CANARIES = [
  'zanzibarquux',
  'quetzalfrob',
  'wobblewurst',
  'nora.canary@mail.example',
  'nora.canary',
  '4242424242424242',
  '4242 4242 4242 4242',
  '#987654',
  '987654',
  '555-010-4477',
  '5550104477',
  '1Z999AA10123456784',
  'Evergreen Terrace',
  'hunter2canary',
  'shop.example/secret',
];
const FULL_OF_CANARIES =
  'zanzibarquux order #987654 went to 742 Evergreen Terrace, call 555-010-4477 or nora.canary@mail.example, card 4242 4242 4242 4242, ' +
  'tracking 1Z999AA10123456784, https://shop.example/secret?x=1, password: hunter2canary quetzalfrob.';

/** Everything that was stated, told, kept or queued, beside the helpdesk itself. */
function everythingRecorded(c: Choreography, spans: readonly unknown[]): string {
  const kept = [...c.store.tables].map(([table, rows]) => [table, [...rows]]);
  const told = FUNCTIONS.map((name) => {
    const { telemetry, queues } = c.containerOf(name);
    return [telemetry.lines, [...telemetry.counts], queues.waiting, queues.failed];
  });
  return JSON.stringify([c.bus.published, kept, told, spans]);
}

const found = (text: string) => CANARIES.filter((canary) => text.toLowerCase().includes(canary.toLowerCase()));

describe('nothing of what a customer writes stands anywhere at rest', () => {
  it.each([
    { when: 'an order question', text: `Where is my order? ${FULL_OF_CANARIES}` },
    { when: 'a damaged item', text: `My lamp arrived broken. ${FULL_OF_CANARIES}` },
    { when: 'an escalation', text: `I will file a chargeback. ${FULL_OF_CANARIES}` },
    { when: 'a text of no intent', text: FULL_OF_CANARIES },
    { when: 'mark-up', text: `<p>${FULL_OF_CANARIES}</p><div style="display:none">wobblewurst</div>`, isHtml: true },
    { when: 'a quoted history', text: `Thanks\n\nOn Mon, 3 Nov 2025, Shop wrote:\n> ${FULL_OF_CANARIES}` },
    { when: 'another language', text: `¿Dónde está mi pedido? ${FULL_OF_CANARIES}` },
    { when: 'broken characters', text: `Where is my order? \ud800${FULL_OF_CANARIES}` },
    { when: '200 kB', text: `${FULL_OF_CANARIES} `.repeat(700) },
  ])('of $when', async ({ text, isHtml = false }) => {
    expect(found(text).length).toBeGreaterThan(0);
    const { c, spans } = await sent({ text, isHtml });
    expect(c.factsOf('MessageSettled')).toHaveLength(1);
    expect(found(everythingRecorded(c, spans))).toEqual([]);
  });

  it('nor when the redaction fails', async () => {
    const text = `Where is my order? ${FULL_OF_CANARIES}`;
    const c = choreography();
    const container = c.containerOf('classify');
    const { clock } = container;
    let tick = 0;
    Object.assign(container, { clock: { ...clock, now: () => clock.now(), monotonic: () => (tick += 1_001) } });
    c.helpdesk.customerWrites({ conversationId: 't-1', text });
    await c.webhook(WEBHOOK);
    expect(c.names()).toContain('RedactionFailed');
    expect(c.helpdesk.outbox).toEqual([]);
    expect(found(everythingRecorded(c, []))).toEqual([]);
  });

  it('nor when reading it throws: the screen that fails is a strong hit, and the error names nothing', async () => {
    const c = choreography();
    const container = c.containerOf('classify');
    const { helpdesk } = c;
    const unreadable = {
      [Symbol.toPrimitive]() {
        throw new Error(FULL_OF_CANARIES);
      },
    } as unknown as string;
    Object.assign(container, {
      helpdesk: {
        ...helpdesk,
        ticket: async (id: string) => {
          const ticket = await helpdesk.ticket(id);
          return (
            ticket && { ...ticket, comments: ticket.comments.map((comment) => ({ ...comment, text: unreadable })) }
          );
        },
      },
    });
    c.helpdesk.customerWrites({ conversationId: 't-1', text: FULL_OF_CANARIES });
    await c.webhook(WEBHOOK);
    const [classified] = c.factsOf('MessageClassified');
    expect(classified?.data).toMatchObject({ tier: 0, department: 'Leadership Team' });
    expect(found(everythingRecorded(c, []))).toEqual([]);
  });
});
