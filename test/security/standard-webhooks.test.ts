/** Interoperability with the npm package `standardwebhooks`, both ways; what is stricter here is listed in docs/webhooks.md. */
import { createHash } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { authenticator } from '../../functions/ingest/auth/secrets.ts';
import { signatureOf } from '../../local/webhook-proof.ts';

const MESSAGES = 1_000;
const NOW = Date.parse('2026-01-15T12:00:00.000Z');

/** Bytes that depend on nothing but the name. */
function bytes(name: string, length: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, block) =>
    createHash('sha256').update(`${name}:${block}`).digest(),
  );
  return Buffer.concat(blocks).subarray(0, length);
}

const number = (name: string, below: number): number => bytes(name, 4).readUInt32BE() % below;

const PIECES = ['ticket', '"', '\\', '\n', '\u0000', 'ü', '漢', '😀', '\u2028', ' ', '.', 'v1,', '{"a":1}'];

/** A message, its key of 32 to 64 bytes and its moment within the window. */
function messageOf(index: number) {
  const name = `message ${index}`;
  const body = Array.from(
    { length: number(`${name} size`, 60) },
    (_, at) => PIECES[number(`${name} ${at}`, PIECES.length)],
  );
  return {
    secret: `whsec_${bytes(`${name} key`, 32 + number(`${name} length`, 33)).toString('base64')}`,
    id: `msg_${bytes(`${name} id`, 18).toString('base64url')}`,
    body: body.join(''),
    seconds: NOW / 1000 - 300 + number(`${name} time`, 361),
  };
}

const all = Array.from({ length: MESSAGES }, (_, index) => messageOf(index));

beforeEach(() => vi.useFakeTimers({ now: NOW, toFake: ['Date'] }));
afterEach(() => vi.useRealTimers());

describe('1,000 messages', () => {
  it('signed by the library are taken here, and not with one byte changed', () => {
    const slots = all.map(({ secret, id, body, seconds }) => {
      const authenticate = authenticator('standard_webhooks', [secret]);
      const headers = {
        'webhook-id': id,
        'webhook-timestamp': String(seconds),
        'webhook-signature': new Webhook(secret).sign(id, new Date(seconds * 1000), body),
      };
      const sent = { headers, path: '/webhook', query: '', now: NOW };
      const changed = Buffer.from(`${body}.`);
      return [authenticate({ ...sent, body: Buffer.from(body) }), authenticate({ ...sent, body: changed })];
    });
    expect(slots).toEqual(Array(MESSAGES).fill([0, null]));
  });

  it('signed here are taken by the library, and not with one byte changed', () => {
    const taken = all.map(({ secret, id, body, seconds }) => {
      const headers = signatureOf({ auth: 'standard_webhooks', token: secret }, body, seconds * 1000, id);
      const verify = (text: string) => new Webhook(secret).verify(text, headers, { jsonParse: false });
      expect(() => verify(`${body}.`)).toThrow('No matching signature');
      return verify(body);
    });
    expect(taken).toHaveLength(MESSAGES);
  });
});

/** The library as it answers at this moment. */
function libraryTakes(secret: string, headers: Record<string, string>, body: string): boolean {
  try {
    new Webhook(secret).verify(body, headers, { jsonParse: false });
    return true;
  } catch {
    return false;
  }
}

describe('stricter than the library', () => {
  const secret = `whsec_${bytes('strict', 32).toString('base64')}`;
  const sign = (id: string, seconds: number, body = '{}', key = secret) =>
    new Webhook(key).sign(id, new Date(seconds * 1000), body);
  const at = NOW / 1000;
  const headersOf = (id: string, timestamp: string, signature: string) => ({
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signature,
  });
  const short = `whsec_${bytes('short', 24).toString('base64')}`;
  const long = `whsec_${bytes('long', 65).toString('base64')}`;

  it.each([
    ['more than 60 s in the future', secret, headersOf('msg_1', String(at + 61), sign('msg_1', at + 61)), NOW],
    ['300 s and a millisecond old', secret, headersOf('msg_1', String(at - 300), sign('msg_1', at - 300)), NOW + 1],
    ['a timestamp with something behind it', secret, headersOf('msg_1', `${at}x`, sign('msg_1', at)), NOW],
    ['a timestamp with a fraction', secret, headersOf('msg_1', `${at}.5`, sign('msg_1', at)), NOW],
    ['a dot in the id', secret, headersOf('msg.1', String(at), sign('msg.1', at)), NOW],
    ['a blank in the id', secret, headersOf('msg 1', String(at), sign('msg 1', at)), NOW],
    ['an id of 257 characters', secret, headersOf('m'.repeat(257), String(at), sign('m'.repeat(257), at)), NOW],
    ['something behind the signature', secret, headersOf('msg_1', String(at), `${sign('msg_1', at)},x`), NOW],
    ['a secret without its prefix', secret.slice(6), headersOf('msg_1', String(at), sign('msg_1', at)), NOW],
    ['a secret of 24 bytes', short, headersOf('msg_1', String(at), sign('msg_1', at, '{}', short)), NOW],
    ['a secret of 65 bytes', long, headersOf('msg_1', String(at), sign('msg_1', at, '{}', long)), NOW],
  ])('%s', (_, key, headers, now) => {
    vi.setSystemTime(now);
    expect(libraryTakes(key, headers, '{}')).toBe(true);
    // A usable secret beside it, so that what is refused is the request and not the configuration.
    const other = `whsec_${bytes('other', 32).toString('base64')}`;
    const authenticate = authenticator('standard_webhooks', [key, other]);
    expect(authenticate({ headers, path: '/webhook', query: '', body: Buffer.from('{}'), now })).toBeNull();
  });

  it('bytes that are no UTF-8 are signed as they are: the library signs another text', () => {
    const body = Buffer.from([0x7b, 0xff, 0x7d]);
    const signature = new Webhook(secret).sign('msg_1', new Date(NOW), body);
    const authenticate = authenticator('standard_webhooks', [secret]);
    const headers = headersOf('msg_1', String(at), signature);
    expect(authenticate({ headers, path: '/webhook', query: '', body, now: NOW })).toBeNull();
  });
});
