/**
 * When the clocks of kept worlds begin. A data folder is opened today, and what has a time to live would be gone from one that
 * begins at the simulator's fixed date; so kept runs end before now, and their bytes are those of their moment.
 */
import { GAP_MS, LONGEST_HOURS } from '../run.ts';

/** Within what the archive of recovery and the ledger keep (platform §2.6: 14 and 21 days), with the time a run may take. */
const MOST_SPREAD_MS = 12 * 86_400_000;

/**
 * The worlds follow one another as their conversations would, the last of them ended by now whatever happens in it.
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
  const usualMs = conversations * GAP_MS;
  const aheadMs =
    worlds === null
      ? MOST_SPREAD_MS - ((world * usualMs) % MOST_SPREAD_MS)
      : (worlds - 1 - world) * Math.min(usualMs, MOST_SPREAD_MS / worlds);
  return Math.floor(now - LONGEST_HOURS * 3_600_000 - aheadMs);
}
