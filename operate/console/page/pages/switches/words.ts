/** How people call the levels. */
import type { SeenFlag, SeenPlace, SeenRung } from '../../../actions/switches.ts';
import { valueText } from './values.ts';

type LevelName = SeenRung['level'];

export const LEVEL_TITLES: Readonly<Record<LevelName, string>> = {
  template: 'One template',
  channel: 'One channel',
  intent: 'One intent',
  automation: 'Automation',
  safe: 'Safe mode',
  sever: 'Reply path',
  'read-only': 'Writing to the helpdesk',
  processing: 'Processing',
};

/** What stopping them is called. */
export const STOP_WORDS: Readonly<Record<LevelName, string>> = {
  template: 'Stop a template',
  channel: 'Stop a channel',
  intent: 'Stop an intent',
  automation: 'Stop automation',
  safe: 'Switch on safe mode',
  sever: 'Sever the reply path',
  'read-only': 'Stop writing',
  processing: 'Stop processing',
};

/** What resuming one that has no choice is called. */
const RESUME_WORDS: Readonly<Partial<Record<LevelName, string>>> = {
  automation: 'Resume automation',
  safe: 'Leave safe mode',
  sever: 'Resume the reply path',
  'read-only': 'Resume writing',
  processing: 'Resume processing',
};

export function resumeWord(rung: Pick<SeenRung, 'level'>, place: Pick<SeenPlace, 'only' | 'state'>): string {
  if (place.state === 'never_started') return `Start ${nameOf(rung, place)}`;
  return RESUME_WORDS[rung.level] ?? `Resume ${nameOf(rung, place)}`;
}

/** The strongest are guarded: their name is typed. */
export const isGuarded = ({ number }: Pick<SeenRung, 'number'>): boolean => number >= 5;

export const hasChoices = ({ places }: SeenRung): boolean => places.some(({ only }) => only !== null);

/** What exactly is stopped. */
export function nameOf({ level }: Pick<SeenRung, 'level'>, { only }: Pick<SeenPlace, 'only'>): string {
  return only ?? LEVEL_TITLES[level];
}

export function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

export function msText(ms: number): string {
  return ms < 1000 ? `${ms} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** No level writes them, and with this value no customer gets a reply. */
const HOLDING: ReadonlyMap<string, boolean> = new Map([
  ['outbound_enabled', false],
  ['shadow_mode', true],
  ['catch_up_mode', true],
]);

/** Flags beside the levels that keep every reply back, each with its value. */
export function heldBy(flags: readonly Pick<SeenFlag, 'name' | 'value'>[]): string[] {
  return flags
    .filter(({ name, value }) => HOLDING.get(name) === value)
    .map(({ name, value }) => `${name} is ${valueText(value)}`);
}
