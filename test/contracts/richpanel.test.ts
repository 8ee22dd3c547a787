/** Richpanel's client against the sandbox's quirks and faults (reference §1–3, §11.3, §12.4, §13). */

import { afterEach, describe, expect, it } from 'vitest';
import { VendorError } from '../../functions/shared/errors.ts';
import { plain } from '../../functions/shared/restricted.testing.ts';
import { restrict } from '../../functions/shared/restricted.ts';
import { encodeVendorId } from '../../functions/shared/vendor-ids.ts';
import { httpShop, inProcessShop, NOON, type SandboxShop, type ShopOptions } from './shops.ts';

let shop: SandboxShop;
const open = async (options: ShopOptions = {}, id = 'conv-1', channel: 'email' | 'livechat' = 'email') => {
  shop = await inProcessShop(options);
  await shop.customerWrites(id, 'Where is it?', channel);
  return shop;
};
afterEach(() => shop.close());

const paths = () => shop.sandbox.journal().map((entry) => `${entry.method} ${entry.path}`);
const send = (text = 'Hello', mayWrite = () => true) =>
  shop.sender.send({ conversationId: 'conv-1', channel: 'email', text: restrict(text) }, 10_000, mayWrite);

describe('ids in paths (reference §3, §11.3)', () => {
  const messageId = '<CAx+1=nf/2@mail.example.test>';

  it('encodes a Message-ID once, as one segment', async () => {
    await open({}, messageId);
    const id = encodeVendorId(messageId) ?? '';
    expect((await shop.reader.ticket(id))?.id).toBe(id);
    await shop.tagger.addTags(id, ['mw-processed']);
    expect(paths()).toEqual([
      'GET /v1/tickets/%3CCAx%2B1%3Dnf%2F2%40mail.example.test%3E',
      'PUT /v1/tickets/%3CCAx%2B1%3Dnf%2F2%40mail.example.test%3E/add-tags',
    ]);
    expect(shop.sandbox.journal().some((entry) => entry.unencodedId)).toBe(false);
  });

  it.each(['404', '400'] as const)(
    'answers to one spelling of an id only, where unknown ids get %s: ingest has decoded what arrived with HTML entities',
    async (missingTicket) => {
      await open({ options: { missingTicket } }, messageId);
      const escaped = encodeVendorId(messageId.replaceAll('<', '&lt;').replaceAll('>', '&gt;')) ?? '';
      expect(await shop.reader.ticket(escaped)).toBeNull();
      await expect(shop.closer.close(escaped)).rejects.toBeInstanceOf(VendorError);
      expect(shop.sandbox.ticket(messageId)?.status).toBe('OPEN');
      await shop.sandbox.customerWrites({
        conversationId: messageId,
        text: 'x',
        order: { orderId: '7', amount: 1, items: [] },
      });
      expect(plain(await shop.orders.linked(encodeVendorId(messageId) ?? ''))).toMatchObject({ orderId: '7' });
      expect(plain(await shop.orders.linked(escaped))).not.toMatchObject({ orderId: '7' });
    },
  );
});

describe('who wrote (reference §2.3)', () => {
  it.each(['is_operator', 'isOperator', 'via.isOperator'] as const)('reads the flag as %s', async (operatorFlag) => {
    await open({ options: { operatorFlag } });
    await shop.agentWrites('conv-1', 'Hi');
    expect((await shop.reader.ticket('conv-1'))?.comments.map(({ author }) => author)).toEqual(['customer', 'agent']);
  });

  it('without a flag knows the customer by id, our seat by id, and nobody else', async () => {
    await open({ options: { operatorFlag: 'absent' } });
    await shop.agentWrites('conv-1', 'Hi');
    await send();
    const authors = (await shop.reader.ticket('conv-1'))?.comments.map(({ author }) => author);
    expect(authors).toEqual(['customer', 'unknown', 'bot']);
  });
});

describe('tags (reference §3.6)', () => {
  it.each(['id', 'name', 'mixed'] as const)('shows names where reads bring the form "%s"', async (tagForm) => {
    await open({ options: { tagForm } });
    await shop.tagger.addTags('conv-1', ['mw-processed', 'mw-tier-1', 'route-sales-team']);
    const ticket = await shop.reader.ticket('conv-1');
    expect([...(ticket?.tags ?? [])].sort()).toEqual(['mw-processed', 'mw-tier-1', 'route-sales-team']);
    expect(ticket?.assignedTeam).toBe('Sales Team');
    await shop.tagger.removeTags('conv-1', ['mw-tier-1']);
    expect([...((await shop.reader.ticket('conv-1'))?.tags ?? [])].sort()).toEqual([
      'mw-processed',
      'route-sales-team',
    ]);
  });

  it('reads the list of tags once, all pages of it, and only when an id is met', async () => {
    await open({ options: { tagForm: 'id', seedData: true } });
    await shop.reader.ticket('conv-1');
    expect(paths().filter((path) => path.includes('/tags?'))).toEqual([]);
    await shop.tagger.addTags('conv-1', ['mw-processed']);
    await shop.reader.ticket('conv-1');
    await shop.reader.ticket('conv-1');
    expect(paths().filter((path) => path.includes('/tags?'))).toEqual([
      'GET /v1/tags?page=1&per_page=100',
      'GET /v1/tags?page=2&per_page=100',
    ]);
  });
});

describe('messages', () => {
  it('escapes an e-mail for HTML and keeps its lines', async () => {
    await open();
    await send('a < b & c\nnext');
    expect(shop.outbox()).toEqual([{ conversationId: 'conv-1', text: 'a &lt; b &amp; c<br>next' }]);
  });

  it('does not send without a seat of its own', async () => {
    await open({ botId: null });
    await expect(send()).rejects.toMatchObject({ kind: 'auth', applied: 'no' });
    expect(paths()).toEqual([]);
  });

  it.each([
    ['write_then_5xx', 'server', 1],
    ['write_then_reset', 'network', 1],
    ['write_then_timeout', 'timeout', 1],
    ['timeout_before_write', 'timeout', 0],
    ['empty_200', 'parse', 1],
    ['malformed_json', 'parse', 1],
  ])('calls it unknown after %s, and does not repeat it', async (fault, errorKind, received) => {
    await open();
    shop.fault({ match: { method: 'PUT' }, fault });
    await expect(send()).rejects.toMatchObject({ kind: errorKind, applied: 'unknown' });
    expect(shop.outbox()).toHaveLength(received);
    expect(paths()).toHaveLength(1);
  });

  it('is provably unsent after 429, and still tried once only', async () => {
    await open();
    shop.fault({ match: { method: 'PUT' }, fault: { rate429: { retryAfter: 3 } } });
    await expect(send()).rejects.toMatchObject({ kind: 'rate_limited', applied: 'no', retryAfterMs: 3000 });
    expect(paths()).toHaveLength(1);
  });

  it('calls a refusal unknown: only 429 proves that nothing was sent (protocols §6)', async () => {
    await open({ botId: 'usr_nobody' });
    await expect(send()).rejects.toMatchObject({ kind: 'invalid', status: 400, applied: 'unknown' });
  });
});

describe('what may be repeated', () => {
  it.each([
    [{ status: { code: 503, body: 'html' } }, 1_000, 2_000],
    [{ rate429: { retryAfter: 4 } }, 4_000, 4_400],
    // Nobody calls for 2 s after one.
    ['rate429_noheader', 2_000, 2_400],
    ['malformed_json', 1_000, 2_000],
  ])('waits once after %j and reads again', async (fault, least, most) => {
    await open();
    shop.fault({ times: 1, fault });
    expect(await shop.reader.ticket('conv-1')).not.toBeNull();
    expect(paths()).toHaveLength(2);
    const waited = shop.waits.reduce((sum, ms) => sum + ms, 0);
    expect(waited).toBeGreaterThanOrEqual(least);
    expect(waited).toBeLessThanOrEqual(most);
  });

  it('reads a Retry-After that is a date', async () => {
    await open();
    shop.fault({ times: 2, fault: { rate429_date: { retryAfter: 8 } } });
    await expect(shop.reader.ticket('conv-1')).rejects.toMatchObject({ kind: 'rate_limited' });
    expect(shop.waits).toHaveLength(1);
  });

  it('leaves a wait of more than 10 s to the later queue (platform §5.4)', async () => {
    await open();
    shop.fault({ fault: { rate429: { retryAfter: 11 } } });
    await expect(shop.reader.ticket('conv-1')).rejects.toMatchObject({ retryAfterMs: 11_000 });
    expect(shop.waits).toEqual([]);
  });

  it('gives up after two attempts', async () => {
    await open();
    shop.fault({ fault: { status: { code: 500, body: 'json' } } });
    await expect(shop.tagger.addTags('conv-1', ['x'])).rejects.toMatchObject({ kind: 'server', applied: 'unknown' });
    expect(paths()).toHaveLength(2);
  });

  it('does not repeat a refusal', async () => {
    await open({ options: { apiKey: 'another-key' } });
    await expect(shop.reader.ticket('conv-1')).rejects.toMatchObject({ kind: 'auth', status: 401, applied: 'no' });
    expect(paths()).toHaveLength(1);
  });

  it('accepts an empty answer to a tag call: its schema is unknown', async () => {
    await open();
    shop.fault({ match: { method: 'PUT' }, fault: 'empty_200' });
    await shop.tagger.addTags('conv-1', ['mw-processed']);
    expect(shop.sandbox.ticket('conv-1')?.tags).toHaveLength(1);
  });

  it.each(['malformed_json', 'wrong_type', 'empty_200'])('does not take a read with %s for a ticket', async (fault) => {
    await open();
    shop.fault({ match: { method: 'GET' }, fault });
    await expect(shop.reader.ticket('conv-1')).rejects.toMatchObject({ kind: 'parse', applied: 'no' });
  });
});

it('writes nothing at all when it may only read', async () => {
  await open({ isReadOnly: true });
  const writes = [
    () => shop.tagger.addTags('conv-1', ['x']),
    () => shop.tagger.reopen('conv-1'),
    () => shop.closer.close('conv-1'),
    () => send(),
  ];
  for (const write of writes) await expect(write()).rejects.toMatchObject({ kind: 'read_only', applied: 'no' });
  expect(paths()).toEqual([]);
  expect(await shop.reader.ticket('conv-1')).not.toBeNull();
});

it('closes with the pair that is proven to close (reference §3.4)', async () => {
  await open();
  await shop.closer.close('conv-1');
  expect(shop.sandbox.journal().map((entry) => JSON.parse(entry.body))).toEqual([
    { ticket: { state: 'closed', status: 'CLOSED' } },
  ]);
});

it('reads every shape of the vendor (reference §12.5)', async () => {
  shop = await inProcessShop({ options: { seedData: true } });
  const ids = shop.sandbox.world.tickets.values().map((ticket) => ticket.id);
  const tickets = await Promise.all(ids.map((id) => shop.reader.ticket(encodeVendorId(id) ?? '')));
  const of = (number: number) => {
    const at = shop.sandbox.world.tickets.values().findIndex((ticket) => ticket.number === number);
    return tickets[at];
  };
  expect(tickets.every((ticket) => ticket?.comments.every((comment) => comment.createdAt <= NOON))).toBe(true);
  // 18 is closed; 19's last word is an agent's; 20 has `via: {}` and an operator's voice comment only.
  expect(of(20418)?.status).toBe('closed');
  expect(
    of(20419)
      ?.comments.toSorted((a, b) => a.createdAt - b.createdAt)
      .at(-1)?.author,
  ).toBe('agent');
  expect(of(20420)?.comments.map((comment) => comment.author)).toEqual(['agent']);
  // 21 has an empty profile and its address in `via` only; 7 is WhatsApp, which nobody mapped; 24 is a file without text.
  expect(plain(of(20421)?.customer)).toMatchObject({ id: null, email: expect.stringContaining('@'), firstName: null });
  expect(of(20407)?.channel).toBe('unknown');
  expect(plain(of(20424)?.comments[0])).toMatchObject({ text: '', attachments: 1 });
});

it('never opens a socket to another host', async () => {
  shop = await httpShop();
  const { liveHttpTransport } = await import('../../functions/shared/helpdesk/live-http.ts');
  for (const url of [
    'http://api.richpanel.com/v1',
    'https://api.richpanel.com.example/v1',
    'https://u:p@api.richpanel.com',
    'http://192.0.2.1',
  ])
    expect(() => liveHttpTransport(url), url).toThrow('allowed host');
  expect(() => liveHttpTransport('https://api.richpanel.com/v1')).not.toThrow();
});
