/** Safe mode beside an emergency rotation: whoever has the token can make up messages. It holds no rotation up. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from '../context.ts';
import { failureOf } from '../failure.ts';
import type { About } from '../flags/parameters.ts';
import { requireSwitch } from '../switches/levels.ts';
import { type Levers, withLevers } from '../switches/levers.ts';
import { pull, untilInForce } from '../switches/pull.ts';

/** @param signal  aborted: nobody waits for it any more. @returns whether it is in force */
export function safeModeBeside(context: Context, about: About, signal: AbortSignal): Promise<boolean> {
  return orTell(context.tell, () =>
    withLevers(context, (levers) => {
      const stoppable = { ...levers, sleep: (ms: number) => sleep(ms, undefined, { signal }) };
      return stopAnswers(stoppable, about, levers.place.inForceAfterMs);
    }),
  );
}

export async function stopAnswers(levers: Levers, about: About, afterMs: number): Promise<void> {
  const safe = requireSwitch('safe', undefined);
  await pull(levers, safe, about);
  levers.tell('safe_mode is set; waiting until it is in force');
  await untilInForce(levers, safe, about, afterMs);
  levers.tell('safe_mode is in force: nobody is answered; afterwards `npx frontdesk resume --level safe`');
}

/** Never throws: a token that others know is worse than a flag that cannot be written. @returns whether it came to its end */
export async function orTell(tell: (line: string) => void, run: () => Promise<void>): Promise<boolean> {
  try {
    await run();
    return true;
  } catch (error) {
    const { message } = failureOf(error);
    tell(`${NOT_SAFE} (${message}); run \`npx frontdesk stop --level safe\` beside this`);
    return false;
  }
}

export const NOT_SAFE = 'safe_mode is not known to be in force: customers may be answered';
