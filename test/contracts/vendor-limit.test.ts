/** Many containers against the sandbox's own limit of 50 in 30 s: none is ever refused, and a refusal is heeded by all (platform §5.5). */
import { describe, expect, it } from 'vitest';
import { memoryClock } from '../../functions/shared/clock/memory.ts';
import { VendorError } from '../../functions/shared/errors.ts';
import { richpanelPorts } from '../../functions/shared/helpdesk/live-richpanel.ts';
import type { HttpResponse, HttpTransport } from '../../functions/shared/helpdesk/transport.ts';
import { seededIds } from '../../functions/shared/ids/memory.ts';
import { RICHPANEL_BUDGET, windowLimits } from '../../functions/shared/limits/window.ts';
import type { Limits } from '../../functions/shared/ports.ts';
import { memorySecrets } from '../../functions/shared/secrets/memory.ts';
import { memoryStore } from '../../functions/shared/store/memory.ts';
import { createSandbox } from '../../local/sandbox/sandbox.ts';
import { NOON, sandboxTransport } from './shops.ts';

const CONTAINERS = 6;
const CALLS_EACH = 120;

/** What was asked of the vendor, when, and what it answered. */
type Exchange = { readonly at: number; readonly method: string; readonly response: HttpResponse };

type Crowd = {
  readonly exchanges: readonly Exchange[];
  /** Places given although the vendor had told us to wait, and we had told each other. */
  readonly early: readonly number[];
};

async function crowd(refuse: (at: number, call: number) => HttpResponse | null): Promise<Crowd> {
  const clock = memoryClock(NOON);
  const store = memoryStore(clock);
  const sandbox = createSandbox({
    options: { seedData: false, apiKey: 'test-key' },
    ports: { now: clock.now, sleep: async () => {}, send: async () => ({ status: 200 }) },
  });
  await sandbox.customerWrites({ conversationId: 'conv-1', text: 'Where is it?', channel: 'email' });
  const exchanges: Exchange[] = [];
  const early: number[] = [];
  let closedUntil = 0;
  const watched = (limits: Limits): Limits => ({
    async take(vendor, operationClass, until) {
      const mayBegin = closedUntil;
      const isTaken = await limits.take(vendor, operationClass, until);
      closedUntil = Math.max(closedUntil, until ?? 0);
      if (isTaken && clock.now() < mayBegin) early.push(clock.now());
      return isTaken;
    },
  });
  const wire = sandboxTransport(sandbox);
  const transport: HttpTransport = async (request) => {
    const at = clock.now();
    const response = refuse(at, exchanges.length) ?? (await wire(request));
    exchanges.push({ at, method: request.method, response });
    return response;
  };
  const container = async (seed: number): Promise<void> => {
    const ids = seededIds(seed);
    const ports = richpanelPorts({
      transport,
      secrets: memorySecrets(new Map([['richpanel/api_key', 'test-key']])),
      limits: watched(windowLimits(store, clock, { richpanel: RICHPANEL_BUDGET })),
      isReadOnly: async () => false,
      knowsSeat: false,
      readsAs: seed % 2 === 0 ? 'writes' : 'reads',
      clock,
      ids,
    });
    const calls = [
      () => ports.helpdesk().ticket('conv-1'),
      () => ports.tagger().addTags('conv-1', [`tag-${seed}`]),
      () => ports.orders().linked('conv-1'),
    ];
    for (let call = 0; call < CALLS_EACH; call += 1) {
      try {
        await calls[call % calls.length]?.();
      } catch (error) {
        if (!(error instanceof VendorError && error.retryable)) throw error;
        // Parked, as a function would be.
        await clock.sleep(error.retryAfterMs ?? 5_000);
      }
    }
  };
  await Promise.all(Array.from({ length: CONTAINERS }, (_, seed) => container(seed)));
  return { exchanges, early };
}

describe('a crowd of containers', () => {
  it('never meets the vendor’s limit', async () => {
    const { exchanges } = await crowd(() => null);
    expect(exchanges.length).toBeGreaterThan(300);
    expect(exchanges.filter(({ response }) => response.status === 429)).toEqual([]);
    expect(exchanges.some(({ method }) => method === 'PUT')).toBe(true);
  });

  it.each([
    ['seconds', () => '7'],
    ['a date', (at: number) => new Date(at + 7_000).toUTCString()],
  ])('gives no place before a Retry-After in %s has passed', async (_form, retryAfter) => {
    const { exchanges, early } = await crowd((at, call) =>
      call % 40 === 39 ? { status: 429, headers: { 'retry-after': retryAfter(at) }, body: '' } : null,
    );
    const refusals = exchanges.filter(({ response }) => response.status === 429);
    expect(refusals.length).toBeGreaterThan(3);
    // What had its place already when the answer came is of the same instant.
    expect(early).toEqual([]);
  });
});
