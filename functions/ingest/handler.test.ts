import { describe, expect, it } from 'vitest';
import type { AnyEvent } from '../../events/define-event.ts';
import { messageRecordKey } from '../shared/ledger/keys.ts';
import { TEST_TOKEN, testWorld } from '../shared/testing.ts';
import { ingest } from './handler.ts';

type Request = {
  method?: string;
  path?: string;
  headers?: Record<string, string>;
  body?: string;
  isBase64Encoded?: boolean;
};

function door() {
  const world = testWorld();
  const container = world.container('ingest');
  const handle = ingest(container);
  const call = async ({
    method = 'POST',
    path = '/webhook',
    headers = {},
    body = '',
    isBase64Encoded = false,
  }: Request) => {
    const answer = await handle({
      rawPath: path,
      headers: { 'x-richpanel-webhook-token': TEST_TOKEN, 'content-type': 'application/json', ...headers },
      body,
      isBase64Encoded,
      requestContext: { http: { method } },
    });
    return { status: answer.statusCode, body: JSON.parse(answer.body) as Record<string, string> };
  };
  const send = (body: unknown) => call({ body: JSON.stringify(body) });
  return { ...world, container, call, send };
}

const WEBHOOK = { ticket_id: 't-1', trigger: 'customer_message', message_id: 'm-1' };

describe('ingest answers as platform §3.3 says', () => {
  it.each<{ when: string; request: Request; status: number; error: string }>([
    {
      when: 'another path',
      request: { path: '/elsewhere', body: JSON.stringify(WEBHOOK) },
      status: 404,
      error: 'not_found',
    },
    { when: 'another method', request: { method: 'GET' }, status: 405, error: 'method_not_allowed' },
    {
      when: 'a body of 32 KB and one byte',
      request: { body: `"${'x'.repeat(32 * 1024 - 1)}"` },
      status: 413,
      error: 'payload_too_large',
    },
    {
      when: 'a declared size above 32 KB',
      request: { headers: { 'content-length': '32769' }, body: '{}' },
      status: 413,
      error: 'payload_too_large',
    },
    {
      when: 'no token',
      request: { headers: { 'x-richpanel-webhook-token': '' }, body: JSON.stringify(WEBHOOK) },
      status: 401,
      error: 'unauthorized',
    },
    {
      when: 'a wrong token',
      request: { headers: { 'x-richpanel-webhook-token': `${TEST_TOKEN}x` }, body: JSON.stringify(WEBHOOK) },
      status: 401,
      error: 'unauthorized',
    },
    {
      when: 'a form content type',
      request: { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'a=b' },
      status: 415,
      error: 'unsupported_media_type',
    },
    { when: 'no JSON', request: { body: '{"ticket_id": ' }, status: 400, error: 'invalid_json' },
    { when: 'a JSON list', request: { body: '[1]' }, status: 400, error: 'invalid_json' },
    {
      when: 'no ticket id',
      request: { body: JSON.stringify({ trigger: 'customer_message' }) },
      status: 400,
      error: 'invalid_payload',
    },
    {
      when: 'an id that is still a placeholder',
      request: { body: JSON.stringify({ ticket_id: '{{ticket.id}}', trigger: 'customer_message' }) },
      status: 400,
      error: 'invalid_payload',
    },
    {
      when: 'no trigger',
      request: { body: JSON.stringify({ ticket_id: 't-1' }) },
      status: 400,
      error: 'invalid_payload',
    },
  ])('$when → $status $error, and nothing is recorded', async ({ request, status, error }) => {
    const { call, bus, store } = door();
    expect(await call(request)).toEqual({ status, body: { error } });
    expect(bus.published).toEqual([]);
    expect(store.tables.get('idempotency')?.size ?? 0).toBe(0);
  });

  it('says the same whether the token is missing or wrong, and echoes no value', async () => {
    const { call } = door();
    const wrong = await call({
      headers: { 'x-richpanel-webhook-token': 'wrong' },
      body: '{"ticket_id":"secret-value"}',
    });
    const missing = await call({ headers: { 'x-richpanel-webhook-token': '' }, body: '' });
    expect(wrong).toEqual(missing);
    const invalid = await call({
      body: JSON.stringify({ ticket_id: { nested: 'secret-value' }, trigger: 'customer_message' }),
    });
    expect(JSON.stringify(invalid)).not.toContain('secret-value');
  });

  it('ignores an unknown trigger with 200', async () => {
    const { send, bus } = door();
    expect(await send({ ...WEBHOOK, trigger: 'agent_message' })).toEqual({ status: 200, body: { status: 'ignored' } });
    expect(bus.published).toEqual([]);
  });

  it.each(['x-middleware-token', 'x-richpanel-webhook-token'])('takes the token in %s', async (header) => {
    const { call } = door();
    const headers = { 'x-richpanel-webhook-token': '', [header]: TEST_TOKEN };
    expect((await call({ headers, body: JSON.stringify(WEBHOOK) })).status).toBe(200);
  });

  it('accepts text/plain, a missing content type, base64 and ids that are numbers', async () => {
    const { call } = door();
    const body = Buffer.from(JSON.stringify({ ...WEBHOOK, ticket_id: 20417 })).toString('base64');
    expect(
      (await call({ headers: { 'content-type': 'text/plain; charset=utf-8' }, body, isBase64Encoded: true })).status,
    ).toBe(200);
    expect(
      (await call({ headers: { 'content-type': '' }, body: JSON.stringify({ ...WEBHOOK, message_id: 'm-2' }) })).status,
    ).toBe(200);
  });
});

describe('ingest makes a message durable, then a fact', () => {
  it('records, publishes with the same event id, and answers accepted', async () => {
    const { send, bus, store } = door();
    const answer = await send(WEBHOOK);
    const record = await store.get('idempotency', { key: messageRecordKey('t-1', 'm-1') });
    const [fact] = bus.published.map(({ detail }) => JSON.parse(detail) as AnyEvent);
    expect(answer).toEqual({ status: 200, body: { status: 'accepted', event_id: record?.event_id } });
    expect(record).toMatchObject({ status: 'RECEIVED', open: 'evt', key_kind: 'message' });
    expect(fact?.metadata).toMatchObject({
      eventName: 'MessageReceived',
      eventId: record?.event_id,
      conversationSeq: null,
      messageKey: 'm-1',
      hops: 0,
    });
  });

  it('takes an id that a template engine escaped for the plain one', async () => {
    const { send, bus } = door();
    await send({ ...WEBHOOK, ticket_id: '&lt;CAx+1@mail.example.test&gt;' });
    expect(bus.published[0]?.detail).toContain('b64u.PENBeCsxQG1haWwuZXhhbXBsZS50ZXN0Pg');
    expect(bus.published[0]?.detail).not.toContain('mail.example.test');
  });

  it('carries a Message-ID as base64url and never as it is', async () => {
    const { send, bus } = door();
    await send({ ...WEBHOOK, ticket_id: '<CAx+1@mail.example.test>' });
    expect(bus.published[0]?.detail).toContain('b64u.PENBeCsxQG1haWwuZXhhbXBsZS50ZXN0Pg');
    expect(bus.published[0]?.detail).not.toContain('mail.example.test');
  });

  it('never lets inline text onto the bus', async () => {
    const { send, bus, store } = door();
    await send({ ticket_id: 't-1', trigger: 'customer_message', message: 'my order 4711 never came' });
    expect(JSON.stringify(bus.published)).not.toContain('4711');
    expect(JSON.stringify([...(store.tables.get('idempotency')?.values() ?? [])])).not.toContain('4711');
  });

  it.each([2, 100])('answers %i copies of one webhook with one fact', async (copies) => {
    const { send, bus } = door();
    const answers = [];
    for (let copy = 0; copy < copies; copy += 1) answers.push(await send(WEBHOOK));
    expect(bus.published).toHaveLength(1);
    expect(new Set(answers.map(({ body }) => body.event_id)).size).toBe(1);
    expect(answers.map(({ body }) => body.status)).toEqual(['accepted', ...Array(copies - 1).fill('duplicate')]);
  });

  it('republishes the stored root, with its id, when a duplicate finds it RECEIVED for more than 10 s', async () => {
    const { send, bus, clock } = door();
    await send(WEBHOOK);
    clock.advance(10_000);
    await send(WEBHOOK);
    expect(bus.published).toHaveLength(1);
    clock.advance(1);
    await send(WEBHOOK);
    const ids = bus.published.map(({ detail }) => (JSON.parse(detail) as AnyEvent).metadata.eventId);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });
});

describe('a webhook without a message id', () => {
  const MINIMAL = { ticket_id: 't-1', trigger: 'customer_message' };

  it('merges into the bucket of 10 s until somebody has looked', async () => {
    const { send, store, bus, clock } = door();
    const first = await send(MINIMAL);
    clock.advance(2_000);
    const second = await send(MINIMAL);
    expect(second.body).toEqual({ status: 'duplicate', event_id: first.body.event_id });
    const [record] = [...(store.tables.get('idempotency')?.values() ?? [])];
    expect(record?.last_webhook_at).toBe(clock.now());
    expect(bus.published).toHaveLength(1);
  });

  it.each([
    { why: 'is settled', set: { status: 'SETTLED' } },
    { why: 'was looked at', set: { looked_at: 1 } },
  ])('becomes a new message under the next discriminator when the record $why', async ({ set }) => {
    const { send, store, bus, clock } = door();
    await send(MINIMAL);
    const [key] = [...(store.tables.get('idempotency')?.keys() ?? [])];
    await store.update('idempotency', { key: key ?? '' }, { set });
    clock.advance(1_000);
    const next = await send(MINIMAL);
    expect(next.body.status).toBe('accepted');
    expect([...(store.tables.get('idempotency')?.keys() ?? [])]).toEqual([key, `${key}:1`]);
    expect(bus.published).toHaveLength(2);
  });

  it('answers 500 when no discriminator is left, and records nothing more', async () => {
    const { send, store } = door();
    for (let index = 0; index < 6; index += 1) {
      await send(MINIMAL);
      for (const key of store.tables.get('idempotency')?.keys() ?? [])
        await store.update('idempotency', { key }, { set: { looked_at: 1 } });
    }
    expect(await send(MINIMAL)).toEqual({ status: 500, body: { error: 'internal_error' } });
  });
});

describe('when the ground fails', () => {
  it('answers 500 when the record cannot be put', async () => {
    const { call, container } = door();
    Object.assign(container.store, { put: () => Promise.reject(new Error('down')) });
    expect(await call({ body: JSON.stringify(WEBHOOK) })).toEqual({ status: 500, body: { error: 'internal_error' } });
  });

  it('answers 500 when the bus refuses the entry inside a success, and leaves the record RECEIVED for the sweeper', async () => {
    const { send, store, bus } = door();
    Object.assign(bus, { putEvents: async () => ({ failed: [{ index: 0, code: 'ThrottlingException' }] }) });
    expect((await send(WEBHOOK)).status).toBe(500);
    expect(await store.get('idempotency', { key: messageRecordKey('t-1', 'm-1') })).toMatchObject({
      status: 'RECEIVED',
      open: 'evt',
    });
  });
});

describe('what an agent says by tag (platform §9.6)', () => {
  const SAID = { ticket_id: 't-1', trigger: 'agent_feedback', sent_at: '2026-01-01T00:00:00Z' };

  it.each([
    { as: 'one tag', body: { tag: 'mw_feedback_misroute' } },
    { as: 'a list', body: { tags: ['mw-processed', 'mw:feedback:misroute'] } },
    { as: 'names with commas between', body: { tags: 'vip,mw-feedback-misroute, mw_feedback_misroute' } },
  ])('$as: the code is stated, about the ticket and no message', async ({ body }) => {
    const { send, bus } = door();
    const answer = await send({ ...SAID, ...body });
    const facts = bus.published.map(({ detail }) => JSON.parse(detail) as AnyEvent);
    expect(facts.map(({ metadata, data }) => [metadata.eventName, metadata.conversationId, data])).toEqual([
      ['AgentFeedbackReceived', 't-1', { tagCodes: ['mw:feedback:misroute'], appliedAt: '2026-01-01T00:00:00.000Z' }],
    ]);
    expect(facts[0]?.metadata).toMatchObject({ producer: 'ingest', messageKey: null, rootEventId: null });
    expect(answer).toEqual({ status: 200, body: { status: 'accepted', event_id: facts[0]?.metadata.eventId } });
  });

  it('said again it is a duplicate of the one fact', async () => {
    const { send, bus, clock } = door();
    const first = await send({ ...SAID, tag: 'mw:feedback:bad_reply' });
    clock.advance(60_000);
    const second = await send({ ...SAID, tag: 'mw-feedback-bad-reply' });
    expect(second.body).toEqual({ status: 'duplicate', event_id: first.body.event_id });
    expect(bus.published).toHaveLength(1);
  });

  it.each([
    { when: 'no tag is feedback', body: { tags: 'vip,mw-processed' } },
    { when: 'a tag holds words of its own', body: { tag: 'mw:feedback:jane_is_angry' } },
    { when: 'no tag is named', body: {} },
  ])('ignored where $when', async ({ body }) => {
    const { send, bus, store } = door();
    expect(await send({ ...SAID, ...body })).toEqual({ status: 200, body: { status: 'ignored' } });
    expect([bus.published, store.tables.get('idempotency')?.size ?? 0]).toEqual([[], 0]);
  });

  it('a customer’s message that names tags is a message', async () => {
    const { send, bus } = door();
    await send({ ...WEBHOOK, tags: 'mw:feedback:misroute' });
    expect(bus.published.map(({ detailType }) => detailType)).toEqual(['MessageReceived']);
  });
});
