/** How the kill switch stands, level by level: what the page of switches asks. Changes nothing. */
import type { Context } from '../context.ts';
import { type Criterion, criteriaOf, readCriteria } from '../switches/criteria.ts';
import { type Rung, readLadder } from '../switches/ladder.ts';
import { requireSwitch, type Switch } from '../switches/levels.ts';
import { type LiveLevers, withLevers } from '../switches/levers.ts';
import { nameOf, stillInForce } from '../switches/pull.ts';
import { sinceWhen, standingAbove } from '../switches/standing.ts';
import { durationText } from '../table.ts';

/** After it no customer message began that the switch forbids. */
export type Verification = { readonly verifiedAt: string; readonly ms: number };

export function showLadder(context: Context): Promise<{ value: readonly Rung[] }> {
  return withLevers(context, async (levers) => ({ value: await readLadder(levers) }));
}

/** Looks at a stop that stands as `stop` does before it returns, and sets nothing. */
export function verifyStop(
  context: Context,
  { level, only }: { readonly level: string; readonly only?: string },
): Promise<{ value: Verification }> {
  const one = requireSwitch(level, only);
  return withLevers(context, async (levers) => {
    const began = levers.monotonic();
    context.tell(`looking whether ${nameOf(one)} is in force`);
    await stillInForce(levers, one, levers.place.inForceAfterMs, await stoodMs(levers, one));
    const ms = Math.round(levers.monotonic() - began);
    context.tell(`in force, seen within ${durationText(ms)}`);
    return { value: { verifiedAt: new Date().toISOString(), ms } };
  });
}

/** 0 where nobody knows since when. */
async function stoodMs({ flags }: LiveLevers, one: Switch): Promise<number> {
  const since = sinceWhen(await flags.history(one.parameter), one)?.changedAt;
  return since === undefined ? 0 : Date.now() - Date.parse(since);
}

export type ExitCriteria = {
  readonly criteria: readonly Criterion[];
  /** Stronger levels that stand: no reason overrides these. */
  readonly first: readonly string[];
  /** Of its parameter: what a resume that is decided on this is based on. */
  readonly version: number;
};

/** What `resume` would look at now. */
export function showExitCriteria(
  context: Context,
  { level, only }: { readonly level: string; readonly only?: string },
): Promise<{ value: ExitCriteria }> {
  const one = requireSwitch(level, only);
  return withLevers(context, async (levers) => {
    const now = Date.now();
    const version = (await levers.flags.read(one.parameter))?.version ?? 0;
    const [readings, above] = await Promise.all([readCriteria(levers, now), standingAbove(levers, one)]);
    return { value: { criteria: criteriaOf(one.level, readings, now), first: above.map(nameOf), version } };
  });
}
