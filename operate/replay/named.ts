/** A replay as a person names it. */
import { Failure, misuse } from '../failure.ts';
import { purposeOf } from './names.ts';

const SEE_NAMES = 'see their names with `npx frontdesk replay list`';

/** One of this tool's own runs: only these can be looked at, and taken up again. */
export function requireName(name: string): void {
  if (purposeOf(name) === null) throw misuse('invalid_name', 'this is no name of a replay', SEE_NAMES);
}

/** Any that EventBridge takes: who starts a replay by hand calls it what they like, and it can be cancelled all the same. */
export function requireReplayName(name: string): void {
  if (!/^[.\-_A-Za-z0-9]{1,64}$/.test(name)) throw misuse('invalid_name', 'this is no name of a replay', SEE_NAMES);
}

export const unknownReplay = (): Failure => new Failure('unknown_replay', 'there is no such replay', SEE_NAMES);
