/** Every level of the kill switch as it stands: what the page of switches shows. */
import type { Change } from '../flags/parameters.ts';
import { describeLevel, LEVEL_NAMES, type LevelName, requireSwitch, type Switch } from './levels.ts';
import type { LiveLevers } from './levers.ts';
import { sinceWhen } from './standing.ts';

export type Rung = {
  readonly level: LevelName;
  /** As platform §4.10 counts them. */
  readonly number: number;
  readonly effect: string;
  readonly goesOn: string;
  readonly resumed: string;
  /** What it can be limited to has one entry each; a level that stops everything has one. */
  readonly places: readonly Place[];
};

export type Place = {
  readonly only: string | null;
  /** The flag that is written. */
  readonly parameter: string;
  /** `never_started`: a template that nobody ever switched. */
  readonly state: 'on' | 'stopped' | 'never_started';
  /** RFC 3339, UTC; `null` where it is not stopped, or was so from the first. */
  readonly since: string | null;
  readonly by: string | null;
  readonly reason: string | null;
};

/** Weakest first. */
export async function readLadder({ flags, rules }: Pick<LiveLevers, 'flags' | 'rules'>): Promise<readonly Rung[]> {
  const stored = await flags.all();
  // A list is the parameter of many switches.
  const histories = new Map<string, Promise<readonly Change[]>>();
  const historyOf = (parameter: string): Promise<readonly Change[]> => {
    const known = histories.get(parameter) ?? flags.history(parameter);
    histories.set(parameter, known);
    return known;
  };

  async function placeOf(one: Switch): Promise<Place> {
    const value = stored.get(one.parameter)?.value ?? null;
    const isOff = one.rule !== null && !(await rules.isOn(one.rule));
    const state = stateOf(one, value, isOff);
    const change = state === 'stopped' && one.isStopped(value) ? sinceWhen(await historyOf(one.parameter), one) : null;
    const { changedAt = null, by = null, reason = null } = change ?? {};
    return {
      only: one.only,
      parameter: one.parameter,
      state,
      since: changedAt,
      by,
      reason,
    };
  }

  return Promise.all(
    LEVEL_NAMES.map(async (level) => {
      const { takes, ...words } = describeLevel(level);
      const switches = (takes ?? [undefined]).map((only) => requireSwitch(level, only));
      return { level, ...words, places: await Promise.all(switches.map(placeOf)) };
    }),
  );
}

function stateOf(one: Switch, value: string | null, isOff: boolean): Place['state'] {
  if (!isOff && !one.isStopped(value)) return 'on';
  return one.level === 'template' && value === null ? 'never_started' : 'stopped';
}
