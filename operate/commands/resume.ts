/** `resume`: the reverse of `stop`, one level at a time, once the exit criteria are met (platform §4.10). */
import type { Answer, Context } from '../context.ts';
import { Failure, misuse } from '../failure.ts';
import { aboutChange, versionOf } from '../flags/parameters.ts';
import { readCriteria, unmet } from '../switches/criteria.ts';
import { requireSwitch, type Switch } from '../switches/levels.ts';
import { type LiveLevers, withLevers } from '../switches/levers.ts';
import { nameOf, switchedBack } from '../switches/pull.ts';
import { release } from '../switches/release.ts';
import { isStanding, readStops, standingAbove } from '../switches/standing.ts';
import { durationText } from '../table.ts';

export type ResumeOptions = {
  readonly level: string;
  readonly only?: string;
  readonly override?: boolean;
  readonly reason?: string;
  /** The version of its parameter that this is decided on: a stop that somebody set since is not taken back. */
  readonly basedOn?: string;
};

export function resume(context: Context, options: ResumeOptions): Promise<Answer> {
  const one = requireSwitch(options.level, options.only);
  const isOverride = options.override === true;
  if (isOverride && options.reason === undefined)
    throw misuse('reason_missing', '--override wants a reason', 'add --reason "why it cannot wait"');
  const decidedOn = options.basedOn === undefined ? null : versionOf(options.basedOn);
  const about = aboutChange(options.reason ?? `resume --level ${nameOf(one)}`, context);
  return withLevers(context, async (levers) => {
    if (!(await isStanding(levers, one))) return nothingToResume(levers, one);
    const began = levers.monotonic();
    let overridden: readonly string[] = [];
    const { changedAt, value } = await release(
      levers,
      one,
      about,
      async () => {
        await refuseOutOfTurn(levers, one);
        const now = Date.now();
        overridden = unmet(one.level, await readCriteria(levers, now), now);
        if (overridden.length > 0 && !isOverride)
          throw new Failure(
            'exit_criteria_unmet',
            `not resumed: ${overridden.join('; ')}`,
            'wait and try again, or add --override --reason "…"',
          );
        for (const criterion of overridden) context.tell(`overridden: ${criterion}`);
      },
      decidedOn,
    );
    if (await isStanding(levers, one)) throw switchedBack(one);
    const ms = Math.round(levers.monotonic() - began);
    return {
      value: {
        level: one.level,
        value: one.value(value),
        setAt: changedAt,
        verifiedAt: new Date().toISOString(),
        ms,
        overridden,
      },
      text: `${nameOf(one)} is resumed after ${durationText(ms)}. ${await whatIsLeft(levers)}`,
    };
  });
}

/** Another version would tell who reads the history that somebody took a stop back. */
async function nothingToResume(levers: LiveLevers, one: Switch): Promise<Answer> {
  const stored = await levers.flags.read(one.parameter);
  return {
    value: {
      level: one.level,
      value: one.value(stored?.value ?? null),
      setAt: stored?.changedAt ?? null,
      verifiedAt: new Date().toISOString(),
      ms: 0,
      overridden: [],
    },
    text: `${nameOf(one)} was not stopped; nothing was changed. ${await whatIsLeft(levers, 'Nothing is stopped.')}`,
  };
}

/** A weaker level that is resumed under a stronger one would change nothing today and surprise tomorrow. */
async function refuseOutOfTurn(levers: LiveLevers, one: Switch): Promise<void> {
  const [stronger] = await standingAbove(levers, one);
  if (stronger === undefined) return;
  throw new Failure(
    'stronger_level_in_force',
    `level ${stronger.level} is still in force`,
    `resume it first: \`npx frontdesk resume --level ${stronger.level}\``,
  );
}

const IN_FORCE = 'In force everywhere within 60 s. Watch `npx frontdesk status`.';

/** Every stop that is left, strongest first, as `--level` and `--only` name it. */
async function whatIsLeft({ flags, rules }: LiveLevers, otherwise = IN_FORCE): Promise<string> {
  const left = await readStops(flags, rules);
  return left.length === 0 ? otherwise : `Still in force: ${left.map(nameOf).join(', ')}.`;
}
