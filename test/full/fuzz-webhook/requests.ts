/** Hostile requests, drawn by seed: each begins as a webhook that a stage might take, and is then spoilt somewhere, or not. */
import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { AUTH_METHODS, type AuthMethod } from '../../../events/auth-methods.ts';
import { payloads } from './payloads.ts';
import { NOW, secretsOf } from './stage.ts';

export type FuzzRequest = {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** `null` hands the bytes over as text, which may change them; `broken` spoils the base64. */
  readonly base64: 'exact' | 'broken' | null;
};

/** Values with their weights: most of a request stays right, so that the later checks are reached. */
export function weighted<T>(...rows: readonly (readonly [number, fc.Arbitrary<T> | T])[]): fc.Arbitrary<T> {
  const isArbitrary = (value: unknown): value is fc.Arbitrary<T> => value instanceof fc.Arbitrary;
  return fc.oneof(
    ...rows.map(([weight, value]) => ({ weight, arbitrary: isArbitrary(value) ? value : fc.constant(value) })),
  );
}

const PRINTABLE = fc.string({ unit: fc.constantFrom(...'aZ09-_.~!*(),/:;=@&+$%'), maxLength: 40 });
const verbs = weighted([40, 'POST'], [1, fc.constantFrom('GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD', 'post')]);
const paths = weighted<string>(
  [30, '/webhook'],
  [6, '/richpanel/inbound'],
  [
    2,
    fc.constantFrom(
      '/webhook/',
      '/WEBHOOK',
      '//webhook',
      '/webhook//x',
      '/webhook/a/b',
      '/',
      '/webhook%2fx',
      '/webhook/..',
    ),
  ],
  [1, PRINTABLE.map((text) => `/webhook/${text.replace(/[/?#]/g, '')}`)],
  [1, PRINTABLE.map((text) => `/${text.replace(/[?#]/g, '')}`)],
);
const types = weighted<string | null>(
  [10, 'application/json'],
  [4, null],
  [3, fc.constantFrom('text/plain', 'application/json; charset=utf-8', 'Application/JSON', 'application/ld+json', '')],
  [
    3,
    fc.constantFrom(
      ...['application/x-www-form-urlencoded', 'text/html', 'image/png', 'multipart/form-data', 'application/jsonx'],
      ...['application/json, text/plain', 'text/plain,application/json', 'json', ';application/json'],
    ),
  ],
);
/** Seconds around the edges, and what is no number of seconds. */
const times = weighted<number | string>(
  [12, 0],
  [6, fc.constantFrom(-301, -300, -299, -1, 1, 59, 60, 61, 300, 301)],
  [1, fc.integer({ min: -2_000_000_000, max: 2_000_000_000 })],
  [
    1,
    fc.constantFrom('', '0', '-1', '1e9', '0x10', 'now', '1768478400.0', '1768478400000', '01768478400', '1768478400x'),
  ],
);
const whose = weighted<keyof ReturnType<typeof secretsOf>>([12, 'newest'], [4, 'previous'], [2, 'gone'], [2, 'weak']);
/** How a right proof is spoilt. */
const spoilers: readonly ((proof: string) => string)[] = [
  (proof) => proof.slice(0, -1),
  (proof) => `${proof}0`,
  (proof) => proof.slice(1),
  (proof) => proof.replace(/[0-9a-f]/, (digit) => (digit === '0' ? '1' : '0')),
  (proof) => proof.toUpperCase(),
  (proof) => `${proof},${proof}`,
  (proof) => `${proof} ${proof}`,
  (proof) => `Bearer ${proof}`,
  (proof) => ` ${proof}`,
  (proof) => `sha256=${proof}`,
  (proof) => `v1,AAAA ${proof}`,
  (proof) => `v2,${proof.slice(3)}`,
  () => '',
  () => 'undefined',
];
const spoils = weighted<((proof: string) => string) | null>([8, null], [3, fc.constantFrom(...spoilers)]);
const lengths = weighted<string | 'true' | null>(
  [6, 'true'],
  [6, null],
  [
    1,
    fc.constantFrom(
      '0',
      '1',
      '32768',
      '32769',
      '999999999',
      '1e3',
      '-1',
      '12,12',
      '',
      ' 5',
      '+5',
      '0x10',
      '00000000012',
    ),
  ],
);
const extras = weighted<Readonly<Record<string, string>>>(
  [6, {}],
  [
    1,
    fc.dictionary(
      fc.constantFrom(
        'x-forwarded-for',
        'cookie',
        'constructor',
        'x-signature',
        'x-timestamp',
        'webhook-id',
        'authorization',
      ),
      PRINTABLE,
      { maxKeys: 3 },
    ),
  ],
);
const ids = weighted<string>(
  [10, 'msg_2mZ'],
  [1, fc.constantFrom('', 'msg.1', 'msg 1', 'm'.repeat(256), 'm'.repeat(257))],
);

/** Requests for a stage that takes one method; by this method most, by the others now and then. */
export function requestsFor(taken: AuthMethod): fc.Arbitrary<FuzzRequest> {
  return fc
    .record({
      verb: verbs,
      path: paths,
      type: types,
      seconds: times,
      secret: whose,
      by: weighted<AuthMethod | 'none'>([20, taken], [3, fc.constantFrom(...AUTH_METHODS)], [1, 'none']),
      spoil: spoils,
      payload: payloads,
      flip: weighted<number | null>([12, null], [1, fc.nat()]),
      length: lengths,
      base64: weighted<FuzzRequest['base64']>([6, null], [4, 'exact'], [1, 'broken']),
      extra: extras,
      query: weighted<string>(
        [12, ''],
        [1, PRINTABLE],
        [1, fc.constantFrom('token=', 'token', '?', '&&', '%', 'token=%00')],
      ),
      id: ids,
      twice: weighted([12, false], [1, true]),
    })
    .map((draw) => {
      const timestamp = typeof draw.seconds === 'string' ? draw.seconds : String(NOW / 1000 + draw.seconds);
      const secret = draw.by === 'none' ? '' : secretsOf(draw.by)[draw.secret];
      const spoil = draw.spoil ?? ((proof: string) => proof);
      let { path, query } = draw;
      let body = draw.payload;
      const headers: Record<string, string> = { ...draw.extra };
      switch (draw.by) {
        case 'none':
          break;
        case 'header_token':
          headers[draw.twice ? 'x-middleware-token' : 'x-richpanel-webhook-token'] = spoil(secret);
          break;
        case 'body_token': {
          const field = Buffer.from(`"token":${JSON.stringify(spoil(secret))},`);
          const at = body.indexOf('{') + 1;
          body = Buffer.concat([body.subarray(0, at), field, ...(draw.twice ? [field] : []), body.subarray(at)]);
          break;
        }
        case 'url_token': {
          const token = encodeURIComponent(spoil(secret));
          if (draw.twice) query = `token=${token}`;
          else path = path === '/webhook' ? `/webhook/${token}` : path;
          break;
        }
        case 'hmac':
          headers['x-timestamp'] = timestamp;
          headers['x-signature'] = spoil(
            createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest('hex'),
          );
          break;
        case 'standard_webhooks': {
          const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
          const signed = createHmac('sha256', key).update(`${draw.id}.${timestamp}.`).update(body).digest('base64');
          headers['webhook-id'] = draw.id;
          headers['webhook-timestamp'] = timestamp;
          headers['webhook-signature'] = spoil(`v1,${signed}`);
          break;
        }
        default:
          draw.by satisfies never;
      }
      if (draw.flip !== null && body.length > 0) {
        body = Buffer.from(body);
        const at = draw.flip % body.length;
        body.writeUInt8(body.readUInt8(at) ^ 1, at);
      }
      if (draw.type !== null) headers['content-type'] = draw.type;
      if (draw.length !== null) headers['content-length'] = draw.length === 'true' ? String(body.length) : draw.length;
      return { method: draw.verb, path, query, headers, body, base64: draw.base64 };
    });
}
