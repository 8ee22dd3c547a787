/** reference/richpanel-api.md §12.4: every fault switch, told apart by what the caller sees and what the shop knows. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Answer, openShop, type TestShop, ticketIn } from './testing.ts';

let shop: TestShop;
beforeEach(async () => {
  shop = await openShop({ rateLimit: null });
  await shop.control('POST', '/messages', { conversationId: 'c', text: 'hello' });
});
afterEach(() => shop.close());

const fault = (body: object) => shop.control('POST', '/faults', body);
const send = (): Promise<Answer> =>
  shop.api('PUT', '/tickets/c/send-message', { body: 'reply', author_id: 'usr_bot_01' });
const read = (): Promise<Answer> => shop.api('GET', '/tickets/c');
const noFaults = () => shop.control('DELETE', '/faults');

/** What is true, whatever a caller was told: texts in the ticket, and how many the customer received. */
async function truth(): Promise<[string[], number]> {
  const tickets = (await shop.control('GET', '/tickets?id=c')).body as { comments: { plain_body: string }[] }[];
  return [tickets[0]?.comments.map((comment) => comment.plain_body) ?? [], shop.sandbox.outbox().length];
}

describe('instead of the call', () => {
  it.each([
    [{ fault: 'rate429', retryAfter: 7 }, 429, '7'],
    [{ fault: 'rate429_noheader' }, 429, null],
    [{ fault: 'rate429_date', params: { retryAfter: 7 } }, 429, 'Mon, 12 Jan 2026 09:00:07 GMT'],
    [{ fault: 'status', code: 503 }, 503, null],
    [{ fault: { name: 'status', code: 502, body: 'html' } }, 502, null],
    [{ fault: { status: { code: 504, body: 'empty' } } }, 504, null],
    [{ fault: 'noop_200' }, 200, null],
  ])('%j answers %i and writes nothing', async (rule, status, retryAfter) => {
    await fault(rule);
    const answer = await send();
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([status, retryAfter]);
    expect(await truth()).toEqual([['hello'], 0]);
  });

  it('holds the answer without writing, then the connection ends', async () => {
    await fault({ fault: 'timeout_before_write', ms: 30 });
    await expect(send()).rejects.toThrow();
    expect(await truth()).toEqual([['hello'], 0]);
  });

  it('revokes the key from now on, until the faults are taken back', async () => {
    await fault({ fault: 'auth_revoked', times: 1 });
    expect([(await send()).status, (await read()).status]).toEqual([401, 401]);
    await noFaults();
    expect((await read()).status).toBe(200);
    expect(await truth()).toEqual([['hello'], 0]);
  });
});

describe('after the write', () => {
  it.each([
    [{ fault: 'write_then_5xx' }, 500],
    [{ fault: 'write_then_5xx', code: 502 }, 502],
    [{ fault: 'wrong_type' }, 200],
    [{ fault: 'empty_200' }, 200],
    [{ fault: 'malformed_json' }, 200],
  ])('%j answers %i although it was sent', async (rule, status) => {
    await fault(rule);
    expect((await send()).status).toBe(status);
    expect(await truth()).toEqual([['hello', 'reply'], 1]);
  });

  it.each([{ fault: 'write_then_reset' }, { fault: 'write_then_timeout', ms: 30 }])(
    '%j gives no answer although it was sent',
    async (rule) => {
      await fault(rule);
      await expect(send()).rejects.toThrow();
      expect(await truth()).toEqual([['hello', 'reply'], 1]);
    },
  );

  it('sends without showing, and shows without sending', async () => {
    await fault({ fault: 'sent_not_visible', times: 1 });
    await send();
    expect(await truth()).toEqual([['hello'], 1]);
    await noFaults();
    await fault({ fault: 'visible_not_sent' });
    await send();
    expect(await truth()).toEqual([['hello', 'reply'], 1]);
  });
});

describe('reads', () => {
  it('answers what is no JSON, no object, or nothing', async () => {
    const answers: unknown[] = [];
    for (const rule of [
      { fault: 'malformed_json' },
      { fault: 'wrong_type' },
      { fault: { name: 'wrong_type', as: 'array' } },
      { fault: 'empty_200' },
    ]) {
      await fault(rule);
      answers.push((await read()).body);
      await noFaults();
    }
    expect(answers).toEqual([expect.stringMatching(/^\{"ticket"/), expect.stringMatching(/^<html>/), [], '']);
  });

  it('shows the state before the last write', async () => {
    await send();
    await fault({ fault: 'stale_read', ms: 5_000, match: { method: 'GET' } });
    expect(ticketIn(await read()).comments).toHaveLength(0);
    await shop.control('POST', '/clock', { advanceMs: 5_000 });
    expect(ticketIn(await read()).comments).toHaveLength(2);
  });

  it('drops fields', async () => {
    await fault({ fault: 'missing_fields', paths: ['is_operator', 'customer_profile'] });
    const ticket = ticketIn(await read());
    expect(['customer_profile' in ticket, 'is_operator' in (ticket.comments[0] ?? {}), 'via' in ticket]).toEqual([
      false,
      false,
      true,
    ]);
  });

  it.each(['all', 'body'])('is slow with %s but correct', async (part) => {
    await fault({ fault: { name: 'slow', ms: 60, part } });
    const startedAt = performance.now();
    expect(ticketIn(await read()).id).toBe('c');
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(55);
  });
});

describe('others act in between', () => {
  it('an agent answers after the read, before the write', async () => {
    await fault({ fault: 'concurrent_agent_reply', match: { method: 'GET' }, times: 1 });
    expect(ticketIn(await read()).comments).toHaveLength(1);
    expect(ticketIn(await read()).comments.at(-1)).toMatchObject({ author_id: 'usr_07', is_operator: true });
    expect(shop.sandbox.outbox()).toEqual([]);
  });

  it('an agent answers just before a write that is on its way', async () => {
    await fault({ fault: 'concurrent_agent_reply', text: 'mine', match: { path: '/send-message' }, times: 1 });
    await send();
    expect(await truth()).toEqual([['hello', 'mine', 'reply'], 1]);
  });

  it('a customer writes again after the read, later if told so', async () => {
    await fault({
      fault: 'concurrent_customer_message',
      afterMs: 500,
      text: 'wait',
      match: { method: 'GET' },
      times: 1,
    });
    await read();
    expect(ticketIn(await read()).comments).toHaveLength(1);
    await shop.control('POST', '/clock', { advanceMs: 500 });
    expect(ticketIn(await read()).comments.at(-1)).toMatchObject({ plain_body: 'wait', is_operator: false });
  });
});

describe('which requests a rule hits', () => {
  const five = async (): Promise<number[]> => {
    const statuses: number[] = [];
    for (let count = 0; count < 5; count += 1) statuses.push((await read()).status);
    return statuses;
  };

  it('the n-th, every so many, so many times, by chance', async () => {
    await fault({ fault: 'status', match: { nth: 3 } });
    expect(await five()).toEqual([200, 200, 500, 200, 200]);
    await noFaults();
    await fault({ fault: 'status', match: { every: 2 } });
    expect(await five()).toEqual([200, 500, 200, 500, 200]);
    await noFaults();
    await fault({ fault: 'status', times: 2 });
    expect(await five()).toEqual([500, 500, 200, 200, 200]);
    await noFaults();
    await fault([
      { fault: 'status', probability: 0 },
      { fault: 'rate429', probability: 1 },
    ]);
    expect(await five()).toEqual([429, 429, 429, 429, 429]);
  });

  it('chance repeats with the seed', async () => {
    const run = async (): Promise<number[]> => {
      await shop.control('POST', '/reset', { seed: 11 });
      await shop.control('POST', '/messages', { conversationId: 'c', text: 'x' });
      await fault({ fault: 'status', probability: 0.5 });
      return [...(await five()), ...(await five())];
    };
    const first = await run();
    expect(await run()).toEqual(first);
    expect(new Set(first)).toEqual(new Set([200, 500]));
  });

  it.each([
    ['/v1/tickets/*', [500, 200]],
    ['/tickets/*/send-message', [200, 500]],
    ['/v1/**', [500, 500]],
    ['/v1/tickets/:id/send-message', [200, 500]],
    ['send-message$', [200, 500]],
    ['/v1/order/*', [200, 200]],
  ])('path %s → read, send %j', async (path, statuses) => {
    await fault({ fault: 'status', match: { path } });
    expect([(await read()).status, (await send()).status]).toEqual(statuses);
  });

  it('one ticket, one method', async () => {
    await fault({ fault: 'status', match: { ticketId: 'c', method: 'put' } });
    const other = encodeURIComponent('<seed.20402@mail.example.test>');
    const statuses = [
      await read(),
      await send(),
      await shop.api('PUT', `/tickets/${other}/add-tags`, { tags: ['vip'] }),
    ];
    expect(statuses.map((answer) => answer.status)).toEqual([200, 500, 200]);
  });

  it('one request by header, which comes before the rules', async () => {
    await fault({ fault: 'status' });
    expect((await shop.api('GET', '/tickets/c', undefined, { 'x-sandbox-fault': 'rate429' })).status).toBe(429);
  });

  it('refuses a header that names no fault, so that a typing error is no silent success', async () => {
    expect((await shop.api('GET', '/tickets/c', undefined, { 'x-sandbox-fault': 'rate_429' })).status).toBe(400);
  });

  it('tells how often each was seen and hit', async () => {
    await fault({ fault: 'status', times: 1, match: { method: 'GET' } });
    await five();
    expect((await shop.control('GET', '/faults')).body).toEqual({
      faults: [{ fault: 'status', times: 1, match: { method: 'GET' }, seen: 5, hits: 1 }],
    });
  });

  it.each([
    [{ fault: 'no_such' }, 'unknown fault'],
    [{}, 'fault'],
    [{ fault: 'slow', times: 0 }, 'times'],
    [{ fault: 'slow', match: { path: '(' } }, 'pattern'],
    [[{ fault: 'slow' }, { fault: 'nope' }], 'unknown fault'],
  ])('refuses %j and adds nothing', async (body, words) => {
    const answer = await fault(body);
    expect([answer.status, JSON.stringify(answer.body)]).toEqual([400, expect.stringContaining(words)]);
    expect((await shop.control('GET', '/faults')).body).toEqual({ faults: [] });
  });
});
