/**
 * When the clocks of kept worlds begin. A data folder is opened today, and what has a time to live would be gone from one that
 * begins at the simulator's fixed date; so kept runs end before today, and their bytes are those of the day.
 */
import { GAP_MS } from '../run.ts';

/** Worlds take some four hours. One that takes more than a day is refused by the keeper while today is too young. */
const DAY_MS = 86_400_000;
/** Within what the archive of recovery and the ledger keep (platform §2.6: 14 and 21 days). */
const MOST_SPREAD_MS = 12 * DAY_MS;

/**
 * The worlds follow one another as their conversations would; the last begins with yesterday (UTC). The same all day, so
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
  return Math.floor(today - DAY_MS - aheadMs);
}
