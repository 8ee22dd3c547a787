/** The levels of the kill switch that this release has, weakest first (platform §4.10). */
import { misuse } from '../failure.ts';

export type Level = {
  readonly name: string;
  readonly flag: 'automation_enabled' | 'safe_mode';
  /** Value of the flag that stops. */
  readonly stopped: boolean;
  readonly effect: string;
};

export const LEVELS: readonly Level[] = [
  { name: 'automation', flag: 'automation_enabled', stopped: false, effect: 'no customer messages; routing goes on' },
  { name: 'safe', flag: 'safe_mode', stopped: true, effect: 'route only: no customer messages, optional calls off' },
];

export const LEVEL_NAMES: readonly string[] = LEVELS.map(({ name }) => name);

/** Throws with the levels there are. */
export function requireLevel(name: string): Level {
  const level = LEVELS.find((one) => one.name === name);
  if (level === undefined)
    throw misuse('unknown_level', `there is no level ${name}`, `name one of: ${LEVEL_NAMES.join(', ')}`);
  return level;
}
