/**
 * Names of replays, `<purpose>-<ulid>`. A run is many replays: their ULIDs count up in the last four digits, so that one prefix
 * finds all of them, and the first bears the run's name. Pure.
 */
import { REPLAY_PURPOSES, type ReplayPurpose } from '../../events/words.ts';

const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const COUNTER_DIGITS = 4;
const ZERO = '0'.repeat(COUNTER_DIGITS);
const WINDOW = new RegExp(`^(?:${REPLAY_PURPOSES.join('|')})-[${DIGITS}]{26}$`);

/** What the names of a run's windows begin with. */
export const prefixOf = (run: string): string => run.slice(0, -COUNTER_DIGITS);

export function runName(purpose: ReplayPurpose, ulid: string): string {
  return `${purpose}-${ulid.slice(0, -COUNTER_DIGITS)}${ZERO}`;
}

/** The purpose in a run's name; `null` when it is no name of a run. */
export function purposeOf(name: string): ReplayPurpose | null {
  return REPLAY_PURPOSES.find((purpose) => runOf(name) === name && name.startsWith(`${purpose}-`)) ?? null;
}

/** @param index  0 for the first replay of the run, at most 1,048,575 */
export function windowName(run: string, index: number): string {
  let rest = index;
  let counter = '';
  for (let digit = 0; digit < COUNTER_DIGITS; digit += 1) {
    counter = (DIGITS[rest % 32] ?? '') + counter;
    rest = Math.floor(rest / 32);
  }
  if (rest > 0) throw new Error('a run has no more than 1,048,576 windows');
  return prefixOf(run) + counter;
}

/** The run that a replay belongs to, by its name; `null` when it is no name that this tool gives. */
export function runOf(replay: string): string | null {
  return WINDOW.test(replay) ? prefixOf(replay) + ZERO : null;
}
