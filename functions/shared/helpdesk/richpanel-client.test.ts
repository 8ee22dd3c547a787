import { describe, expect, it } from 'vitest';
import { memoryClock } from '../clock/memory.ts';
import { VendorError } from '../errors.ts';
import { seededIds } from '../ids/memory.ts';
import { richpanelReads, richpanelWrites } from './richpanel-client.ts';
import { type HttpRequest, type HttpResponse, TransportError } from './transport.ts';

const OK: HttpResponse = { status: 200, headers: {}, body: '{}' };
type Client = ReturnType<typeof clientOver>;
const READ = ({ reads }: Client) => reads.get('/tickets/1');
const WRITE = ({ writes }: Client) => writes.put('/tickets/1/add-tags', { tags: ['a'] });
const SEND = ({ writes }: Client) =>
  writes.once('/tickets/1/send-message', { body: 'x' }, { timeoutMs: 1_000, mayWrite: () => true });

function clientOver(answers: readonly (HttpResponse | TransportError)[], key = 'key', isReadOnly = false) {
  const clock = memoryClock(0);
  const sent: HttpRequest[] = [];
  const settings = {
    transport: async (request: HttpRequest) => {
      const answer = answers[sent.length] ?? OK;
      sent.push(request);
      if (answer instanceof TransportError) throw answer;
      return answer;
    },
    apiKey: async () => key,
    isReadOnly: async () => isReadOnly,
    clock,
    ids: seededIds('client'),
  };
  return { clock, sent, reads: richpanelReads(settings), writes: richpanelWrites(settings) };
}

/** Answers in turn; tells how many calls there were and what came of them. */
async function answersOf(call: (client: Client) => Promise<unknown>, ...answers: (HttpResponse | TransportError)[]) {
  const client = clientOver(answers);
  const outcome = await call(client).then(
    () => 'answered',
    (error: unknown) => (error instanceof VendorError ? `${error.kind}, applied: ${error.applied}` : 'bug'),
  );
  return { calls: client.sent.length, outcome };
}

describe('a call that may be repeated', () => {
  it.each([
    ['a read without an answer', READ, new TransportError('timeout', true)],
    ['a write that never left', WRITE, new TransportError('network', false)],
    ['a write refused with 429', WRITE, { ...OK, status: 429 }],
    ['a write answered with 503', WRITE, { ...OK, status: 503 }],
    ['a write with a torn answer', WRITE, { ...OK, body: '{"tick' }],
  ])('is repeated after %s', async (_what, call, first) => {
    expect(await answersOf(call, first)).toEqual({ calls: 2, outcome: 'answered' });
  });

  // Protocols §8: the first may land after its repetition, so the register must hear of it and wait.
  it.each([
    ['timeout', new TransportError('timeout', true)],
    ['network', new TransportError('network', true)],
  ] as const)('is not repeated after a write without an answer (%s)', async (kind, first) => {
    expect(await answersOf(WRITE, first)).toEqual({ calls: 1, outcome: `${kind}, applied: unknown` });
  });
});

describe('an answer', () => {
  const got = async (body: string) =>
    READ(
      clientOver([
        { ...OK, body },
        { ...OK, body },
      ]),
    );

  it('keeps whole numbers that a double would round, and no others, as text', async () => {
    const body =
      '{"a":12345678901234567890,"b":9007199254740991,"c":-9007199254740993,"d":1.1234567890123456789,"e":"1"}';
    expect(await got(body)).toEqual({
      a: '12345678901234567890',
      b: 9007199254740991,
      c: '-9007199254740993',
      d: 1.1234567890123457,
      e: '1',
    });
  });

  it('may begin with a byte order mark', async () => {
    expect(await got('\ufeff{"a":1}')).toEqual({ a: 1 });
  });

  it.each([
    [400, 'invalid', 'no', 'unknown'],
    [401, 'auth', 'no', 'unknown'],
    [403, 'auth', 'no', 'unknown'],
    [404, 'not_found', 'no', 'unknown'],
    [409, 'invalid', 'no', 'unknown'],
    [413, 'invalid', 'no', 'unknown'],
    [422, 'invalid', 'no', 'unknown'],
    [302, 'invalid', 'unknown', 'unknown'],
    [500, 'server', 'unknown', 'unknown'],
  ])('%i is %s, whatever its body; a write is applied: %s, a message: %s', async (status, kind, ofWrite, ofMessage) => {
    for (const body of ['', '<html>Nora</html>', '{"error":{"message":"Nora"}}', '{"message":"Nora"}', '{"err']) {
      const answer = { ...OK, status, body };
      await expect(READ(clientOver([answer, answer]))).rejects.toMatchObject({ kind, status, applied: 'no' });
      await expect(WRITE(clientOver([answer, answer]))).rejects.toMatchObject({ kind, status, applied: ofWrite });
      await expect(SEND(clientOver([answer]))).rejects.toMatchObject({ kind, status, applied: ofMessage });
      await expect(READ(clientOver([answer, answer]))).rejects.not.toThrow('Nora');
    }
  });
});

describe('Retry-After (reference §1.3)', () => {
  it.each([
    [429, { 'retry-after': '4' }, 4_000],
    [503, { 'retry-after': '4' }, 4_000],
    [429, { 'retry-after': 'Thu, 01 Jan 1970 00:00:07 GMT' }, 7_000],
    [429, { 'x-ratelimit-reset': '3' }, 3_000],
    [429, { 'retry-after': '6', 'x-ratelimit-reset': '1' }, 6_000],
  ])('%i with %j: not a moment earlier', async (status, headers, least) => {
    const client = clientOver([{ status, headers, body: '' }]);
    await READ(client);
    expect(client.sent).toHaveLength(2);
    expect(client.clock.now()).toBeGreaterThanOrEqual(least);
    expect(client.clock.now()).toBeLessThanOrEqual(least * 1.1);
  });

  it('of more than 10 s is not waited for in the process', async () => {
    const client = clientOver([{ status: 503, headers: { 'retry-after': '11' }, body: '' }]);
    await expect(READ(client)).rejects.toMatchObject({ kind: 'server', retryAfterMs: 11_000 });
    expect([client.sent.length, client.clock.now()]).toEqual([1, 0]);
  });
});

it.each(['', ' ', 'two\nlines', 'clé'])(
  'a key that no header can hold (%j) is refused before any socket',
  async (key) => {
    const client = clientOver([], key);
    for (const call of [READ, WRITE, SEND])
      await expect(call(client)).rejects.toMatchObject({ kind: 'auth', applied: 'no', message: 'richpanel: auth' });
    expect(client.sent).toEqual([]);
  },
);

it('a key may end with the line break of its file', async () => {
  const client = clientOver([], ' key\n');
  await READ(client);
  expect(client.sent[0]?.headers['x-richpanel-key']).toBe('key');
});
