/** What the vendor's reference leaves open can be answered either way, per reset. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Answer, openShop, type TestShop, ticketIn } from './testing.ts';
import { DEFAULT_UNKNOWNS, UNKNOWNS } from './unknowns.ts';

let shop: TestShop;
beforeEach(async () => {
  shop = await openShop({ rateLimit: null });
});
afterEach(() => shop.close());

const MAIL = '/tickets/mail';
const reset = (options: Record<string, unknown>) => shop.control('POST', '/reset', { options });
const write = (message: Record<string, unknown> = {}) =>
  shop.control('POST', '/messages', { conversationId: 'mail', channel: 'email', text: 'hello', ...message });
const fieldsOf = async (options: Record<string, unknown>) => {
  await reset(options);
  await write({ customer: { email: 'ann@example.test', name: 'Ann Ott' } });
  return ticketIn(await shop.api('GET', MAIL));
};
const lastComment = async () => ticketIn(await shop.api('GET', MAIL)).comments.at(-1);
const note = { ticket: { comment: { body: 'a < b', sender_type: 'operator', public: true } } };
const message = { body: 'a &lt; b', author_id: 'usr_bot_01' };

it('takes every value of every switch by reset, and no other', async () => {
  for (const [name, values] of Object.entries(UNKNOWNS)) {
    for (const value of values)
      expect([name, value, (await reset({ [name]: value })).status]).toEqual([name, value, 200]);
    expect([name, (await reset({ [name]: 'any' })).status]).toEqual([name, 400]);
  }
  await reset({});
  expect((await shop.control('GET', '/options')).body).toMatchObject(DEFAULT_UNKNOWNS);
});

describe('tickets', () => {
  it.each([
    ['upper', { status: 'CLOSED' }],
    ['lower', { status: 'closed' }],
    ['RESOLVED', { status: 'RESOLVED' }],
    ['state', { state: 'closed' }],
  ])('statusForm %s', async (statusForm, shown) => {
    await fieldsOf({ statusForm });
    await shop.api('PUT', MAIL, { ticket: { status: 'CLOSED' } });
    const { status, state } = ticketIn(await shop.api('GET', MAIL));
    expect({ ...(status === undefined ? {} : { status }), ...(state === undefined ? {} : { state }) }).toEqual(shown);
  });

  it('customerProfile, channelOn and ticketWrapper', async () => {
    expect((await fieldsOf({ customerProfile: 'empty' })).customer_profile).toEqual({});
    expect(await fieldsOf({ customerProfile: 'absent' })).not.toHaveProperty('customer_profile');
    const { via, comments } = await fieldsOf({ channelOn: 'comment' });
    expect([via, comments[0]?.via]).toEqual([{}, { channel: 'email' }]);
    await reset({ ticketWrapper: 'bare' });
    await write();
    expect((await shop.api('GET', MAIL)).body).toMatchObject({ id: 'mail', status: 'OPEN' });
  });

  it.each([
    ['is_operator', 'number', { is_operator: 0, via: { channel: 'email' } }],
    ['isOperator', 'text', { isOperator: 'false', via: { channel: 'email' } }],
    ['via.is_operator', 'boolean', { via: { channel: 'email', is_operator: false } }],
    ['sender_type', 'boolean', { sender_type: 'customer', via: { channel: 'email' } }],
  ])('operatorFlag %s as %s', async (operatorFlag, operatorFlagValue, shown) => {
    const [comment] = (await fieldsOf({ operatorFlag, operatorFlagValue })).comments;
    expect(comment).toMatchObject(shown);
    const flags = ['is_operator', 'isOperator', 'sender_type'].filter((key) => key in (comment ?? {}));
    expect(flags).toEqual(Object.keys(shown).filter((key) => key !== 'via'));
  });

  it('commentText without plain text', async () => {
    const [comment] = (await fieldsOf({ commentText: 'bodyOnly' })).comments;
    expect(comment).toMatchObject({ body: '<div>hello</div>' });
    expect(comment).not.toHaveProperty('plain_body');
    expect(comment).not.toHaveProperty('html_body');
  });

  it('missingTicket', async () => {
    const status = async (missingTicket: string) => {
      await reset({ missingTicket });
      return [
        (await shop.api('GET', '/tickets/none')).status,
        (await shop.api('PUT', '/tickets/none', note)).status,
        (await shop.api('PUT', '/tickets/none/add-tags', { tags: ['a'] })).status,
      ];
    };
    expect([await status('404'), await status('400')]).toEqual([
      [404, 404, 404],
      [400, 400, 400],
    ]);
  });
});

describe('writes', () => {
  it.each([
    ['message', (answer: Answer) => answer.body, { message: 'Ticket updated' }],
    ['ticket', (answer: Answer) => ticketIn(answer).id, 'mail'],
    ['empty', (answer: Answer) => answer.body, ''],
  ])('writeAnswer %s', async (form, read, told) => {
    await reset({ writeAnswer: form });
    await write();
    const answer = await shop.api('PUT', MAIL, { ticket: { status: 'CLOSED' } });
    expect([answer.status, read(answer)]).toEqual([200, told]);
    expect((await shop.control('GET', '/tickets?id=mail')).body).toMatchObject([{ status: 'CLOSED' }]);
  });

  it.each([
    ['seat', 'usr_bot_01'],
    ['operator', 'operator'],
    ['absent', null],
  ])('commentAuthor %s', async (commentAuthor, author_id) => {
    await reset({ commentAuthor });
    await write();
    await shop.api('PUT', MAIL, note);
    expect(await lastComment()).toMatchObject({ author_id, is_operator: true });
  });

  it('a private comment is kept, or leaks where comments reach the customer', async () => {
    const received = async (options: Record<string, unknown>) => {
      await reset({ commentDelivers: 'always', ...options });
      await write();
      await shop.api('PUT', MAIL, { ticket: { comment: { ...note.ticket.comment, public: false } } });
      return ((await shop.control('GET', '/outbox')).body as unknown[]).length;
    };
    expect([await received({}), await received({ privateComments: 'delivered' })]).toEqual([0, 1]);
  });

  it.each([
    [{}, 'a &lt; b', 'a < b'],
    [{ sentBody: 'escaped' }, 'a &amp;lt; b', 'a &lt; b'],
    [{ signature: true }, 'a &lt; b<br><br>Acme Store support', 'a < b\n\nAcme Store support'],
  ])('a sent message under %j', async (options, body, plain_body) => {
    await reset(options);
    await write();
    await shop.api('PUT', `${MAIL}/send-message`, message);
    expect(await lastComment()).toMatchObject({ body, plain_body });
    expect((await shop.control('GET', '/outbox')).body).toMatchObject([{ body }]);
  });
});

describe('orders', () => {
  const order = {
    orderId: '77',
    createdAt: 1_767_950_000_000,
    fulfillment: [{ id: 'f', updatedAt: 1_768_000_000_000, tracking: [{ trackingNumber: 'T1', shippingDate: 5 }] }],
  };
  const linked = async (options: Record<string, unknown>) => {
    await reset(options);
    await write({ order });
    return (await shop.api('GET', '/order/mail')).body;
  };

  it('linkage holds everything, or ids alone', async () => {
    expect(await linked({})).toEqual({ ...order, appClientId: 'acme-store-1' });
    expect(await linked({ linkage: 'ids' })).toEqual({ orderId: '77', appClientId: 'acme-store-1' });
    expect((await shop.api('GET', '/order/acme-store-1/77')).body).toEqual(order);
  });

  it('times and tracking in their forms, in both reads', async () => {
    const parcel = { trackingNumber: 'T1', shippingDate: '1970-01-01T00:00:00.005Z' };
    const iso = {
      orderId: '77',
      createdAt: '2026-01-09T09:13:20.000Z',
      fulfillment: [{ id: 'f', updatedAt: '2026-01-09T23:06:40.000Z', tracking: parcel }],
    };
    expect(await linked({ orderTimes: 'iso', trackingForm: 'object' })).toEqual({
      ...iso,
      appClientId: 'acme-store-1',
    });
    expect((await shop.api('GET', '/order/acme-store-1/77')).body).toEqual(iso);
    expect(await linked({ orderTimes: 'text' })).toMatchObject({ createdAt: '1767950000000' });
  });

  it.each([
    ['{}', 200, {}],
    ['null', 200, null],
    ['[]', 200, []],
    ['404', 404, { error: { message: 'Order not found' } }],
  ])('unlinked %s', async (unlinked, status, body) => {
    await reset({ unlinked });
    await write();
    const answer = await shop.api('GET', '/order/mail');
    expect([answer.status, answer.body]).toEqual([status, body]);
  });

  it.each([
    ['404', 404],
    ['400', 400],
    ['{}', 200],
  ])('missingOrder %s', async (missingOrder, status) => {
    await reset({ missingOrder });
    const answer = await shop.api('GET', '/order/acme-store-1/none');
    expect(answer.status).toBe(status);
    if (status === 200) expect(answer.body).toEqual({});
  });
});

describe('refusals and lists', () => {
  it.each([
    ['error.message', { error: { message: 'Ticket not found' } }],
    ['error', { error: 'Ticket not found' }],
    ['message', { message: 'Ticket not found' }],
    ['html', '<html><body><h1>404</h1><p>Ticket not found</p></body></html>'],
    ['empty', ''],
  ])('errorShape %s', async (errorShape, body) => {
    await reset({ errorShape });
    expect((await shop.api('GET', '/tickets/none')).body).toEqual(body);
    expect((await shop.api('GET', '/tickets/none', undefined, { 'x-richpanel-key': 'wrong' })).status).toBe(401);
  });

  it('usersWrapper', async () => {
    await reset({ usersWrapper: 'user' });
    expect((await shop.api('GET', '/users')).body).toHaveProperty('user');
  });

  it('rateWindow and rateHeaders', async () => {
    const limit = { rateLimit: { requests: 2, windowMs: 30_000 } };
    const statuses = async (rateWindow: string) => {
      await reset({ ...limit, rateWindow });
      const seen: number[] = [];
      for (const waitMs of [0, 20_000, 11_000, 0]) {
        await shop.control('POST', '/clock', { advanceMs: waitMs });
        seen.push((await shop.api('GET', '/teams')).status);
      }
      return seen;
    };
    expect(await statuses('fixed')).toEqual([200, 200, 200, 200]);
    expect(await statuses('sliding')).toEqual([200, 200, 200, 429]);
    await reset({ rateLimit: { requests: 1, windowMs: 30_000 }, rateHeaders: false });
    await shop.api('GET', '/teams');
    const refused = await shop.api('GET', '/teams');
    expect([refused.status, refused.headers.get('retry-after'), refused.headers.get('x-ratelimit-limit')]).toEqual([
      429,
      null,
      null,
    ]);
  });
});
