import { describe, expect, it } from 'vitest';
import { RetryableError, VendorError } from './errors.ts';
import { AWS_RETRIES, type RetryPolicy, RICHPANEL_RETRIES, withRetries } from './retrying.ts';

/** Runs against errors in turn; answers what was waited for and how often it ran. */
async function run(errors: readonly Error[], policy: RetryPolicy, jitter = 0) {
  const waits: number[] = [];
  let runs = 0;
  const outcome = await withRetries(
    {
      clock: {
        sleep: async (ms) => {
          waits.push(ms);
        },
      },
      ids: { jitter: () => jitter },
    },
    policy,
    async () => {
      const error = errors[runs];
      runs += 1;
      if (error) throw error;
      return 'done';
    },
  ).catch((error: unknown) => error);
  return { outcome, waits, runs };
}
const server = new VendorError('dynamodb', 'server');
const limited = (retryAfterMs: number) => new VendorError('richpanel', 'rate_limited', { retryAfterMs });

describe('withRetries (platform §5.4)', () => {
  it.each([
    { jitter: 0, waits: [50, 200] },
    { jitter: 0.5, waits: [125, 500] },
  ])('gives AWS three attempts with full jitter $jitter', async ({ jitter, waits }) => {
    expect(await run([server, server], AWS_RETRIES, jitter)).toEqual({ outcome: 'done', waits, runs: 3 });
    expect(await run([server, server, server], AWS_RETRIES)).toMatchObject({ outcome: server, runs: 3 });
  });

  it('gives Richpanel two attempts, 1–2 s apart', async () => {
    expect(await run([server], RICHPANEL_RETRIES, 0.25)).toEqual({ outcome: 'done', waits: [1_250], runs: 2 });
    expect(await run([server, server], RICHPANEL_RETRIES)).toMatchObject({ outcome: server, runs: 2 });
  });

  it('never comes back before Retry-After, and a tenth later at most', async () => {
    expect((await run([limited(4_000)], RICHPANEL_RETRIES, 0)).waits).toEqual([4_000]);
    expect((await run([limited(4_000)], RICHPANEL_RETRIES, 1)).waits).toEqual([4_400]);
  });

  it('waits 10 s here, and leaves more to the later queue', async () => {
    expect((await run([limited(10_000)], RICHPANEL_RETRIES, 1)).runs).toBe(2);
    expect(await run([limited(10_001)], RICHPANEL_RETRIES)).toMatchObject({ waits: [], runs: 1 });
  });

  it.each([
    new VendorError('richpanel', 'auth'),
    new VendorError('richpanel', 'invalid'),
    new VendorError('richpanel', 'not_found'),
    new VendorError('richpanel', 'parse'),
    new VendorError('richpanel', 'read_only'),
    new VendorError('richpanel', 'window_passed'),
    new RetryableError('elsewhere'),
    new Error('bug'),
  ])('does not repeat %s', async (error) => {
    expect(await run([error], AWS_RETRIES)).toEqual({ outcome: error, waits: [], runs: 1 });
  });
});
