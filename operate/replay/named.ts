/** A replay as a person names it. */
import { Failure, misuse } from '../failure.ts';
import { purposeOf } from './names.ts';

export function requireName(name: string): void {
  if (purposeOf(name) === null)
    throw misuse('invalid_name', 'this is no name of a replay', 'use the name that `replay start` printed');
}

export const unknownReplay = (): Failure =>
  new Failure('unknown_replay', 'there is no such replay', 'use the name that `replay start` printed');
