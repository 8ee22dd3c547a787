/** How long the steps of a rotation wait (platform §3.5). */
import { scaledTimeout, scaledWaits } from '../../functions/shared/stage/scale.ts';

const MINUTE_MS = 60_000;
/**
 * A container may begin to read the secret just before it changes and keep what it read from when the answer came: no run of
 * `ingest` lasts longer than its 5 s, and clocks of machines run at their own pace.
 */
const MARGIN_MS = 30_000;
const WATCH_MS = 15 * MINUTE_MS;
const GIVE_UP_MS = 30 * MINUTE_MS;
/** In an emergency: long enough that requests on their way have arrived. */
const SHORT_WATCH_MS = MINUTE_MS;

export type RotationTimes = {
  /** No container knows the secret as it was before. */
  readonly cacheMs: number;
  /** So long the former token is unused before it goes. */
  readonly watchMs: number;
  readonly giveUpMs: number;
  readonly pollMs: number;
};

/** After so long no container knows the secret as it was before a change. @param scale  of the instance, 0.01–1 */
export const cacheEndMs = (scale: number): number => scaledWaits(scale).secretCacheMs + scaledTimeout(MARGIN_MS, scale);

/** @param scale  of the instance, 0.01–1; what runs on a real processor keeps its least. */
export function rotationTimes(scale: number, isEmergency: boolean, pollMs: number): RotationTimes {
  return {
    cacheMs: cacheEndMs(scale),
    watchMs: scaledTimeout(isEmergency ? SHORT_WATCH_MS : WATCH_MS, scale),
    giveUpMs: scaledTimeout(GIVE_UP_MS, scale),
    pollMs,
  };
}
