/** Why a run is no longer this driver's. */
import { Failure } from '../failure.ts';
import type { Runs } from './runs.ts';

export async function lost(runs: Pick<Runs, 'find'>, name: string): Promise<Failure> {
  if ((await runs.find(name))?.status === 'cancelled')
    return new Failure('cancelled', `${name} was cancelled`, 'start another one when it is wanted again');
  return new Failure(
    'taken_over',
    'another process drives this replay',
    `see how far it is: \`npx frontdesk replay status ${name}\``,
  );
}
