/** Every method of proof and every check of platform §3.3, through the front door of ingest. */
import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { AUTH_METHODS, type AuthMethod } from '../../events/auth-methods.ts';
import type { AnyEvent } from '../../events/define-event.ts';
import { testWorld } from '../shared/testing.ts';
import { ingest } from './handler.ts';

const TOKEN = 'e5'.repeat(32);
const KEY = Buffer.alloc(32, 'k');
const WEBHOOK = { ticket_id: 't-1', trigger: 'customer_message', message_id: 'm-1' };

type Request = {
  readonly path?: string;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
};

function door(method: AuthMethod, secrets: readonly string[] = [method === 'standard_webhooks' ? whsec(KEY) : TOKEN]) {
  const world = testWorld();
  world.secrets.values.set('richpanel/webhook_token', JSON.stringify({ active_tokens: secrets }));
  const made = world.container('ingest');
  const auth = { ...made.config.webhook.auth, local: method };
  const handle = ingest({ ...made, config: { ...made.config, webhook: { auth } } });
  const call = async ({ path = '/webhook', query = '', headers = {}, body = '', isBase64Encoded = false }: Request) => {
    const answer = await handle({
      rawPath: path,
      rawQueryString: query,
      headers,
      body,
      isBase64Encoded,
      requestContext: { http: { method: 'POST' } },
    });
    return { status: answer.statusCode, body: JSON.parse(answer.body) as Record<string, string> };
  };
  /** The body with the proof of the stage's method. */
  const prove = (body: string): Request => {
    const timestamp = String(world.clock.now() / 1000);
    switch (method) {
      case 'header_token':
        return { headers: { 'x-richpanel-webhook-token': TOKEN }, body };
      case 'body_token':
        return { body: body.replace('{', `{"token":"${TOKEN}",`) };
      case 'url_token':
        return { path: `/webhook/${TOKEN}`, body };
      case 'hmac': {
        const signature = createHmac('sha256', TOKEN).update(`${timestamp}.${body}`).digest('hex');
        return { headers: { 'x-signature': signature, 'x-timestamp': timestamp }, body };
      }
      case 'standard_webhooks': {
        const signature = createHmac('sha256', KEY).update(`msg_1.${timestamp}.${body}`).digest('base64');
        const headers = {
          'webhook-id': 'msg_1',
          'webhook-timestamp': timestamp,
          'webhook-signature': `v1,${signature}`,
        };
        return { headers, body };
      }
      default:
        return method satisfies never;
    }
  };
  const facts = () => world.bus.published.map(({ detail }) => JSON.parse(detail) as AnyEvent);
  return { ...world, telemetry: made.telemetry, call, prove, facts };
}

function whsec(key: Buffer): string {
  return `whsec_${key.toString('base64')}`;
}

describe.each(AUTH_METHODS)('a stage that takes %s', (method) => {
  it('accepts a proven webhook, states the method truly, measures the slot', async () => {
    const { call, prove, facts, telemetry } = door(method);
    expect((await call(prove(JSON.stringify(WEBHOOK)))).body.status).toBe('accepted');
    expect(facts()[0]?.data).toMatchObject({ authMethod: method, payloadFieldCount: 3 });
    expect(telemetry.counts.get('ingress.auth_token_slot')).toBe(1);
  });

  it('has one fixed answer for whoever proves nothing, whatever the body, type and field', async () => {
    const { call, facts } = door(method);
    const answers = await Promise.all(
      [
        {},
        { body: '{"ticket_id":' },
        { body: JSON.stringify({ ...WEBHOOK, token: 'wrong' }) },
        { headers: { 'content-type': 'image/png' }, body: '\u0000' },
        { headers: { 'x-richpanel-webhook-token': 'wrong' }, query: 'token=wrong' },
        { headers: { 'x-signature': 'f'.repeat(64), 'x-timestamp': '1' } },
      ].map(call),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(
      new Set([JSON.stringify({ status: 401, body: { error: 'unauthorized' } })]),
    );
    expect(facts()).toEqual([]);
  });

  it('answers a replayed request as a duplicate, with one fact', async () => {
    const { call, prove, facts } = door(method);
    const request = prove(JSON.stringify(WEBHOOK));
    const answers = [];
    for (let copy = 0; copy < 100; copy += 1) answers.push((await call(request)).body.status);
    expect(answers).toEqual(['accepted', ...Array(99).fill('duplicate')]);
    expect(facts()).toHaveLength(1);
  });

  it('without a message id a replay is a duplicate for the same ten seconds, and then one further fact', async () => {
    const { call, prove, facts, clock } = door(method);
    const request = prove(JSON.stringify({ ticket_id: 't-1', trigger: 'customer_message' }));
    const answers = [];
    for (const wait of [0, 9_999, 1, 9_999]) {
      clock.advance(wait);
      answers.push((await call(request)).body.status);
    }
    expect(answers).toEqual(['accepted', 'duplicate', 'accepted', 'duplicate']);
    expect(facts().map(({ metadata }) => metadata.eventName)).toEqual(['MessageReceived', 'MessageReceived']);
  });

  it('leaves no trace of secret or proof on the bus, in the ledger, in logs or in the answer', async () => {
    const { call, prove, bus, store, telemetry } = door(method);
    const request = prove(JSON.stringify({ ...WEBHOOK, message: 'where is it' }));
    const answer = await call(request);
    const kept = JSON.stringify([bus.published, [...(store.tables.get('idempotency') ?? [])], telemetry.lines, answer]);
    const { 'webhook-timestamp': _, 'x-timestamp': __, ...proof } = request.headers ?? {};
    for (const secret of [TOKEN, KEY.toString('base64'), ...Object.values(proof)]) expect(kept).not.toContain(secret);
  });

  it.each([
    ['an unreadable secret', ''],
    ['a secret below 32 bytes', JSON.stringify({ active_tokens: ['short'] })],
    ['no secret', JSON.stringify({ active_tokens: [] })],
  ])('lets nobody in by %s', async (_, value) => {
    const { call, prove, secrets, facts } = door(method);
    secrets.values.set('richpanel/webhook_token', value);
    expect(await call(prove(JSON.stringify(WEBHOOK)))).toEqual({ status: 500, body: { error: 'internal_error' } });
    expect(facts()).toEqual([]);
  });
});

describe('the token in the body', () => {
  it('is gone before the fingerprint: a rotation changes no fingerprint', async () => {
    const next = 'f6'.repeat(32);
    const prints = [];
    for (const token of [TOKEN, next]) {
      const { call, facts } = door('body_token', [next, TOKEN]);
      await call({ body: JSON.stringify({ ...WEBHOOK, token }) });
      prints.push(facts()[0]?.data.payloadFingerprint);
    }
    expect(prints[0]).toMatch(/^h_/);
    expect(prints[1]).toBe(prints[0]);
  });
});

describe('paths', () => {
  it('below /webhook/ there is a door only where the URL carries the token', async () => {
    const { call } = door('header_token');
    const headers = { 'x-richpanel-webhook-token': TOKEN };
    expect((await call({ path: `/webhook/${TOKEN}`, headers, body: JSON.stringify(WEBHOOK) })).status).toBe(404);
    const { call: byUrl } = door('url_token');
    const status = async (path: string) => (await byUrl({ path, body: JSON.stringify(WEBHOOK) })).status;
    expect([await status('/webhook/x/y'), await status('/webhook/'), await status('/webhook/wrong')]).toEqual([
      404, 404, 401,
    ]);
  });
});

describe('the order of checks', () => {
  const big = JSON.stringify({ ...WEBHOOK, filler: 'x'.repeat(40_000) });
  const { call } = door('header_token');
  const headers = { 'x-richpanel-webhook-token': TOKEN };
  const encoded = (body: string) => ({ headers, body: Buffer.from(body).toString('base64'), isBase64Encoded: true });
  const exactly = (bytes: number) => {
    const [head, tail] = ['{"ticket_id":"t-1","trigger":"x","filler":"', '"}'];
    return `${head}${'x'.repeat(bytes - head.length - tail.length)}${tail}`;
  };

  it.each<[string, Request, number]>([
    ['too large comes before unauthorised', { body: big }, 413],
    ['too large as base64', encoded(big), 413],
    ['base64 whose text alone is too long', { headers, body: 'A'.repeat(43_693), isBase64Encoded: true }, 413],
    ['32 KB', { headers, body: exactly(32_768) }, 200],
    ['32 KB and a byte', { headers, body: exactly(32_769) }, 413],
    ['32 KB in base64', encoded(exactly(32_768)), 200],
    ['32 KB and a byte in base64', encoded(exactly(32_769)), 413],
    ['32 KB of characters that are more bytes', { headers, body: `{"filler":"${'ü'.repeat(17_000)}"}` }, 413],
    ['a declared length that is no number', { headers: { ...headers, 'content-length': '12,12' }, body: '{}' }, 413],
    ['a negative length', { headers: { ...headers, 'content-length': '-1' }, body: '{}' }, 413],
    ['unauthorised comes before the type', { headers: { 'content-type': 'image/png' }, body: '{' }, 401],
    ['the type comes before JSON', { headers: { ...headers, 'content-type': 'image/png' }, body: '{' }, 415],
    ['JSON comes before the schema', { headers, body: '{"ticket_id":{},' }, 400],
  ])('%s', async (_, request, status) => {
    expect((await call(request)).status).toBe(status);
  });

  it.each([
    ['a key twice', '{"ticket_id":"t-1","ticket_id":"t-2","trigger":"customer_message"}', 'invalid_json'],
    ['text that is no base64', '*not base64*', 'invalid_json'],
    ['bytes that are no UTF-8', Buffer.from([0x7b, 0xff, 0x7d]).toString('base64'), 'invalid_json'],
  ])('never falls back to the raw body: %s', async (_, body, error) => {
    const isBase64Encoded = !body.startsWith('{');
    expect(await call({ headers, body, isBase64Encoded })).toEqual({ status: 400, body: { error } });
  });
});

describe('fields', () => {
  const send = async (payload: string) => {
    const { call, prove, facts, store } = door('header_token');
    const answer = await call(prove(payload));
    return {
      ...answer,
      fact: facts()[0],
      kept: JSON.stringify([facts(), [...(store.tables.get('idempotency') ?? [])]]),
    };
  };

  it('that nobody knows are dropped and never forwarded', async () => {
    const { status, kept } = await send(
      JSON.stringify({ ...WEBHOOK, admin: true, note: 'unknown-value', deep: { er: ['unknown-value'] } }),
    );
    expect(status).toBe(200);
    expect(kept).not.toMatch(/unknown-value|admin|deep/);
  });

  it('named __proto__ or constructor change nothing', async () => {
    const { fact } = await send(
      '{"ticket_id":"t-1","trigger":"customer_message","__proto__":{"message_id":"m-9","x":1},"constructor":{"prototype":{"x":1}}}',
    );
    expect(fact?.data).toMatchObject({ keyKind: 'bucket', payloadFieldCount: 4 });
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });

  it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])(
    'a channel called %s is unknown',
    async (channel) => {
      const { status, fact } = await send(JSON.stringify({ ...WEBHOOK, channel }));
      expect([status, fact?.metadata.channel]).toEqual([200, 'unknown']);
    },
  );

  it.each([
    ['a number that JSON cannot hold', '9007199254740993', 400],
    ['a fraction', '1.5', 400],
    ['an endless number', '1e999', 400],
    ['half a surrogate pair', '"\\ud800"', 400],
    ['half a surrogate pair as an entity', '"&#55296;"', 400],
    ['a list', '["t-1"]', 400],
    ['true', 'true', 400],
    ['512 characters', `"${'t'.repeat(512)}"`, 200],
    ['513 characters', `"${'t'.repeat(513)}"`, 400],
    ['512 after the codec', `"${'<'.repeat(380)}"`, 200],
    ['more than 512 after the codec', `"${'<'.repeat(381)}"`, 400],
  ])('a ticket id that is %s', async (_, id, status) => {
    expect((await send(`{"ticket_id":${id},"trigger":"customer_message"}`)).status).toBe(status);
  });

  it.each([
    '0000-01-01T00:00:00+23:59',
    '9999-12-31T23:59:59-23:59',
    '+275760-09-13T00:00:00Z',
    '1',
    'yesterday',
    '{{x}}',
  ])('a time %j that no fact can hold counts as none', async (sentAt) => {
    const { status, fact } = await send(JSON.stringify({ ...WEBHOOK, sent_at: sentAt }));
    expect(status).toBe(200);
    expect(fact?.data).not.toHaveProperty('sentAt');
  });
});
