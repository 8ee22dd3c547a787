/** Every stop in force, with who set it, when and why (platform §4.10). */
import type { Change, FlagStore } from '../flags/parameters.ts';
import { ALL_SWITCHES, type LevelName, type Switch, strongerThan } from './levels.ts';
import type { Levers, Rules } from './levers.ts';
import { isSet } from './pull.ts';

export type Stop = {
  readonly level: LevelName;
  readonly only: string | null;
  /** RFC 3339, UTC; `null` where nothing was ever set, or it was set long ago. */
  readonly since: string | null;
  readonly by: string | null;
  readonly reason: string | null;
};

/** Strongest first. A template that nobody ever switched is not stopped: it was never started. */
export async function readStops(
  { all, history }: Pick<FlagStore, 'all' | 'history'>,
  rules: Pick<Rules, 'isOn'>,
): Promise<readonly Stop[]> {
  const stored = await all();
  const stops: Stop[] = [];
  for (const one of ALL_SWITCHES) {
    const value = stored.get(one.parameter)?.value ?? null;
    const isOff = one.rule !== null && !(await rules.isOn(one.rule));
    if (!isOff && !one.isStopped(value)) continue;
    if (one.level === 'template' && value === null) continue;
    const change = one.isStopped(value) ? sinceWhen(await history(one.parameter), one) : null;
    stops.push({
      level: one.level,
      only: one.only,
      since: change?.changedAt ?? null,
      by: change?.by ?? null,
      reason: change?.reason ?? null,
    });
  }
  return stops;
}

/** The change that stopped it, not a later one of another entry of the list. Pure. @param history  oldest first */
export function sinceWhen(history: readonly Change[], { isStopped }: Pick<Switch, 'isStopped'>): Change | null {
  const lastOn = history.findLastIndex(({ value }) => !isStopped(value));
  return history[lastOn + 1] ?? null;
}

/** Set, or half set: one of rule and parameter is enough to stop. */
export async function isStanding(levers: Levers, one: Switch): Promise<boolean> {
  if (await isSet(levers, one)) return true;
  if (one.rule === null) return false;
  const stored = await levers.flags.read(one.parameter);
  return one.isStopped(stored?.value ?? null) || !(await levers.rules.isOn(one.rule));
}

/** The stronger ones that stand, which are to be resumed first. */
export async function standingAbove(levers: Levers, one: Switch): Promise<readonly Switch[]> {
  const standing: Switch[] = [];
  for (const stronger of strongerThan(one)) if (await isStanding(levers, stronger)) standing.push(stronger);
  return standing;
}
