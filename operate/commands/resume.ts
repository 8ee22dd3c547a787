/** `resume`: the reverse of `stop`, one level at a time, once the exit criteria are met (platform §4.10). */
import type { Answer, Context } from '../context.ts';
import { Failure, misuse } from '../failure.ts';
import { aboutChange, type FlagStore, flagStore } from '../flags/parameters.ts';
import { requireFlag, valueInForce } from '../flags/values.ts';
import { readDeadLetters } from '../health/dead-letters.ts';
import { readInFlight } from '../health/ledger.ts';
import { type Instance, requireInstance } from '../instance/instance.ts';
import { endpointTables } from '../instance/tables.ts';
import { LEVELS, type Level, requireLevel } from '../switches/levels.ts';
import { durationText } from '../table.ts';
import { switchTo } from './stop.ts';

export type ResumeOptions = { readonly level: string; readonly override?: boolean; readonly reason?: string };

/** Platform §4.10: queue age below 60 s. */
const MOST_UNSETTLED_S = 60;

export async function resume(context: Context, options: ResumeOptions): Promise<Answer> {
  const level = requireLevel(options.level);
  const isOverride = options.override === true;
  if (isOverride && options.reason === undefined) {
    throw misuse('reason_missing', '--override wants a reason', 'add --reason "why it cannot wait"');
  }
  const about = aboutChange(options.reason ?? `resume --level ${level.name}`);
  const instance = requireInstance(context);
  const store = flagStore(instance);
  const began = performance.now();
  try {
    await refuseOutOfTurn(store, level);
    const unmet = await unmetCriteria(instance, store);
    if (unmet.length > 0 && !isOverride) {
      throw new Failure(
        'exit_criteria_unmet',
        `not resumed: ${unmet.join('; ')}`,
        'wait and try again, or add --override --reason "…"',
      );
    }
    for (const criterion of unmet) context.tell(`overridden: ${criterion}`);
    const { changedAt } = await switchTo(store, level, !level.stopped, about);
    const isBack = (await switchValue(store, level)) === !level.stopped;
    if (!isBack)
      throw new Failure(
        'switched_back',
        `somebody stopped again at once`,
        `look at \`npx frontdesk flags get ${level.flag}\``,
      );
    const ms = Math.round(performance.now() - began);
    const value = {
      level: level.name,
      flag: level.flag,
      value: !level.stopped,
      setAt: changedAt,
      verifiedAt: new Date().toISOString(),
      ms,
      overridden: unmet,
    };
    return {
      value,
      text: `${level.flag}=${!level.stopped} after ${durationText(ms)}. ${await whatIsLeft(store, level)}`,
    };
  } finally {
    store.close();
  }
}

/** Strongest first: a weaker level that is resumed under a stronger one would change nothing today and surprise tomorrow. */
async function refuseOutOfTurn(store: FlagStore, level: Level): Promise<void> {
  for (const stronger of LEVELS.slice(LEVELS.indexOf(level) + 1)) {
    if ((await switchValue(store, stronger)) === stronger.stopped) {
      throw new Failure(
        'stronger_level_in_force',
        `level ${stronger.name} is still in force`,
        `resume it first: \`npx frontdesk resume --level ${stronger.name}\``,
      );
    }
  }
}

async function unmetCriteria(instance: Instance, store: FlagStore): Promise<string[]> {
  const tables = endpointTables(instance);
  try {
    const [{ oldestSeconds }, queues, flagsReadable] = await Promise.all([
      readInFlight(tables, Date.now()),
      readDeadLetters(instance),
      store.all().then(
        () => true,
        () => false,
      ),
    ]);
    const dead = Object.values(queues).reduce((sum, messages) => sum + messages, 0);
    return [
      ...(oldestSeconds >= MOST_UNSETTLED_S
        ? [`the oldest unsettled message waits for ${oldestSeconds} s (below ${MOST_UNSETTLED_S} s wanted)`]
        : []),
      ...(dead > 0 ? [`${dead} dead letters (none wanted)`] : []),
      ...(flagsReadable ? [] : ['the flags cannot be read']),
    ];
  } finally {
    await tables.close();
  }
}

async function whatIsLeft(store: FlagStore, resumed: Level): Promise<string> {
  for (const weaker of LEVELS.slice(0, LEVELS.indexOf(resumed)).toReversed()) {
    if ((await switchValue(store, weaker)) === weaker.stopped) {
      return `Level ${weaker.name} is still in force; resume it next.`;
    }
  }
  return 'In force everywhere within 60 s. Watch `npx frontdesk status`.';
}

async function switchValue(store: FlagStore, { flag }: Level) {
  return valueInForce(requireFlag(flag), (await store.read(flag))?.value ?? null);
}
