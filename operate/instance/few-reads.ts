/** What one command may ask of the helpdesk beside the functions, without writing their counters. */
import type { Clock, Limits } from '../../functions/shared/ports.ts';

/** A fifth of the vendor's 45 requests in 30 s, so that the functions keep theirs (platform §5.5). */
export const MOST_READS = 9;
export const WITHIN_MS = 30_000;

/** The budget of this one command; what the vendor asks for is kept besides. */
export function fewReads(clock: Pick<Clock, 'now'>): Limits {
  let taken: number[] = [];
  let closedUntil = 0;
  return {
    async take(_vendor, _operationClass, blockedUntil) {
      const now = clock.now();
      if (blockedUntil !== undefined) closedUntil = Math.max(closedUntil, blockedUntil);
      taken = taken.filter((at) => at > now - WITHIN_MS);
      if (blockedUntil !== undefined || now < closedUntil || taken.length >= MOST_READS) return false;
      taken.push(now);
      return true;
    },
  };
}
