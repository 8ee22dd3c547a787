/** A folder whose ledger is gone closes its own past, before anybody has noticed the loss (protocols §9). */
import type { TableName } from '../../functions/shared/store/language.ts';
import type { Endpoint } from './endpoint.ts';
import { STAGE } from './stage.ts';

/** Without the one nobody knows who was answered, without the other what is Tier 0. */
const PROTECTING: readonly TableName[] = ['idempotency', 'conversation_state'];

/**
 * Where a table that protects customers had to be made anew in a folder that is not new: nothing received before now is
 * answered, nothing at all until somebody resumes, and the reconciler is off until the ledger is known to be whole.
 */
export function closeLoss(
  { tablesMade, ssm, putParameter, timing }: Pick<Endpoint, 'tablesMade' | 'ssm' | 'putParameter' | 'timing'>,
  onTrouble: (what: string) => void,
): void {
  const lost = PROTECTING.filter((name) => tablesMade.includes(name));
  if (lost.length === 0) return;
  const named = (flag: string): string => `/frontdesk/${STAGE.env}/${flag}`;
  const generation = Number(ssm.value(named('ledger_generation')) ?? 1);
  putParameter(named('automation_enabled'), 'false', true);
  putParameter(named('reply_epoch'), new Date(timing.now()).toISOString(), true);
  putParameter(named('ledger_generation'), String(generation + 1), true);
  onTrouble(`lost and made anew: ${lost.join(', ')}; replies are off until docs/recovery.md is followed`);
}
