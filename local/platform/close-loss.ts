/** A folder whose ledger is gone closes its own past, before anybody has noticed the loss (protocols §9). */
import type { TableName } from '../../functions/shared/store/language.ts';
import type { Timing } from '../aws/time.ts';
import { closePastIn, type Flags, writeFlag } from './close-past.ts';

/** Without the one nobody knows who was answered, without the other what is Tier 0. */
const PROTECTING: readonly TableName[] = ['idempotency', 'conversation_state'];

/**
 * Where a table that protects customers is missing in a folder that is not new: nothing received before now is answered,
 * nothing at all until somebody resumes, and the reconciler is off until the ledger is known to be whole. For as long as a
 * table is missing, each start closes the past again, which costs a number and nothing else.
 *
 * @param missing  short names of tables that are still to be made
 */
export function closeLoss(
  missing: readonly string[],
  { timing, ...flags }: Flags & { readonly timing: Pick<Timing, 'now'> },
  onTrouble: (what: string) => void,
): void {
  const lost = PROTECTING.filter((name) => missing.includes(name)).join(', ');
  if (lost === '') return;
  const about = { by: 'the start', reason: `lost: ${lost} (docs/recovery.md)` };
  writeFlag(flags, 'automation_enabled', 'false', about);
  closePastIn(flags, timing.now(), about);
  onTrouble(`lost and made anew: ${lost}; replies are off until docs/recovery.md is followed`);
}
