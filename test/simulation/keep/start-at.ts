/**
 * When the clocks of kept worlds begin. A data folder is opened today, and what has a time to live would be gone from one that
 * begins at the simulator's fixed date; so kept runs end before today, and their bytes are those of the day.
 */
import { GAP_MS } from '../run.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** The longest worlds seen take a third of it. One that takes more is refused by the keeper while today is too young. */
const LAST_WORLD_MS = 12 * HOUR_MS;
/** Within what the archive of recovery and the ledger keep (platform §2.6: 14 and 21 days). */
const MOST_SPREAD_MS = 12 * DAY_MS;

/**
 * The worlds follow one another as their conversations would; the last begins at noon of yesterday (UTC). The same all day, so
 * that a kept run can be run again.
 *
 * @param world  0 for the first of `worlds`, each of so many conversations; without an end they begin again after twelve days
 */
export function startAtOf(
  world: number,
  {
    worlds,
    conversations,
    now,
  }: { readonly worlds: number | null; readonly conversations: number; readonly now: number },
): number {
  const today = now - (now % DAY_MS);
  const usualMs = conversations * GAP_MS;
  const aheadMs =
    worlds === null
      ? MOST_SPREAD_MS - ((world * usualMs) % MOST_SPREAD_MS)
      : (worlds - 1 - world) * Math.min(usualMs, MOST_SPREAD_MS / worlds);
  return Math.floor(today - LAST_WORLD_MS - aheadMs);
}
