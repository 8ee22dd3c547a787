/** reference/richpanel-api.md §12.3: how a webhook fires. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Ear, openEar, openShop, type TestShop, ticketIn } from './testing.ts';

let shop: TestShop;
let ear: Ear;
beforeEach(async () => {
  ear = await openEar();
  shop = await openShop({ rateLimit: null, webhookUrl: ear.url });
});
afterEach(async () => {
  await shop.close();
  await ear.close();
});

const say = (text: string, extra: object = {}) =>
  shop.control('POST', '/messages', { conversationId: 'c', text, ...extra });
const bodies = (): unknown[] => ear.heard.map((call) => call.body);
const target = (id: string, body: string, extra: object = {}) => ({ id, url: ear.url, body, ...extra });
const setTargets = (...targets: object[]) => shop.control('PUT', '/http-targets', targets);
const setRules = (...rules: object[]) => shop.control('PUT', '/rules', rules);
const rule = (id: string, on: string[], action: object[], extra: object = {}) => ({
  id,
  family: 'tagging',
  on,
  do: action,
  ...extra,
});
const call = (id: string) => ({ type: 'http_target', target: id });

describe('templates', () => {
  it('substitutes raw text once: a quote breaks the JSON, a variable in a value stays text', async () => {
    await setTargets(target('ht_1', '{"text":"{{ticket.lastMessage.text}}"}'));
    await say('say "hi" {{ticket.id}}');
    expect(bodies()).toEqual(['{"text":"say "hi" {{ticket.id}}"}']);
  });

  it.each([
    ['json', '{"text":"a\\"b<c"}'],
    ['html', '{"text":"a&quot;b&lt;c"}'],
  ] as const)('escapes as %s by option', async (escaping, expected) => {
    await shop.control('PUT', '/options', { escape: escaping });
    await setTargets(target('ht_1', '{"text":"{{ticket.lastMessage.text}}"}'));
    await say('a"b<c');
    expect(bodies()).toEqual([expected]);
  });

  it.each([
    ['empty', '[]'],
    ['literal', '[{{ticket.channel}}]'],
    ['null', '[null]'],
  ] as const)('writes an unknown variable as %s', async (unknownVariables, expected) => {
    await shop.control('PUT', '/options', { unknownVariables });
    await setTargets(target('ht_1', '[{{ticket.channel}}]'));
    await say('x');
    expect(bodies()).toEqual([expected]);
  });

  it('knows the variables of §11.2, in headers and URL too', async () => {
    const body =
      '{{ticket.subject}}|{{ticket.status}}|{{ticket.customer.name}}|{{ticket.customer.email}}|{{ticket.customer.lastOrderNumber}}';
    await setTargets(
      target('ht_1', body, { url: `${ear.url}?t={{ticket.status}}`, headers: { 'x-ticket': '{{ticket.id}}' } }),
    );
    await say('x', {
      subject: 'S',
      customer: { firstName: 'Ann', email: 'ann@example.test' },
      order: { orderId: '9' },
    });
    expect(bodies()).toEqual(['S|OPEN|Ann|ann@example.test|9']);
    expect(ear.heard[0]?.headers['x-ticket']).toBe('c');
    expect(shop.sandbox.deliveries()[0]?.url).toBe(`${ear.url}?t=OPEN`);
  });

  it('can carry the message id and time', async () => {
    await shop.control('PUT', '/options', { webhookBody: 'with-message-id' });
    await say('x', { messageId: 'm-1', at: '2026-01-12T08:59:00.000Z' });
    expect(JSON.parse(String(bodies()[0]))).toMatchObject({
      ticket_id: 'c',
      message_id: 'm-1',
      sent_at: '2026-01-12T08:59:00.000Z',
    });
  });
});

it.each([
  ['empty', ''],
  ['literal', '{{ticket.message.number}}'],
  ['null', 'null'],
])('a variable that the vendor does not have comes out as %s', async (unknownVariables, message_id) => {
  await shop.control('PUT', '/options', { webhookBody: 'with-unknown-variable', unknownVariables });
  await say('x');
  expect(JSON.parse(String(bodies()[0]))).toMatchObject({ ticket_id: 'c', message_id });
});

describe('one attempt', () => {
  it('never retries and writes the attempt down', async () => {
    const deaf = await openEar(503);
    shop.sandbox.setWebhook(deaf.url, 't');
    await say('x');
    expect(deaf.heard).toHaveLength(1);
    const deliveries = (await shop.control('GET', '/webhook-deliveries')).body as Record<string, unknown>[];
    expect(deliveries).toEqual([
      {
        seq: 1,
        at: '2026-01-12T09:00:00.000Z',
        ticketId: 'c',
        event: 'conversation_created',
        method: 'POST',
        url: deaf.url,
        headers: { 'content-type': 'application/json', 'x-richpanel-webhook-token': 't' },
        body: deaf.heard[0]?.body,
        status: 503,
        ms: 0,
        error: null,
      },
    ]);
    await deaf.close();
  });

  it('calls nothing off this machine', async () => {
    await setTargets({ id: 'ht_1', url: 'https://hooks.example/in', body: '{}' });
    expect((await say('x')).body).toMatchObject({ webhooks: [{ status: 0, error: 'not_loopback' }] });
  });

  it('drops and duplicates by option', async () => {
    await shop.control('PUT', '/options', { drop: 1 });
    expect((await say('x')).body).toMatchObject({ webhooks: [{ status: 0, error: 'dropped' }] });
    await shop.control('PUT', '/options', { drop: 0, duplicate: 2 });
    await say('y');
    expect(ear.heard).toHaveLength(3);
  });

  it('swaps neighbours by option', async () => {
    await setTargets(target('ht_1', '{{ticket.lastMessage.text}}'));
    await shop.control('PUT', '/options', { reorder: true });
    await Promise.all([say('first'), say('second')]);
    expect(bodies()).toEqual(['second', 'first']);
  });

  it('fires before the comment can be read by option', async () => {
    await shop.control('PUT', '/options', { beforeVisible: true, visibleAfterMs: 3_000 });
    await say('x');
    const visible = async (): Promise<number> => ticketIn(await shop.api('GET', '/tickets/c')).comments.length;
    expect([ear.heard.length, await visible()]).toEqual([1, 0]);
    await shop.control('POST', '/clock', { advanceMs: 2_999 });
    expect(await visible()).toBe(0);
    await shop.control('POST', '/clock', { advanceMs: 1 });
    expect(await visible()).toBe(1);
  });
});

describe('rules', () => {
  it('walks each family in order; skip hides lower rules of that family only', async () => {
    await setTargets(target('a', 'a'), target('b', 'b'), target('c', 'c'));
    await setRules(
      rule('r1', ['conversation_created'], [call('a')], { skipSubsequent: true }),
      rule('r2', ['conversation_created'], [call('b')]),
      rule('r3', ['conversation_created'], [call('c')], { family: 'assignment' }),
    );
    await say('x');
    expect(bodies().sort()).toEqual(['a', 'c']);
  });

  it('heeds conditions', async () => {
    await setTargets(target('a', 'a'), target('b', 'b'), target('c', 'c'), target('d', 'd'));
    await setRules(
      rule('r1', ['conversation_created'], [call('a')], { when: [{ type: 'subject_contains', value: 'ORDER' }] }),
      rule('r2', ['conversation_created'], [call('b')], { when: [{ type: 'channel', value: 'messenger' }] }),
      rule('r3', ['conversation_created'], [call('c')], { when: [{ type: 'tags_contain', value: 'vip' }] }),
      rule('r4', ['conversation_created'], [call('d')], { when: [{ type: 'tags_not_contain', value: 'vip' }] }),
    );
    await say('x', { subject: 'my order', channel: 'livechat' });
    expect(bodies().sort()).toEqual(['a', 'b', 'd']);
  });

  it('assigns, tags, answers and closes', async () => {
    await setRules(
      rule(
        'r1',
        ['conversation_created'],
        [
          { type: 'assign', teamId: 'team_support' },
          { type: 'add_tag', tag: 'vip' },
        ],
      ),
      rule('r2', ['tag_added'], [{ type: 'auto_reply', body: 'We got it.' }, { type: 'close' }]),
    );
    await say('x');
    const ticket = ticketIn(await shop.api('GET', '/tickets/c'));
    expect([ticket.team_id, ticket.tags, ticket.status, ticket.comments.at(-1)?.body]).toEqual([
      'team_support',
      ['vip'],
      'CLOSED',
      'We got it.',
    ]);
    expect((await shop.control('GET', '/outbox')).body).toMatchObject([{ ticketId: 'c', authorId: 'operator' }]);
  });

  it('hears what API writes cause, honestly', async () => {
    await setTargets(target('m', 'message'), target('t', 'tag'), target('s', 'status'));
    await setRules(
      rule('r1', ['agent_message'], [call('m')]),
      rule('r2', ['tag_added'], [call('t')]),
      rule('r3', ['status_changed'], [call('s')]),
    );
    await say('x');
    await shop.api('PUT', '/tickets/c/add-tags', { tags: ['vip'] });
    await shop.api('PUT', '/tickets/c/add-tags', { tags: ['vip'] }); // nothing new, no event
    await shop.api('PUT', '/tickets/c/send-message', { body: 'x', author_id: 'usr_bot_01' });
    await shop.api('PUT', '/tickets/c', { ticket: { status: 'CLOSED' } });
    await shop.sandbox.settled();
    expect(bodies().sort()).toEqual(['message', 'status', 'tag']);
  });

  it('refuses rules and targets it does not understand', async () => {
    expect((await setRules({ id: 'r', family: 'magic', on: [], do: [] })).status).toBe(400);
    expect((await setTargets({ id: 'a' })).status).toBe(400);
  });
});

describe('loops', () => {
  it('stops after 20 calls per ticket and minute that API writes cause, and says so', async () => {
    await setRules(rule('r', ['customer_message', 'agent_message'], [call('ht_1')]));
    await say('x');
    for (let count = 0; count < 23; count += 1) {
      await shop.api('PUT', '/tickets/c/send-message', { body: 'x', author_id: 'usr_bot_01' });
    }
    await shop.sandbox.settled();
    const errors = shop.sandbox.deliveries().map((delivery) => delivery.error);
    expect(errors.filter((error) => error === null)).toHaveLength(20);
    expect(errors.filter((error) => error === 'loop_detected')).toHaveLength(3);
    await shop.control('POST', '/clock', { advanceMs: 60_000 });
    await shop.api('PUT', '/tickets/c/send-message', { body: 'x', author_id: 'usr_bot_01' });
    await shop.sandbox.settled();
    expect(ear.heard).toHaveLength(21);
  });

  it('lets people write as often as they like', async () => {
    for (let count = 0; count < 30; count += 1) await say(`message ${count}`);
    expect(ear.heard).toHaveLength(30);
  });

  it('ends rules that set each other off', async () => {
    await setRules(rule('r1', ['conversation_created', 'agent_message'], [{ type: 'auto_reply', body: 'hello' }]));
    await say('x');
    const replies = ticketIn(await shop.api('GET', '/tickets/c')).comments.length - 1;
    expect(replies).toBe(20);
  });
});
