/** Every stop in force, with who set it, when and why (platform §4.10). */
import type { Change, FlagStore } from '../flags/parameters.ts';
import { requireFlag, valueInForce } from '../flags/values.ts';
import { ALL_SWITCHES, type LevelName, type Switch, strongerThan } from './levels.ts';
import type { Levers, Rules } from './levers.ts';
import { isSet } from './pull.ts';

const CATCH_UP = 'catch_up_mode';

export type Stop = {
  readonly level: LevelName;
  readonly only: string | null;
  /** RFC 3339, UTC; `null` where nothing was ever set, or it was set long ago. */
  readonly since: string | null;
  readonly by: string | null;
  readonly reason: string | null;
};

/** `catch_up_mode`, which stops every reply like level `safe`, and is no level: a replay sets it, or a person (R004). */
export type CatchingUp = Pick<Stop, 'since' | 'by' | 'reason'>;

/** `null` while it is off. */
export async function readCatchingUp({
  read,
  history,
}: Pick<FlagStore, 'read' | 'history'>): Promise<CatchingUp | null> {
  const isOn = (text: string | null) => valueInForce(requireFlag(CATCH_UP), text) === true;
  if (!isOn((await read(CATCH_UP))?.value ?? null)) return null;
  const changes = await history(CATCH_UP);
  // Who wrote last is who answers for it: a replay takes over what a former one left on.
  const last = changes.findLast(({ value }) => isOn(value));
  const since = sinceWhen(changes, { isStopped: isOn });
  return { since: since?.changedAt ?? null, by: last?.by ?? null, reason: last?.reason ?? null };
}

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
