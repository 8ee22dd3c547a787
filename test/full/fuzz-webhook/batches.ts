import { AUTH_METHODS, type AuthMethod } from '../../../events/auth-methods.ts';

/** How often each answer was given. */
export type Tally = Map<string, number>;

export type Batch = { readonly method: AuthMethod; readonly seed: number; readonly size: number };

/**
 * Runs so many requests batch by batch, each in a world of its own, so that nothing piles up; the methods take turns.
 *
 * @param onBatch  told after each one how many requests are done
 */
export async function inBatches(
  { count, seed, size }: { readonly count: number; readonly seed: number; readonly size: number },
  run: (batch: Batch) => Promise<void>,
  onBatch: (done: number) => void = () => {},
): Promise<void> {
  for (let done = 0, batch = 0; done < count; done += size, batch += 1) {
    const method = AUTH_METHODS[batch % AUTH_METHODS.length] ?? 'header_token';
    await run({ method, seed: seed + batch, size: Math.min(size, count - done) });
    onBatch(Math.min(done + size, count));
  }
}
