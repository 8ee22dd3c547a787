import { describe, expect, it } from 'vitest';
import { memoryClock } from '../clock/memory.ts';
import type { HttpRequest, HttpResponse } from '../helpdesk/transport.ts';
import { seededIds } from '../ids/memory.ts';
import type { Limits } from '../ports.ts';
import { limitedTransport } from './limited-transport.ts';

const START = Date.UTC(2026, 0, 12);
const request: Extract<HttpRequest, { method: 'GET' }> = {
  method: 'GET',
  path: '/tickets/1',
  headers: {},
  body: null,
  timeoutMs: 5_000,
};

const WRITE: HttpRequest = { ...request, method: 'PUT', body: '{}' };

function setUp(
  takes: (now: number, asked: string) => boolean,
  answer: Partial<HttpResponse> = {},
  readsAs: 'reads' | 'writes' = 'reads',
) {
  const clock = memoryClock(START);
  const asked: string[] = [];
  const blocked: (number | undefined)[] = [];
  const sent: HttpRequest[] = [];
  const limits: Limits = {
    async take(_vendor, operationClass, until) {
      if (until !== undefined) {
        blocked.push(until - clock.now());
        return false;
      }
      asked.push(operationClass);
      return takes(clock.now() - START, operationClass);
    },
  };
  const transport = limitedTransport(
    async (outgoing) => {
      sent.push(outgoing);
      return { status: 200, headers: {}, body: '{}', ...answer };
    },
    { limits, clock, ids: seededIds(1), readsAs },
  );
  return { transport, clock, asked, blocked, sent };
}

describe('limitedTransport (platform §5.5)', () => {
  it.each([
    ['GET', '/tickets/1', 'reads'],
    ['GET', '/tags?page=1&per_page=100', 'reads'],
    ['GET', '/order/1', 'orders'],
    ['PUT', '/tickets/1/add-tags', 'writes'],
  ] as const)('%s %s is of the class %s', async (method, path, operationClass) => {
    const { transport, asked } = setUp(() => true);
    await transport(method === 'GET' ? { ...request, path } : { ...WRITE, path });
    expect(asked).toEqual([operationClass]);
  });

  it('counts the reads of a writer as its writes, which may borrow; order reads stay orders', async () => {
    const { transport, asked } = setUp(() => true, {}, 'writes');
    await transport(request);
    await transport({ ...request, path: '/order/1' });
    expect(asked).toEqual(['writes', 'orders']);
  });

  it('waits for a place', async () => {
    const { transport, sent } = setUp((now) => now >= 1_500);
    expect((await transport(request)).status).toBe(200);
    expect(sent).toHaveLength(1);
  });

  it('waits 2 s at most, then nothing was sent and the caller comes back', async () => {
    const { transport, clock, sent } = setUp(() => false);
    await expect(transport(request)).rejects.toMatchObject({ kind: 'rate_limited', applied: 'no', retryable: true });
    expect(clock.now() - START).toBe(2_000);
    expect(sent).toEqual([]);
  });

  it('takes its wait off the time of what must leave within a window', async () => {
    const { transport, clock, sent } = setUp((now) => now >= 1_000);
    await transport({ ...WRITE, isOnce: true });
    expect(sent[0]?.timeoutMs).toBe(5_000 - (clock.now() - START));
  });

  it.each([
    [429, { 'retry-after': '12' }, [12_000]],
    [429, {}, [2_000]],
    [503, { 'retry-after': '12' }, [12_000]],
    [503, {}, []],
    [200, { 'retry-after': '12' }, []],
  ])('after a %i with %j closes the budget for all: %j', async (status, headers, forMs) => {
    const { transport, blocked } = setUp(() => true, { status, headers });
    expect((await transport(request)).status).toBe(status);
    expect(blocked).toEqual(forMs);
  });
});
