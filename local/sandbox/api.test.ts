/** reference/richpanel-api.md §12.1: the numbered behaviours, over HTTP. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openShop, type TestShop, ticketIn } from './testing.ts';

let shop: TestShop;
beforeEach(async () => {
  shop = await openShop({ rateLimit: null });
});
afterEach(() => shop.close());

const NORA = '<CAx+1=nf@mail.example.test>';
const NORA_PATH = `/tickets/${encodeURIComponent(NORA)}`;

async function reopenShop(options: Parameters<typeof openShop>[0]): Promise<void> {
  await shop.close();
  shop = await openShop({ rateLimit: null, ...options });
}

async function write(message: Record<string, unknown>): Promise<string> {
  const { body } = await shop.control('POST', '/messages', { text: 'hello', ...message });
  return (body as { conversationId: string }).conversationId;
}

const ticketPath = (id: string): string => `/tickets/${encodeURIComponent(id)}`;
const read = async (id: string) => ticketIn(await shop.api('GET', ticketPath(id)));
const outbox = async () => (await shop.control('GET', '/outbox')).body;

describe('1 keys', () => {
  it('answers 401 in the documented shape without a key and with a wrong one', async () => {
    for (const key of ['', 'wrong']) {
      const answer = await shop.api('GET', NORA_PATH, undefined, { 'x-richpanel-key': key });
      expect([answer.status, answer.body]).toEqual([401, { error: { message: 'Unauthorized' } }]);
    }
  });

  it('answers 403 to strangers when told so', async () => {
    await reopenShop({ unauthorizedStatus: 403 });
    const answer = await shop.api('GET', NORA_PATH, undefined, { 'x-richpanel-key': 'wrong' });
    expect([answer.status, answer.body]).toEqual([403, { message: 'Forbidden' }]);
  });

  it('keeps the ticket list, and only that, from the second key', async () => {
    await reopenShop({ listDeniedKey: 'narrow' });
    const statuses = await Promise.all(
      ['/tickets', NORA_PATH, '/tags'].map(
        async (path) => (await shop.api('GET', path, undefined, { 'x-richpanel-key': 'narrow' })).status,
      ),
    );
    expect(statuses).toEqual([403, 200, 200]);
  });
});

describe('2 ids in paths', () => {
  it.each(['<a+b=c@mail.example.test>', 'with/slash', '100%', 'a b', '%2F'])(
    'finds %s by its encoded id',
    async (id) => {
      await write({ conversationId: id });
      expect((await read(id)).id).toBe(id);
    },
  );

  it('decodes once only: the id of an encoded id is not found', async () => {
    const answer = await shop.api('GET', `/tickets/${encodeURIComponent(encodeURIComponent(NORA))}`);
    expect(answer.status).toBe(404);
  });

  it('answers 404 to an id with a bare slash and notes every id that was not encoded', async () => {
    await write({ conversationId: 'with/slash' });
    expect((await shop.api('GET', '/tickets/with/slash')).status).toBe(404);
    await shop.api('GET', `/tickets/${NORA}`);
    await shop.api('GET', NORA_PATH);
    const journal = (await shop.control('GET', '/journal')).body as { unencodedId: boolean }[];
    expect(journal.map((entry) => entry.unencodedId)).toEqual([true, true, false]);
  });
});

describe('3 wrapper keys and routes', () => {
  it.each([
    ['/tickets', 'ticket'],
    ['/tags', 'tag'],
    ['/teams', 'team'],
    ['/channel', 'channels'],
    ['/users', 'users'],
  ])('GET %s wraps its list in `%s`', async (path, key) => {
    const { body } = await shop.api('GET', path);
    expect(Object.keys(body as object)).toEqual([key, 'count', 'next_page', 'previous_page']);
  });

  it('answers 404 to what is not listed and 403 to conversations', async () => {
    const calls: [string, string][] = [
      ['GET', '/views'],
      ['POST', `${NORA_PATH}/comments`],
      ['GET', '/conversations'],
      ['GET', '/conversations/20401'],
    ];
    const statuses = await Promise.all(calls.map(async ([method, path]) => (await shop.api(method, path)).status));
    expect(statuses).toEqual([404, 404, 403, 403]);
  });

  it('finds tickets and customers by address, and nobody for a stranger', async () => {
    const found = (await shop.api('GET', `/tickets/email/${encodeURIComponent('nora.field@example.test')}`)).body as {
      ticket: { id: string }[];
    };
    expect(found.ticket.map((ticket) => ticket.id)).toEqual([NORA]);
    const customer = await shop.api('GET', `/customers/email/${encodeURIComponent('nora.field@example.test')}`);
    expect(customer.body).toMatchObject({ customer: { email: 'nora.field@example.test', name: 'Nora Field' } });
    expect((await shop.api('GET', `/customers/email/${encodeURIComponent('ada.finch@example.test')}`)).status).toBe(
      404,
    );
  });

  it('upserts a customer by uid and refuses the address of another with 409', async () => {
    const first = { customer: { uid: 'u-1', email: 'una@example.test', name: 'Una' } };
    expect((await shop.api('POST', '/customers', first)).body).toMatchObject({ customer: { uid: 'u-1' } });
    const second = { customer: { uid: 'u-2', email: 'una@example.test' } };
    expect((await shop.api('POST', '/customers', second)).status).toBe(409);
  });

  it('takes an upload and gives an address for it', async () => {
    const form = new FormData();
    form.set('file', new Blob(['text']), 'note.txt');
    const response = await fetch(`${shop.url}/v1/file/upload`, {
      method: 'POST',
      headers: { 'x-richpanel-key': 'test-key' },
      body: form,
    });
    expect([response.status, await response.json()]).toEqual([
      200,
      { url: expect.stringMatching(/^https:\/\/files\.example\//) },
    ]);
  });

  it('creates a ticket with 200 and overwrites an id that exists', async () => {
    const ticket = {
      id: 'own-1',
      subject: 'A',
      comment: { sender_type: 'customer', body: 'first' },
      via: { channel: 'email' },
    };
    const created = await shop.api('POST', '/tickets', { ticket });
    expect(created.status).toBe(200);
    expect(ticketIn(created)).toMatchObject({ id: 'own-1', status: 'OPEN', subject: 'A', assignee_id: 'unassigned' });
    await shop.api('POST', '/tickets', { ticket: { ...ticket, subject: 'B' } });
    const again = await read('own-1');
    expect([again.subject, again.comments.length, again.conversation_no]).toEqual([
      'B',
      1,
      ticketIn(created).conversation_no,
    ]);
  });
});

describe('4 numbers', () => {
  it('reads by number, writes not by number, and never finds an imported ticket by it', async () => {
    expect(ticketIn(await shop.api('GET', '/tickets/number/20401')).id).toBe(NORA);
    expect((await shop.api('PUT', '/tickets/number/20401', { ticket: { status: 'OPEN' } })).status).toBe(404);
    expect((await shop.api('GET', '/tickets/number/20422')).status).toBe(404);
    expect((await shop.api('GET', ticketPath('<seed.20422@mail.example.test>'))).status).toBe(200);
  });
});

describe('5 the close matrix of §3.4', () => {
  it.each([
    [{ status: 'CLOSED' }, 400, 'OPEN'],
    [{ state: 'closed' }, 400, 'OPEN'],
    [{ ticket: { status: 'closed' } }, 400, 'OPEN'],
    [{ ticket: { status: 'resolved' } }, 400, 'OPEN'],
    [{ ticket: { status: 'solved' } }, 400, 'OPEN'],
    [{ ticket: { state: 'closed' } }, 200, 'OPEN'],
    [{ ticket: { state: 'RESOLVED' } }, 200, 'OPEN'],
    [{ ticket: { state: 'closed', status: 'CLOSED' } }, 200, 'CLOSED'],
    [{ ticket: { state: 'CLOSED', status: 'CLOSED' } }, 200, 'CLOSED'],
    [{ ticket: { state: 'closed', status: 'closed' } }, 400, 'OPEN'],
    [{ ticket: { state: 'RESOLVED', status: 'RESOLVED' } }, 400, 'OPEN'],
    [{ ticket: { status: 'CLOSED' } }, 200, 'CLOSED'],
  ])('%j → %i, %s', async (body, status, after) => {
    expect((await shop.api('PUT', NORA_PATH, body)).status).toBe(status);
    expect((await read(NORA)).status).toBe(after);
  });

  it('answers 404 on a wrong id', async () => {
    expect((await shop.api('PUT', '/tickets/nobody', { ticket: { status: 'CLOSED' } })).status).toBe(404);
  });
});

describe('6 comments in an update', () => {
  const note = { ticket: { comment: { body: 'internal', sender_type: 'operator', public: false } } };
  const reply = { ticket: { comment: { body: 'public words', sender_type: 'operator', public: true } } };

  it('stores an e-mail comment in the thread without sending it', async () => {
    await shop.api('PUT', NORA_PATH, reply);
    expect((await read(NORA)).comments.at(-1)).toMatchObject({ body: 'public words', is_operator: true, public: true });
    expect(await outbox()).toEqual([]);
  });

  it('delivers a public comment on chat, never a private note', async () => {
    const id = await write({ channel: 'livechat' });
    await shop.api('PUT', ticketPath(id), note);
    await shop.api('PUT', ticketPath(id), reply);
    expect(await outbox()).toEqual([
      {
        ticketId: id,
        at: '2026-01-12T09:00:00.000Z',
        channel: 'messenger',
        body: 'public words',
        authorId: 'usr_bot_01',
        commentId: (await read(id)).comments.at(-1)?.id,
      },
    ]);
    expect((await read(id)).comments.map((comment) => comment.public)).toEqual([undefined, false, true]);
  });

  it.each([
    ['never', 0],
    ['always', 2],
  ] as const)('commentDelivers=%s sends %i of one mail and one chat comment', async (commentDelivers, sent) => {
    await reopenShop({ commentDelivers });
    const chat = await write({ channel: 'livechat' });
    await shop.api('PUT', ticketPath(chat), reply);
    await shop.api('PUT', NORA_PATH, reply);
    expect(await outbox()).toHaveLength(sent);
  });
});

describe('7 send-message', () => {
  const message = { body: 'Hi Nora, it ships Tuesday.', author_id: 'usr_bot_01' };

  it('appends an operator comment, fills the outbox and leaves the status alone', async () => {
    expect((await shop.api('PUT', `${NORA_PATH}/send-message`, message)).status).toBe(200);
    const ticket = await read(NORA);
    expect(ticket.comments.at(-1)).toMatchObject({ body: message.body, author_id: 'usr_bot_01', is_operator: true });
    expect(ticket.status).toBe('OPEN');
    expect(await outbox()).toEqual([
      {
        ticketId: NORA,
        at: '2026-01-12T09:00:00.000Z',
        channel: 'email',
        body: message.body,
        authorId: 'usr_bot_01',
        commentId: ticket.comments.at(-1)?.id,
      },
    ]);
  });

  it.each([
    ['no body', { author_id: 'usr_bot_01' }],
    ['no author', { body: 'x' }],
    ['an unknown author', { body: 'x', author_id: 'usr_99' }],
    ['the literal operator', { body: 'x', author_id: 'operator' }],
    ['a wrapped body', { ticket: message }],
  ])('refuses %s with 400 and sends nothing', async (_, body) => {
    expect((await shop.api('PUT', `${NORA_PATH}/send-message`, body)).status).toBe(400);
    expect(await outbox()).toEqual([]);
  });

  it('takes the literal operator, or anybody, by option', async () => {
    await reopenShop({ operatorAuthor: true });
    expect((await shop.api('PUT', `${NORA_PATH}/send-message`, { body: 'x', author_id: 'operator' })).status).toBe(200);
    await reopenShop({ strictAuthor: false });
    expect((await shop.api('PUT', `${NORA_PATH}/send-message`, { body: 'x', author_id: 'usr_99' })).status).toBe(200);
  });
});

describe('8 tags', () => {
  const addTags = (tags: unknown) => shop.api('PUT', `${NORA_PATH}/add-tags`, { tags });
  const idOf = (name: string): string => shop.sandbox.world.tags.values().find((tag) => tag.name === name)?.id ?? '';

  it('adds as a set, keeps case apart, creates unknown names, removes by either form', async () => {
    await addTags(['mw-processed', 'vip']);
    await addTags(['mw-processed', 'VIP', idOf('vip')]);
    expect((await read(NORA)).tags).toEqual(['mw-processed', 'vip', 'VIP']);
    await shop.api('PUT', `${NORA_PATH}/remove-tags`, { tags: [idOf('VIP'), 'mw-processed', 'never-there'] });
    expect((await read(NORA)).tags).toEqual(['vip']);
  });

  it('shows ids, or a mixture, by option', async () => {
    await reopenShop({ tagForm: 'id' });
    await addTags(['vip', 'press']);
    expect((await read(NORA)).tags).toEqual([idOf('vip'), idOf('press')]);
    await shop.control('PUT', '/options', { tagForm: 'mixed' });
    expect((await read(NORA)).tags).toEqual(['vip', idOf('press')]);
  });

  it('refuses unknown names when it may not create them, and bodies without a list', async () => {
    await reopenShop({ autoCreateTags: false });
    const statuses = [
      await addTags(['new-name']),
      await addTags(['vip']),
      await addTags('vip'),
      await addTags(undefined),
    ];
    expect(statuses.map((answer) => answer.status)).toEqual([400, 200, 400, 400]);
    expect((await read(NORA)).tags).toEqual(['vip']);
  });

  it('replaces all tags in an update', async () => {
    await addTags(['vip', 'press']);
    await shop.api('PUT', NORA_PATH, { ticket: { tags: ['gift'] } });
    expect((await read(NORA)).tags).toEqual(['gift']);
  });
});

describe('9 lists', () => {
  type Page = {
    ticket: { id: string; comments?: unknown }[];
    count: number;
    next_page: string | null;
    previous_page: string | null;
  };
  const follow = async (first: string): Promise<Page[]> => {
    const pages: Page[] = [];
    for (let next: string | null = first; next !== null; next = pages.at(-1)?.next_page ?? null) {
      pages.push((await shop.api('GET', next.replace(`${shop.url}/v1`, ''))).body as Page);
    }
    return pages;
  };

  it('pages through everything by absolute links, without comments', async () => {
    const pages = await follow('/tickets?per_page=10');
    expect(pages.map((page) => page.ticket.length)).toEqual([10, 10, 6]);
    expect(pages[0]?.next_page).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/v1\/tickets\?/);
    expect([pages[0]?.previous_page, pages[0]?.count]).toEqual([null, 26]);
    expect(new Set(pages.flatMap((page) => page.ticket.map((ticket) => ticket.id))).size).toBe(26);
    expect(pages.flatMap((page) => page.ticket).every((ticket) => ticket.comments === undefined)).toBe(true);
  });

  it('filters by status and keeps the filter in the link, or drops it by option', async () => {
    const closed = (await shop.api('GET', '/tickets?status=CLOSED')).body as Page;
    expect(closed.ticket.map((ticket) => ticket.id)).toEqual(['<seed.20418@mail.example.test>']);
    const open = (await shop.api('GET', '/tickets?status=OPEN&per_page=5')).body as Page;
    expect(open.next_page).toContain('status=OPEN');
    await reopenShop({ nextPageKeepsFilters: false });
    const dropped = (await shop.api('GET', '/tickets?status=OPEN&per_page=5')).body as Page;
    expect(dropped.next_page).not.toContain('status=OPEN');
  });

  it('caps per_page at 100: 130 tags take two pages', async () => {
    const { body } = await shop.api('GET', '/tags?per_page=500');
    expect((body as { tag: unknown[]; count: number }).tag).toHaveLength(100);
    expect((body as { count: number }).count).toBe(130);
  });

  it('puts an empty page in between by option and loses nothing', async () => {
    await reopenShop({ emptyPage: 2 });
    const pages = await follow('/tickets?per_page=10');
    expect(pages.map((page) => page.ticket.length)).toEqual([10, 0, 10, 6]);
    expect(new Set(pages.flatMap((page) => page.ticket.map((ticket) => ticket.id))).size).toBe(26);
  });
});

describe('10 orders', () => {
  it('links by id and store, and reads the order there', async () => {
    const link = await shop.api('GET', `/order/${encodeURIComponent(NORA)}`);
    expect(link.body).toEqual({ orderId: '1043', appClientId: 'acme-store-1' });
    const order = await shop.api('GET', '/order/acme-store-1/1043');
    // one day before the clock, in epoch milliseconds (§1.7, §12.5 no. 1)
    expect(order.body).toMatchObject({
      orderName: '#1043',
      createdAt: Date.parse('2026-01-11T09:00:00.000Z'),
      fulfillmentStatus: 'unfulfilled',
    });
  });

  it('answers {} without a link, 404 for a linked order that is missing', async () => {
    expect((await shop.api('GET', `/order/${encodeURIComponent('<seed.20408@mail.example.test>')}`)).body).toEqual({});
    const link = await shop.api('GET', `/order/${encodeURIComponent('<seed.20416@mail.example.test>')}`);
    expect(link.body).toEqual({ orderId: '1059', appClientId: 'acme-store-1' });
    expect((await shop.api('GET', '/order/acme-store-1/1059')).status).toBe(404);
  });

  it('attaches an order that exists and refuses one that does not', async () => {
    const path = ticketPath('<seed.20408@mail.example.test>');
    expect((await shop.api('PUT', `${path}/attach-order/acme-store-1/9999`)).status).toBe(404);
    expect((await shop.api('PUT', `${path}/attach-order/acme-store-1/1043`)).status).toBe(200);
    expect(
      (await shop.api('GET', `/order/${encodeURIComponent('<seed.20408@mail.example.test>')}`)).body,
    ).toMatchObject({ orderId: '1043' });
  });

  it('upserts orders: fulfilments join by id, or replace', async () => {
    const order = { orderId: 'A#7', amount: 5, items: [{ price: 5, quantity: 1 }] };
    const send = (extra: object) => shop.api('POST', '/order/acme-store-1', { orders: [{ ...order, ...extra }] });
    await send({ fulfillment: [{ id: 'f1', status: 'packed' }] });
    await send({ fulfillment: [{ id: 'f2' }] });
    const path = `/order/acme-store-1/${encodeURIComponent('A#7')}`;
    expect((await shop.api('GET', path)).body).toMatchObject({
      fulfillment: [{ id: 'f1', status: 'packed' }, { id: 'f2' }],
    });
    await send({ fulfillment: [{ id: 'f3' }], deleteFulfillmentAndCreate: true });
    expect((await shop.api('GET', path)).body).toEqual({ ...order, fulfillment: [{ id: 'f3' }] });
    expect((await shop.api('POST', '/order/acme-store-1', { orders: [{ orderId: 'x' }] })).status).toBe(400);
  });
});

describe('11 the rate limit', () => {
  it('lets 50 requests through in 30 s, says so on each, then 429 until the window ends', async () => {
    await reopenShop({ rateLimit: { requests: 50, windowMs: 30_000 } });
    const first = await shop.api('GET', NORA_PATH);
    expect([first.headers.get('x-ratelimit-limit'), first.headers.get('x-ratelimit-remaining')]).toEqual(['50', '49']);
    for (let count = 2; count <= 50; count += 1) expect((await shop.api('GET', NORA_PATH)).status).toBe(200);
    await shop.control('POST', '/clock', { advanceMs: 12_300 });
    const over = await shop.api('GET', NORA_PATH);
    // 17.7 s are left of the window
    expect([over.status, over.headers.get('retry-after'), over.headers.get('x-ratelimit-remaining')]).toEqual([
      429,
      '18',
      '0',
    ]);
    await shop.control('POST', '/clock', { advanceMs: 17_700 });
    expect((await shop.api('GET', NORA_PATH)).status).toBe(200);
  });

  it('can be lifted', async () => {
    for (let count = 0; count < 60; count += 1) expect((await shop.api('GET', NORA_PATH)).status).toBe(200);
  });
});

describe('12 times', () => {
  it('moves updated_at on each write, in ISO with milliseconds', async () => {
    const before = (await read(NORA)).updated_at;
    await shop.api('PUT', `${NORA_PATH}/add-tags`, { tags: ['vip'] });
    const after = (await read(NORA)).updated_at as string;
    await shop.api('PUT', `${NORA_PATH}/add-tags`, { tags: ['vip'] });
    const last = (await read(NORA)).updated_at as string;
    expect(after).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect([before !== after, after < last]).toEqual([true, true]);
  });
});

describe('13 the operator flag', () => {
  it.each([
    ['is_operator', { is_operator: false }],
    ['isOperator', { isOperator: false }],
    ['via.isOperator', { via: { channel: 'email', isOperator: false } }],
  ] as const)('can be written as %s', async (operatorFlag, shown) => {
    await reopenShop({ operatorFlag });
    expect((await read(NORA)).comments[0]).toMatchObject(shown);
  });

  it('can be absent', async () => {
    await reopenShop({ operatorFlag: 'absent' });
    const [comment] = (await read(NORA)).comments;
    expect(JSON.stringify(comment)).not.toMatch(/operator/i);
  });
});

describe('14 live key set', () => {
  it('has the keys of the captured sample, duplicates included', async () => {
    const ticket = await read(NORA);
    const keys = [
      'scenarioId',
      'scenario_id',
      'scenarioName',
      'scenario_name',
      'customFields',
      'cookieId',
      'app_client_id',
      'organization_id',
    ];
    expect(keys.filter((key) => !(key in ticket))).toEqual([]);
    expect('state' in ticket).toBe(false);
  });

  it('has tickets without profile, with null tags, empty via, and comments without channel', async () => {
    const call = ticketIn(await shop.api('GET', '/tickets/number/20420'));
    expect(['customer_profile' in call, call.tags, call.via, call.comments[0]?.via]).toEqual([false, null, {}, {}]);
    expect(ticketIn(await shop.api('GET', '/tickets/number/20421')).customer_profile).toEqual({});
  });
});

describe('15 the open questions', () => {
  const close = (id: string) => shop.api('PUT', ticketPath(id), { ticket: { state: 'closed', status: 'CLOSED' } });

  it.each([
    [true, 'OPEN'],
    [false, 'CLOSED'],
  ])('replyReopens=%s leaves a closed ticket %s after a reply', async (replyReopens, status) => {
    await reopenShop({ replyReopens });
    await close(NORA);
    await write({ conversationId: NORA, text: 'and one more thing' });
    expect((await read(NORA)).status).toBe(status);
  });

  it.each([
    [true, 'OPEN'],
    [false, 'CLOSED'],
  ])('sendToClosedReopens=%s leaves a closed ticket %s after a send', async (sendToClosedReopens, status) => {
    await reopenShop({ sendToClosedReopens });
    await close(NORA);
    await shop.api('PUT', `${NORA_PATH}/send-message`, { body: 'x', author_id: 'usr_bot_01' });
    expect((await read(NORA)).status).toBe(status);
  });

  it('staleReadMs shows a write only when it is that old', async () => {
    await reopenShop({ staleReadMs: 2_000 });
    await shop.api('PUT', `${NORA_PATH}/add-tags`, { tags: ['vip'] });
    expect((await read(NORA)).tags).toEqual([]);
    await shop.control('POST', '/clock', { advanceMs: 2_000 });
    expect((await read(NORA)).tags).toEqual(['vip']);
  });
});

describe('16 the journal', () => {
  it('has time, method, raw path, masked key, body, status and fault of each request', async () => {
    await shop.api('PUT', `${NORA_PATH}/add-tags`, { tags: ['vip'] }, { 'x-sandbox-fault': 'write_then_5xx' });
    const [entry] = (await shop.control('GET', '/journal')).body as Record<string, unknown>[];
    expect(entry).toMatchObject({
      seq: 1,
      at: '2026-01-12T09:00:00.000Z',
      method: 'PUT',
      path: `/v1${NORA_PATH}/add-tags`,
      body: '{"tags":["vip"]}',
      status: 500,
      fault: 'write_then_5xx',
    });
    expect(JSON.stringify(entry)).not.toContain('test-key');
  });
});
