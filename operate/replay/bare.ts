/** Replays of this stage's archives that no run is known of: started by hand, or their record is lost. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer } from '../context.ts';
import { Failure } from '../failure.ts';
import { pairs } from '../table.ts';
import { count } from '../text.ts';
import { isCatchingUp, unsetCatchUp } from './catch-up.ts';
import type { Driving } from './drive.ts';
import { unknownReplay } from './named.ts';
import { runOf } from './names.ts';
import type { ReplayState } from './replays.ts';

const GIVE_UP_MS = 30_000;
const OVER: ReadonlySet<ReplayState | null> = new Set<ReplayState | null>(['COMPLETED', 'CANCELLED', 'FAILED', null]);

/** Ends what bears the name, or is a window of the run that does, and switches off what that run left on. */
export async function cancelUnrecorded(driving: Driving, name: string, isConfirmed: boolean): Promise<Answer> {
  const { place, replays, runs } = driving;
  const run = runOf(name);
  if (run !== null && run !== name && (await runs.find(run)) !== null)
    throw new Failure('part_of_a_run', `${name} is a window of ${run}`, `npx frontdesk replay cancel ${run}`);
  const underWay = (await replays.underWay()).filter((replay) => replay === name || runOf(replay) === name);
  const hasFlag = await isCatchingUp(place, name);
  if (underWay.length === 0 && !hasFlag) throw unknownReplay();
  if (!isConfirmed) {
    const flag = hasFlag ? ', and catch_up_mode would go off' : '';
    throw new Failure(
      'confirmation_needed',
      `there is no record of ${name}; ${count(underWay.length, 'replay')} under way would end for good${flag}; what was replayed stays`,
      'add --yes',
    );
  }
  for (const replay of underWay) await replays.cancel(replay);
  if (hasFlag) await unsetCatchUp(place, name);
  const areOver = await untilOver(driving, underWay);
  const status = areOver ? 'cancelled' : 'cancelling';
  return {
    value: { name, status },
    text: pairs([
      ['replay', name],
      ['status', status],
    ]),
  };
}

/** A replay that is cancelled goes on for a moment. */
async function untilOver({ place, replays, signal }: Driving, names: readonly string[]): Promise<boolean> {
  const until = performance.now() + GIVE_UP_MS;
  for (const name of names) {
    while (!OVER.has(await replays.state(name))) {
      if (performance.now() > until || signal.aborted) return false;
      await sleep(place.pollMs);
    }
  }
  return true;
}
