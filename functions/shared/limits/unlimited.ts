/** No budget of our own, as for a demonstration against the sandbox without its limit: only what the vendor asks for is kept. */
import type { Clock, Limits } from '../ports.ts';

/** Known to this container only. */
export function unlimited(clock: Pick<Clock, 'now'>): Limits {
  const closedUntil = new Map<string, number>();
  return {
    async take(vendor, _operationClass, blockedUntil) {
      const known = closedUntil.get(vendor) ?? 0;
      if (blockedUntil !== undefined) closedUntil.set(vendor, Math.max(known, blockedUntil));
      return blockedUntil === undefined && clock.now() >= known;
    },
  };
}
