/** What FRONTDESK_TIME_SCALE makes of waits; the limits below which work on a real processor does not fit. */
import { WAITS, type Waits } from '../times.ts';

/** A run gets at least this long, unless its own timeout is shorter. */
const LEAST_TIMEOUT_MS = 1_000;
/** What waits until a run of somebody else can no longer write waits at least this long. */
const LEAST_AFTER_RUN_MS = 2_000;

/** Parameters are at hand on one machine: within it every reader has seen a switch, and `stop` can wait for that. */
export const LOCAL_FLAG_CACHE_MS = 2_000;

/** @param scale  0.01–1 */
export function localWaits(scale: number): Waits {
  const flagCacheMs = Math.ceil(LOCAL_FLAG_CACHE_MS * scale);
  return { ...scaledWaits(scale), flagCacheMs, flagCacheRoutingMs: flagCacheMs };
}

/** @param scale  0.01–1 */
export function scaledWaits(scale: number): Waits {
  const scaled = times(WAITS, scale) as Waits;
  return {
    ...scaled,
    unclearAfterMs: atLeast(LEAST_AFTER_RUN_MS, WAITS.unclearAfterMs, scale),
    registerWaitMs: atLeast(LEAST_AFTER_RUN_MS, WAITS.registerWaitMs, scale),
  };
}

/** Of a run, in milliseconds; the function host ends it then. */
export function scaledTimeout(ms: number, scale: number): number {
  return atLeast(LEAST_TIMEOUT_MS, ms, scale);
}

/** The scaled wait, or `least` where the scale would make it shorter than that. */
function atLeast(least: number, ms: number, scale: number): number {
  return Math.max(ms * scale, Math.min(least, ms));
}

function times(waits: unknown, scale: number): unknown {
  if (typeof waits === 'number') return Math.ceil(waits * scale);
  if (Array.isArray(waits)) return waits.map((wait) => times(wait, scale));
  return Object.fromEntries(Object.entries(Object(waits)).map(([name, wait]) => [name, times(wait, scale)]));
}
