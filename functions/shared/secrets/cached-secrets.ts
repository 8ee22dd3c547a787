/** Secrets kept for a while per container, so that a rotation needs no deploy (platform §1.4). */
import { cached } from '../cached.ts';
import type { Clock, Secrets } from '../ports.ts';

/** A secret that could not be read is not kept. */
export function cachedSecrets(secrets: Secrets, clock: Pick<Clock, 'monotonic'>, forMs: number): Secrets {
  const readers = new Map<string, () => Promise<string>>();
  return {
    read(name) {
      const reader = readers.get(name) ?? cached(clock, forMs, () => secrets.read(name));
      readers.set(name, reader);
      return reader();
    },
  };
}
