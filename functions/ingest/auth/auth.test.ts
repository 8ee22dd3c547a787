import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { AUTH_METHODS, type AuthMethod } from '../../../events/auth-methods.ts';
import type { Sent } from './authenticator.ts';
import { activeSecrets, authenticator, isUsable } from './secrets.ts';

const NOW = Date.parse('2026-01-15T12:00:00.000Z');
const BODY = '{"ticket_id":"t-1","trigger":"customer_message"}';
/** Newest, previous, and one that was taken away. */
const TOKENS = { newest: 'a1'.repeat(32), previous: 'b2'.repeat(32), gone: 'c3'.repeat(32) };
const keyOf = (byte: string) => `whsec_${Buffer.alloc(32, byte).toString('base64')}`;
const KEYS = { newest: keyOf('n'), previous: keyOf('p'), gone: keyOf('g') };

const secretsOf = (method: AuthMethod) => (method === 'standard_webhooks' ? KEYS : TOKENS);

function sent(about: Partial<Omit<Sent, 'body'>> & { readonly body?: string }): Sent {
  const { body = BODY, ...rest } = about;
  return { headers: {}, path: '/webhook', query: '', now: NOW, ...rest, body: Buffer.from(body) };
}

const hmacOf = (secret: string, timestamp: string, body = BODY) =>
  createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');

function standardOf(secret: string, timestamp: string, { id = 'msg_1', body = BODY } = {}): string {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}

const seconds = (offset = 0) => String(NOW / 1000 + offset);

/** A request that proves itself by one method, and by no other. */
function proven(method: AuthMethod, secret: string, timestamp = seconds()): Sent {
  switch (method) {
    case 'hmac':
      return sent({ headers: { 'x-signature': hmacOf(secret, timestamp), 'x-timestamp': timestamp } });
    case 'header_token':
      return sent({ headers: { 'x-richpanel-webhook-token': secret } });
    case 'body_token':
      return sent({ body: `{"token":"${secret}"}` });
    case 'url_token':
      return sent({ path: `/webhook/${secret}` });
    case 'standard_webhooks': {
      const headers = {
        'webhook-id': 'msg_1',
        'webhook-timestamp': timestamp,
        'webhook-signature': standardOf(secret, timestamp),
      };
      return sent({ headers });
    }
    default:
      return method satisfies never;
  }
}

const keeper = (method: AuthMethod) => {
  const { newest, previous } = secretsOf(method);
  return authenticator(method, [newest, previous]);
};

describe.each(AUTH_METHODS)('%s', (method) => {
  const { newest, previous, gone } = secretsOf(method);

  it('names the slot of the secret in use, and lets nobody in by one that was taken away', () => {
    const slots = [newest, previous, gone].map((secret) => keeper(method)(proven(method, secret)));
    expect(slots).toEqual([0, 1, null]);
  });

  it.each(AUTH_METHODS.filter((other) => other !== method))('does not take a right proof by %s', (other) => {
    expect(keeper(method)(proven(other, secretsOf(other).newest))).toBeNull();
    expect(keeper(method)(proven(other, newest))).toBeNull();
  });

  it('takes nothing for nothing', () => {
    expect(keeper(method)(sent({}))).toBeNull();
    expect(keeper(method)(sent({ body: '' }))).toBeNull();
  });

  it('lets nobody in by a secret that is too short, and keeps the slot of the one behind it', () => {
    const weak = method === 'standard_webhooks' ? `whsec_${Buffer.alloc(31, 'w').toString('base64')}` : 'd4'.repeat(31);
    const withWeak = authenticator(method, [weak, previous]);
    expect(withWeak(proven(method, weak))).toBeNull();
    expect(withWeak(proven(method, previous))).toBe(1);
    expect(() => authenticator(method, [weak])).toThrow('webhook_secret_weak');
  });
});

describe.each(['hmac', 'standard_webhooks'] as const)('the time of a webhook signed by %s', (method) => {
  const { newest } = secretsOf(method);

  it.each([
    { offset: -301, slot: null },
    { offset: -300, slot: 0 },
    { offset: -299, slot: 0 },
    { offset: 0, slot: 0 },
    { offset: 59, slot: 0 },
    { offset: 60, slot: 0 },
    { offset: 61, slot: null },
  ])('$offset s → $slot', ({ offset, slot }) => {
    expect(keeper(method)(proven(method, newest, seconds(offset)))).toBe(slot);
  });

  it('is exact to the millisecond', () => {
    const at = (offset: number, ms: number) =>
      keeper(method)({ ...proven(method, newest, seconds(offset)), now: NOW + ms });
    expect([at(-300, 0), at(-300, 1), at(60, 0), at(60, -1)]).toEqual([0, null, 0, null]);
  });

  it.each(['', ' ', '1e9', '-1', '0x65', '1768478400.0', '01768478400123456', String(NOW), 'now'])(
    'takes no %j for seconds, although it is signed',
    (timestamp) => {
      expect(keeper(method)(proven(method, newest, timestamp))).toBeNull();
    },
  );
});

describe('hmac', () => {
  const timestamp = seconds();
  const signed = (signature: string, body = BODY) =>
    keeper('hmac')(sent({ headers: { 'x-signature': signature, 'x-timestamp': timestamp }, body }));

  it('signs the bytes: one flipped bit in the body, in the signature or another timestamp is refused', () => {
    const right = hmacOf(TOKENS.newest, timestamp);
    expect(signed(right)).toBe(0);
    for (let at = 0; at < BODY.length; at += 1) {
      const flipped = Buffer.from(BODY);
      flipped.writeUInt8(flipped.readUInt8(at) ^ 1, at);
      expect(signed(right, flipped.toString('latin1'))).toBeNull();
    }
    expect(signed(`${right.slice(0, -1)}${right.endsWith('0') ? '1' : '0'}`)).toBeNull();
    expect(signed(hmacOf(TOKENS.newest, seconds(1)))).toBeNull();
  });

  it('takes hex in capitals, and nothing around it', () => {
    const right = hmacOf(TOKENS.newest, timestamp);
    expect(signed(right.toUpperCase())).toBe(0);
    for (const other of [
      `sha256=${right}`,
      `${right} `,
      `${right}00`,
      right.slice(2),
      Buffer.from(right, 'hex').toString('base64'),
    ])
      expect(signed(other)).toBeNull();
  });

  it('signs bytes that are no text', () => {
    const body = Buffer.from([0x7b, 0xff, 0x00, 0x7d]);
    const signature = createHmac('sha256', TOKENS.newest).update(`${timestamp}.`).update(body).digest('hex');
    const headers = { 'x-signature': signature, 'x-timestamp': timestamp };
    expect(keeper('hmac')({ ...sent({ headers }), body })).toBe(0);
  });
});

describe('tokens', () => {
  it('are taken from the alias of the header too', () => {
    expect(keeper('header_token')(sent({ headers: { 'x-middleware-token': TOKENS.previous } }))).toBe(1);
  });

  it('in the URL stand in the path or in the query, once', () => {
    const take = (about: Partial<Sent>) => keeper('url_token')({ ...sent({}), ...about });
    const { newest, previous } = TOKENS;
    expect(take({ query: `token=${previous}&x=1` })).toBe(1);
    expect(take({ path: '/richpanel/inbound', query: `token=${newest}` })).toBe(0);
    expect(take({ path: `/webhook/${newest}`, query: `token=${newest}` })).toBeNull();
    expect(take({ query: `token=${newest}&token=${newest}` })).toBeNull();
    expect(take({ query: `token=${newest}&token=` })).toBeNull();
    expect(take({ path: `/richpanel/inbound/${newest}` })).toBeNull();
  });

  it('in the body stand in its own field, as a string, in strict JSON', () => {
    const take = (body: string) => keeper('body_token')(sent({ body }));
    const { newest } = TOKENS;
    expect(take(`{"ticket_id":"t","token":"${newest}"}`)).toBe(0);
    for (const body of [
      `{"token":"${newest}","token":"${newest}"}`,
      `{"token":["${newest}"]}`,
      `{"x":{"token":"${newest}"}}`,
      `[{"token":"${newest}"}]`,
      `{"token":"${newest}"`,
      `token=${newest}`,
    ])
      expect(take(body)).toBeNull();
  });
});

describe('Standard Webhooks', () => {
  const timestamp = seconds();
  const signed = (signature: string, id = 'msg_1') =>
    keeper('standard_webhooks')(
      sent({ headers: { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature } }),
    );
  const right = standardOf(KEYS.newest, timestamp);

  it('takes one right signature among several, of any version', () => {
    const wrong = standardOf(KEYS.gone, timestamp);
    expect(signed(`${wrong} v1a,AAAA ${right}`)).toBe(0);
    expect(signed(`${standardOf(KEYS.previous, timestamp)} ${wrong}`)).toBe(1);
    expect(signed(`${wrong} v2,${right.slice(3)}`)).toBeNull();
  });

  it.each([
    right.slice(3),
    `v1 ${right.slice(3)}`,
    right.replace(/=$/, ''),
    `${right}=`,
    right.replace(',', ', '),
    'v1,',
    '',
  ])('takes no %j for a signature', (signature) => {
    expect(signed(signature)).toBeNull();
  });

  it.each(['', 'msg.1', 'msg 1', 'm'.repeat(257)])('takes no %j for an id, although it is signed', (id) => {
    expect(signed(standardOf(KEYS.newest, timestamp, { id }), id)).toBeNull();
  });
});

describe('isUsable', () => {
  const random = Buffer.from([...Array(32).keys()].map((byte) => byte * 7 + 3));
  it.each<[AuthMethod, string, boolean]>([
    ['header_token', random.toString('hex'), true],
    ['header_token', random.toString('base64'), true],
    ['header_token', random.toString('base64url'), true],
    ['header_token', random.toString('hex').slice(1), false],
    ['header_token', random.toString('base64url').slice(1), false],
    ['url_token', random.toString('base64url'), true],
    ['url_token', `${random.toString('base64url')}/`, false],
    ['standard_webhooks', `whsec_${random.toString('base64')}`, true],
    ['standard_webhooks', random.toString('base64'), false],
    ['standard_webhooks', `whsec_${Buffer.alloc(64, 1).toString('base64')}`, true],
    ['standard_webhooks', `whsec_${Buffer.alloc(65, 1).toString('base64')}`, false],
    ['standard_webhooks', `whsec_${random.toString('base64url')}`, false],
  ])('%s %s → %s', (method, secret, usable) => {
    expect(isUsable(method, secret)).toBe(usable);
  });
});

it.each(['', '{}', '{"active_tokens":[]}', '{"active_tokens":"secret-text"}', '["secret-text"]', 'secret-text'])(
  'an unreadable secret %j is said so without a word of it',
  (value) => {
    expect(() => activeSecrets(value)).toThrow(/^webhook_secret_unreadable$/);
  },
);
