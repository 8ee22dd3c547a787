import { describe, expect, it } from 'vitest';
import { memoryClock } from '../clock/memory.ts';
import { VendorError } from '../errors.ts';
import { seededIds } from '../ids/memory.ts';
import { type RichpanelCall, richpanelClient } from './richpanel-client.ts';
import { type HttpResponse, TransportError } from './transport.ts';

const OK: HttpResponse = { status: 200, headers: {}, body: '{}' };
const READ: RichpanelCall = { method: 'GET', path: '/tickets/1' };
const WRITE: RichpanelCall = { method: 'PUT', path: '/tickets/1/add-tags', body: { tags: ['a'] } };

/** Answers in turn; tells how many calls there were and what came of them. */
async function answersOf(call: RichpanelCall, ...answers: (HttpResponse | TransportError)[]) {
  let calls = 0;
  const client = richpanelClient({
    transport: async () => {
      const answer = answers[calls] ?? OK;
      calls += 1;
      if (answer instanceof TransportError) throw answer;
      return answer;
    },
    apiKey: async () => 'key',
    isReadOnly: async () => false,
    clock: memoryClock(0),
    ids: seededIds('client'),
  });
  const outcome = await client.call(call).then(
    () => 'answered',
    (error: unknown) => (error instanceof VendorError ? `${error.kind}, applied: ${error.applied}` : 'bug'),
  );
  return { calls, outcome };
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
