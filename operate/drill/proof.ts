/** What must have been there before the loss for a drill to prove anything: where nothing can go wrong, nothing is shown. Pure. */
import type { TableName } from '../../functions/shared/store/language.ts';
import { Failure } from '../failure.ts';
import { type AllHoldings, rebuildableIn } from './holdings.ts';

/**
 * Throws where nobody was answered: no archive and no webhook could lead to a second answer, whatever the rebuild forgot.
 *
 * @param folder  as it was given
 */
export function requireAnswered(answered: readonly unknown[], folder: string): void {
  if (answered.length > 0) return;
  throw new Failure(
    'not_proven',
    `not proven: nothing was answered here, so nothing in ${folder} could be answered twice`,
    'start it with `npm start -- --mode auto`, write `npx frontdesk say "My lamp arrived broken"` until a message is replied to, then drill again',
  );
}

/** Lost tables of which a rebuild brings rows back, and that held none of these: losing them was no loss. */
export function emptyOf(tables: readonly TableName[], held: AllHoldings): readonly TableName[] {
  return tables.filter((table) => rebuildableIn(table, held[table]) === 0);
}
