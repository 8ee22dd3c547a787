/** A value read once and kept for a while, per container: no module keeps state. */
import type { Clock } from './ports.ts';

/** Failures are not kept: the next caller tries again. */
export function cached<T>(clock: Pick<Clock, 'monotonic'>, forMs: number, load: () => Promise<T>): () => Promise<T> {
  let kept: { at: number; value: T } | undefined;
  return async () => {
    if (kept && clock.monotonic() - kept.at < forMs) return kept.value;
    const value = await load();
    kept = { at: clock.monotonic(), value };
    return value;
  };
}
