/** `stop`: the kill switch. It returns when it is in force: after that no send begins (protocols §6, platform §4.10). */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer, Context } from '../context.ts';
import { Failure } from '../failure.ts';
import { aboutChange, type FlagStore, flagStore } from '../flags/parameters.ts';
import { requireFlag, valueInForce } from '../flags/values.ts';
import { requireInstance } from '../instance/instance.ts';
import { endpointTables, type Tables } from '../instance/tables.ts';
import { openReplyClaims } from '../switches/claims.ts';
import { type Level, requireLevel } from '../switches/levels.ts';
import { durationText } from '../table.ts';
import { count } from '../text.ts';

/** 0 on one machine once no claim is open: its index has no lag (ruling 28). */
const MARGIN_MS = 0;
const POLL_MS = 100;
/** A claim is resolved as unknown after 120 s and read back for 30 s (protocols §6). */
const GIVE_UP_MS = 180_000;

export async function stop(
  context: Context,
  options: { readonly level: string; readonly reason: string },
): Promise<Answer> {
  const level = requireLevel(options.level);
  const about = aboutChange(options.reason);
  const instance = requireInstance(context);
  const store = flagStore(instance);
  const tables = endpointTables(instance);
  const began = performance.now();
  try {
    const { changedAt } = await switchTo(store, level, level.stopped, about);
    context.tell(`${level.flag}=${level.stopped} is set; waiting until it is in force`);
    await untilInForce(context, store, tables, level);
    const ms = Math.round(performance.now() - began);
    const value = {
      level: level.name,
      flag: level.flag,
      value: level.stopped,
      setAt: changedAt,
      verifiedAt: new Date().toISOString(),
      ms,
    };
    return {
      value,
      text: `In force after ${durationText(ms)}: ${level.effect}. Undo with \`npx frontdesk resume --level ${level.name}\`.`,
    };
  } finally {
    store.close();
    await tables.close();
  }
}

/** Writes over whatever stands there: nobody's change is worth a stop that is refused. */
export async function switchTo(store: FlagStore, level: Level, value: boolean, about: { by: string; reason: string }) {
  for (let attempt = 1; ; attempt += 1) {
    const inForce = await store.read(level.flag);
    try {
      return await store.write(level.flag, String(value), about, inForce?.version ?? 0);
    } catch (error) {
      if (!(error instanceof Failure && error.code === 'version_conflict') || attempt === 5) throw error;
    }
  }
}

async function untilInForce(
  context: Context,
  store: FlagStore,
  tables: Pick<Tables, 'query'>,
  level: Level,
): Promise<void> {
  const until = performance.now() + GIVE_UP_MS;
  let told = 0;
  for (;;) {
    const stored = await store.read(level.flag);
    const isVisible = valueInForce(requireFlag(level.flag), stored?.value ?? null) === level.stopped;
    // A claim precedes the last reading of the flags: once none is open, every later one meets the new value.
    const claims = isVisible ? await openReplyClaims(tables) : 0;
    if (isVisible && claims === 0) return sleep(MARGIN_MS);
    if (!isVisible)
      throw new Failure(
        'switched_back',
        `somebody set ${level.flag} back`,
        `look at \`npx frontdesk flags get ${level.flag}\`, then stop again`,
      );
    if (claims !== told) context.tell(`${count(claims, 'reply', 'replies')} on the way; waiting for the outcome`);
    told = claims;
    if (performance.now() > until) {
      throw new Failure(
        'not_verified',
        `${level.flag} is set, and a reply still has no outcome`,
        'look at `npx frontdesk status`; the sweeper closes it within minutes',
      );
    }
    await sleep(POLL_MS);
  }
}
