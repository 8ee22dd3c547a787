/** interfaces §9 and reference/richpanel-api.md §12.2: the control calls. */
import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Ear, openEar, openShop, type TestShop, ticketIn } from './testing.ts';

let shop: TestShop;
let ear: Ear;
beforeEach(async () => {
  ear = await openEar();
  shop = await openShop({ rateLimit: null, webhookUrl: ear.url, webhookToken: 'token-1' });
});
afterEach(async () => {
  await shop.close();
  await ear.close();
});

const linkage = async (id: string): Promise<unknown> =>
  (await shop.api('GET', `/order/${encodeURIComponent(id)}`)).body;
const read = async (id: string) => ticketIn(await shop.api('GET', `/tickets/${encodeURIComponent(id)}`));

describe('POST /messages', () => {
  it('creates the conversation, fires the webhook and reports both', async () => {
    const { status, body } = await shop.control('POST', '/messages', {
      conversationId: 'conv-1',
      channel: 'email',
      text: 'Where is <my> order?',
      subject: 'Order',
      customer: { firstName: 'Ann', email: 'ann@example.test' },
      at: '2026-01-10T08:00:00Z',
    });
    expect([status, body]).toEqual([
      200,
      {
        conversationId: 'conv-1',
        ticketNumber: 20427,
        messageId: expect.any(String),
        webhooks: [{ status: 200, ms: expect.any(Number) }],
      },
    ]);
    const ticket = await read('conv-1');
    expect(ticket).toMatchObject({
      status: 'OPEN',
      subject: 'Order',
      created_at: '2026-01-10T08:00:00.000Z',
      customer_profile: { email: 'ann@example.test', name: 'Ann', type: 'customer' },
      via: {
        channel: 'email',
        source: { from: { address: 'ann@example.test', name: 'Ann' }, to: { address: 'support@acme.example' } },
      },
    });
    expect(ticket.comments).toEqual([
      {
        id: (body as { messageId: string }).messageId,
        type: 'Comment',
        author_id: expect.stringMatching(/^cus_/),
        created_at: '2026-01-10T08:00:00.000Z',
        body: '<div>Where is &lt;my&gt; order?</div>',
        html_body: '<div>Where is &lt;my&gt; order?</div>',
        plain_body: 'Where is <my> order?',
        attachments: [],
        metadata: {},
        via: { channel: 'email' },
        is_operator: false,
      },
    ]);
    expect(ear.heard.map((call) => [JSON.parse(call.body), call.headers['x-richpanel-webhook-token']])).toEqual([
      [
        {
          schema_version: 1,
          ticket_id: 'conv-1',
          trigger: 'customer_message',
          ticket_url: 'https://app.richpanel.com/conversations?viewId=search&conversationNo=20427',
        },
        'token-1',
      ],
    ]);
  });

  it('reports the status of a webhook that fails, and 0 when nobody listens', async () => {
    const deaf = await openEar(500);
    shop.sandbox.setWebhook(deaf.url);
    expect((await shop.control('POST', '/messages', { text: 'a' })).body).toMatchObject({
      webhooks: [{ status: 500 }],
    });
    await deaf.close();
    expect((await shop.control('POST', '/messages', { text: 'b' })).body).toMatchObject({
      webhooks: [{ status: 0, error: 'network' }],
    });
  });

  it.each([
    ['email', 'email'],
    ['livechat', 'messenger'],
    ['social', 'instagram'],
    ['tiktok', 'tiktok'],
    ['phone', 'phone'],
    ['facebook_message', 'facebook_message'],
  ])('shows the channel %s as the vendor spells it: %s', async (channel, shown) => {
    await shop.control('POST', '/messages', { conversationId: 'c', channel, text: 'x' });
    expect((await read('c')).via).toMatchObject({ channel: shown });
  });

  it('gives e-mail without an id a Message-ID that the first comment shares, other channels a UUID', async () => {
    const mail = (await shop.control('POST', '/messages', { channel: 'email', text: 'x' })).body as {
      conversationId: string;
      messageId: string;
    };
    expect(mail.conversationId).toMatch(/^<CA[0-9a-f]+\+[0-9a-f]+@mail\.example\.test>$/);
    expect(mail.messageId).toBe(mail.conversationId);
    const chat = (await shop.control('POST', '/messages', { channel: 'livechat', text: 'x' })).body as {
      conversationId: string;
    };
    expect(chat.conversationId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('appends to a conversation that exists and counts attachments', async () => {
    await shop.control('POST', '/messages', { conversationId: 'c', text: 'one' });
    await shop.control('POST', '/messages', { conversationId: 'c', text: '', attachments: 2 });
    const { comments } = await read('c');
    expect(comments.map((comment) => [comment.plain_body, (comment.attachments as unknown[]).length])).toEqual([
      ['one', 0],
      ['', 2],
    ]);
  });

  it('takes null as absent, except in `order`', async () => {
    const body = {
      conversationId: 'c',
      text: 'x',
      channel: null,
      subject: null,
      at: null,
      customer: { firstName: null, email: 'k@example.test' },
    };
    expect((await shop.control('POST', '/messages', body)).status).toBe(200);
    expect(await read('c')).toMatchObject({
      subject: null,
      via: { channel: 'email' },
      customer_profile: { email: 'k@example.test' },
    });
  });

  it('keeps two customers apart who give no address', async () => {
    await shop.control('POST', '/messages', { conversationId: 'a', text: 'x', customer: { firstName: 'Kim' } });
    await shop.control('POST', '/messages', { conversationId: 'b', text: 'x', customer: { firstName: 'Kim' } });
    const profiles = [await read('a'), await read('b')].map((ticket) => ticket.customer_profile as { id: string });
    expect(profiles[0]?.id).not.toBe(profiles[1]?.id);
  });

  it.each([
    ['no text', { conversationId: 'c' }, 'text: is missing'],
    ['an impossible time', { text: 'x', at: 'yesterday' }, 'at: give an instant with its zone, such as 2026-'],
    ['an order that is none', { text: 'x', order: 'A1' }, 'order: give an order as an object'],
    ['a text that is none', { text: ['yesterday'] }, 'text: give string'],
  ])('refuses %s, naming key and cure and never the value', async (_, body, key) => {
    const answer = await shop.control('POST', '/messages', body);
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body)).toContain(key);
    expect(JSON.stringify(answer.body)).not.toContain('yesterday');
    expect(ear.heard).toEqual([]);
  });
});

describe('order in a message (interfaces §2)', () => {
  const send = (conversationId: string, order?: unknown) =>
    shop.control('POST', '/messages', { conversationId, text: 'x', order });

  it('absent, null and {} link nothing', async () => {
    await send('absent');
    await send('null', null);
    await send('empty', {});
    expect([await linkage('absent'), await linkage('null'), await linkage('empty')]).toEqual([{}, {}, {}]);
  });

  it('an object is linked and readable by store and id; missing keys stay missing', async () => {
    const order = { orderId: 7001, orderName: '#7001', fulfillment: [] };
    await send('c', order);
    expect(await linkage('c')).toEqual({ ...order, appClientId: 'acme-store-1' });
    expect((await shop.api('GET', '/order/acme-store-1/7001')).body).toEqual(order);
    expect((await read('c')).app_client_id).toBe('acme-store-1');
  });

  it('keeps the store that the row names, and adds none to an order without id', async () => {
    await send('c', { orderId: '7002', appClientId: 'shop-x' });
    await send('d', { orderName: '#7003' });
    expect(await linkage('c')).toEqual({ orderId: '7002', appClientId: 'shop-x' });
    expect((await shop.api('GET', '/order/shop-x/7002')).status).toBe(200);
    expect(await linkage('d')).toEqual({ orderName: '#7003' });
  });

  it('an array is several', async () => {
    await send('c', [{ orderId: '1' }, { orderId: '2' }]);
    expect(await linkage('c')).toEqual([
      { orderId: '1', appClientId: 'acme-store-1' },
      { orderId: '2', appClientId: 'acme-store-1' },
    ]);
  });

  it('two conversations with one order number never read each other’s order', async () => {
    await send('c', { orderId: '7004', status: 'processing' });
    await send('d', { orderId: '7004', status: 'cancelled' });
    const links = (await Promise.all(['c', 'd'].map(linkage))) as { appClientId: string }[];
    const orders = await Promise.all(
      links.map(async (link) => (await shop.api('GET', `/order/${link.appClientId}/7004`)).body),
    );
    expect(orders).toEqual([
      { orderId: '7004', status: 'processing' },
      { orderId: '7004', status: 'cancelled' },
    ]);
  });

  it('a later message without the key leaves the link, with null cuts it, with the order renews it', async () => {
    await send('c', { orderId: '7005', status: 'processing' });
    await send('c');
    expect(await linkage('c')).toMatchObject({ orderId: '7005' });
    await send('c', { orderId: '7005', status: 'shipped' });
    expect((await shop.api('GET', '/order/acme-store-1/7005')).body).toMatchObject({ status: 'shipped' });
    await send('c', null);
    expect(await linkage('c')).toEqual({});
  });
});

describe('GET /writes', () => {
  it('names what each write wanted, whether it came through, and the fault', async () => {
    await shop.control('POST', '/messages', { conversationId: 'c', text: 'x' });
    await shop.api('PUT', '/tickets/c/add-tags', { tags: ['a'] });
    await shop.api('PUT', '/tickets/c/remove-tags', { tags: ['a'] });
    await shop.api('PUT', '/tickets/c', { ticket: { assignee_id: 'usr_07' } });
    await shop.api('PUT', '/tickets/c', { ticket: { status: 'CLOSED', comment: { body: 'note', public: false } } });
    await shop.api('PUT', '/tickets/c', { ticket: { status: 'closed' } });
    await shop.api(
      'PUT',
      '/tickets/c/send-message',
      { body: 'x', author_id: 'usr_bot_01' },
      { 'x-sandbox-fault': 'write_then_5xx' },
    );
    await shop.api(
      'PUT',
      '/tickets/c/send-message',
      { body: 'x', author_id: 'usr_bot_01' },
      { 'x-sandbox-fault': 'rate429' },
    );
    await shop.api('POST', '/tags', { name: 'b' });
    const writes = (await shop.control('GET', '/writes')).body as Record<string, unknown>[];
    expect(
      writes.map(({ kind, ticketId, applied, status, fault }) => [kind, ticketId, applied, status, fault]),
    ).toEqual([
      ['tags', 'c', true, 200, null],
      ['untag', 'c', true, 200, null],
      ['assign', 'c', true, 200, null],
      ['comment', 'c', true, 200, null],
      ['status', 'c', true, 200, null],
      ['status', 'c', false, 400, null],
      ['message', 'c', true, 500, 'write_then_5xx'],
      ['message', 'c', false, 429, 'rate429'],
      ['other', null, true, 200, null],
    ]);
    expect(writes[0]).toMatchObject({ seq: 1, at: '2026-01-12T09:00:00.000Z', body: { tags: ['a'] } });
    const later = (await shop.control('GET', '/writes?since=7')).body as { seq: number }[];
    expect(later.map((entry) => entry.seq)).toEqual([8, 9]);
  });
});

describe('what an agent says by tag', () => {
  it('stands on the ticket and calls the webhook with its tags; other tags call nobody', async () => {
    await shop.control('POST', '/messages', { conversationId: 'tagged', text: 'x' });
    await shop.control('POST', '/agent', { conversationId: 'tagged', tags: ['vip'] });
    expect(ear.heard).toHaveLength(1);
    const tags = ['mw_feedback_misroute', 'vip'];
    const { status } = await shop.control('POST', '/agent', { conversationId: 'tagged', tags });
    expect(status).toBe(200);
    expect((await read('tagged')).tags).toHaveLength(2);
    expect(ear.heard.slice(1).map(({ body }) => JSON.parse(body))).toEqual([
      { schema_version: 1, ticket_id: 'tagged', trigger: 'agent_feedback', tags: 'vip,mw_feedback_misroute' },
    ]);
    await shop.control('POST', '/agent', { conversationId: 'tagged', tags });
    expect(ear.heard).toHaveLength(2);
  });

  it('a tag without a name is refused', async () => {
    await shop.control('POST', '/messages', { conversationId: 'tagged', text: 'x' });
    const { status, body } = await shop.control('POST', '/agent', { conversationId: 'tagged', tags: [' '] });
    expect([status, JSON.stringify(body)]).toEqual([400, expect.stringContaining('tags.0')]);
  });
});

describe('GET /tickets, POST /agent', () => {
  it('shows all tickets with comments, agents’ acts included', async () => {
    await shop.control('POST', '/messages', { conversationId: 'c', text: 'x' });
    const act = await shop.control('POST', '/agent', {
      conversationId: 'c',
      text: 'I take this one',
      status: 'CLOSED',
    });
    expect(act.body).toEqual({ conversationId: 'c', messageId: expect.any(String), status: 'CLOSED' });
    const tickets = (await shop.control('GET', '/tickets')).body as {
      id: string;
      status: string;
      comments: Record<string, unknown>[];
    }[];
    const ticket = tickets.find((one) => one.id === 'c');
    expect([tickets.length, ticket?.status]).toEqual([27, 'CLOSED']);
    expect(ticket?.comments.at(-1)).toMatchObject({ author_id: 'usr_07', is_operator: true, body: 'I take this one' });
    // What a person writes in the helpdesk is no delivery of the API.
    expect((await shop.control('GET', '/outbox')).body).toEqual([]);
  });

  it('an agent can give the ticket to a person and a team', async () => {
    await shop.control('POST', '/messages', { conversationId: 'c', text: 'x' });
    await shop.control('POST', '/agent', { conversationId: 'c', assigneeId: 'usr_08', teamId: 'team_returns' });
    expect(await read('c')).toMatchObject({ assignee_id: 'usr_08', team_id: 'team_returns' });
  });

  it('refuses an unknown conversation and a status that is none', async () => {
    const statuses = [
      await shop.control('POST', '/agent', { conversationId: 'nobody', text: 'x' }),
      await shop.control('POST', '/agent', { conversationId: '<CAx+1=nf@mail.example.test>', status: 'closed' }),
    ];
    expect(statuses.map((answer) => answer.status)).toEqual([400, 400]);
  });
});

describe('the further calls of §12.2', () => {
  it('a customer writes on, an agent answers, another customer opens a ticket', async () => {
    const id = '<seed.20418@mail.example.test>';
    const path = `/tickets/${encodeURIComponent(id)}`;
    await shop.control('POST', `${path}/customer-message`, { body: 'thanks again' });
    await shop.control('POST', `${path}/agent-message`, { body: 'you are welcome' });
    const { status, comments } = await read(id);
    expect([status, ...comments.slice(-2).map((comment) => comment.plain_body)]).toEqual([
      'OPEN',
      'thanks again',
      'you are welcome',
    ]);
    const opened = await shop.control('POST', '/customers/new%40example.test/new-ticket', {
      channel: 'livechat',
      subject: 'Hi',
      body: 'hello',
    });
    const { conversationId } = opened.body as { conversationId: string };
    expect(await read(conversationId)).toMatchObject({
      subject: 'Hi',
      via: { channel: 'messenger' },
      customer_profile: { email: 'new@example.test' },
    });
    expect(ear.heard).toHaveLength(2); // an agent's message fires no default rule
  });

  it('reset: the same seed and clock give the same ids, another seed others', async () => {
    const run = async (seed: number): Promise<unknown> => {
      const answer = await shop.control('POST', '/reset', { seed, clock: '2026-02-02T00:00:00Z' });
      expect(answer.body).toEqual({ seed, clock: '2026-02-02T00:00:00.000Z' });
      await shop.control('POST', '/messages', { text: 'x', channel: 'livechat' });
      await shop.api('PUT', `/tickets/${encodeURIComponent('<seed.20402@mail.example.test>')}/send-message`, {
        body: 'y',
        author_id: 'usr_bot_01',
      });
      return (await shop.control('GET', '/tickets')).body;
    };
    const [first, again, other] = [await run(5), await run(5), await run(6)];
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });

  it('reset lays options over those of the start and forgets faults, logs and tickets', async () => {
    await shop.control('POST', '/faults', { fault: 'auth_revoked' });
    await shop.control('POST', '/messages', { conversationId: 'c', text: 'x' });
    await shop.control('POST', '/reset', { options: { tagForm: 'id', seedData: false } });
    expect((await shop.control('GET', '/tickets')).body).toEqual([]);
    expect((await shop.control('GET', '/faults')).body).toEqual({ faults: [] });
    expect((await shop.control('GET', '/options')).body).toMatchObject({ tagForm: 'id', webhookUrl: ear.url });
    expect((await shop.control('POST', '/reset', { options: { tagform: 'id' } })).status).toBe(400);
  });

  it('reset leaves the webhook where it was pointed to after the start', async () => {
    const other = await openEar();
    shop.sandbox.setWebhook(other.url, 'token-2');
    await shop.control('POST', '/reset', { options: { replyReopens: false } });
    await shop.control('POST', '/messages', { conversationId: 'c', text: 'x' });
    expect(other.heard.map(({ headers }) => headers['x-richpanel-webhook-token'])).toEqual(['token-2']);
    await other.close();
  });

  it('a changed token goes out with every target that sends it, and a reset keeps it', async () => {
    const heard = async (): Promise<unknown> => {
      await shop.control('POST', '/messages', { conversationId: 'c', text: 'x' });
      return ear.heard.at(-1)?.headers;
    };
    const target = { id: 'ht_1', url: ear.url, headers: { 'x-own': 'kept', 'x-token': 'token-1' }, body: '{}' };
    await shop.control('PUT', '/http-targets', [target]);
    await shop.control('PUT', '/options', { webhookToken: 'token-2' });
    expect(await heard()).toMatchObject({ 'x-own': 'kept', 'x-token': 'token-2' });
    await shop.control('POST', '/reset', {});
    expect(await heard()).toMatchObject({ 'x-richpanel-webhook-token': 'token-2' });
  });

  it('shows options without the keys', async () => {
    expect(JSON.stringify((await shop.control('GET', '/options')).body)).not.toMatch(/test-key|token-1/);
  });

  it('answers 404 to a control call that does not exist, and says which do', async () => {
    const answer = await shop.control('GET', '/nothing');
    expect(answer.status).toBe(404);
    expect(JSON.stringify(answer.body)).toContain('GET journal');
  });
});

describe('only for this machine', () => {
  const ask = (headers: Record<string, string>): Promise<number> =>
    new Promise((resolve, reject) => {
      const call = request(`${shop.url}/__sandbox/outbox`, { headers }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      call.on('error', reject).end();
    });

  it.each([
    [{ host: 'sandbox.example' }, 403],
    [{ origin: 'https://evil.example' }, 403],
    [{ origin: 'null' }, 403],
    [{ 'sec-fetch-site': 'cross-site' }, 403],
    [{ host: 'localhost:1' }, 200],
    [{ host: '127.0.0.1:4400', origin: 'http://127.0.0.1:4400' }, 200],
    [{ host: '127.0.0.1:4400', origin: 'http://127.0.0.1:8080' }, 403],
    [{ 'sec-fetch-site': 'same-site' }, 403],
  ])('%j → %i', async (headers, status) => {
    expect(await ask(headers)).toBe(status);
  });
});

describe('a message with a time of its own (interfaces §2: `at`)', () => {
  const write = (at: string | undefined, text: string) =>
    shop.control('POST', '/messages', { conversationId: 'conv-at', channel: 'livechat', text, ...(at && { at }) });
  const stamps = async () => (await read('conv-at')).comments.map((comment) => comment.created_at);

  it('moves the clock of its ticket, so that a reply stands after it', async () => {
    await write('2026-01-05T08:00:00.000Z', 'first');
    await shop.control('POST', '/agent', { conversationId: 'conv-at', text: 'a reply' });
    await write('2026-01-06T08:00:00.000Z', 'second');
    expect(await stamps()).toEqual([
      '2026-01-05T08:00:00.000Z',
      '2026-01-05T08:00:00.000Z',
      '2026-01-06T08:00:00.000Z',
    ]);
  });

  it('never falls behind the reply to the message before it', async () => {
    await write('2026-01-05T08:00:00.000Z', 'first');
    await shop.control('POST', '/agent', { conversationId: 'conv-at', text: 'a reply' });
    await write('2026-01-05T08:00:00.000Z', 'second, at the same instant');
    expect(await stamps()).toEqual([
      '2026-01-05T08:00:00.000Z',
      '2026-01-05T08:00:00.000Z',
      '2026-01-05T08:00:00.001Z',
    ]);
  });

  it('keeps a time before the message that stands: that one came late', async () => {
    await write('2026-01-05T08:00:00.000Z', 'first');
    await write('2026-01-04T08:00:00.000Z', 'older');
    expect(await stamps()).toEqual(['2026-01-05T08:00:00.000Z', '2026-01-04T08:00:00.000Z']);
  });
});
