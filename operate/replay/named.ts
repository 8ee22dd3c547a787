/** A replay as a person names it. */
import { Failure, misuse } from '../failure.ts';
import { purposeOf } from './names.ts';

const SEE_NAMES = 'see their names with `npx frontdesk replay list`';

export function requireName(name: string): void {
  if (purposeOf(name) === null) throw misuse('invalid_name', 'this is no name of a replay', SEE_NAMES);
}

/** Any that EventBridge gives, a run's or not. */
export function requireReplayName(name: string): void {
  if (!/^[.\-_A-Za-z0-9]{1,64}$/.test(name)) throw misuse('invalid_name', 'this is no name of a replay', SEE_NAMES);
}

export const unknownReplay = (): Failure => new Failure('unknown_replay', 'there is no such replay', SEE_NAMES);
