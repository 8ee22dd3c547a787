/** `replay start`, `resume`, `status`, `cancel`: archived events to the twins of rules, with the safety rules of platform §5.11. */
import type { ReplayPurpose } from '../../events/words.ts';
import type { Answer, Context } from '../context.ts';
import { Failure } from '../failure.ts';
import { type Place, placeOf } from '../instance/place.ts';
import { parseInstant } from '../instants.ts';
import { setCatchUp, unsetCatchUp } from '../replay/catch-up.ts';
import { type Driving, drive } from '../replay/drive.ts';
import { withDriving } from '../replay/driving.ts';
import { stateFact } from '../replay/facts.ts';
import { refuseUnhealthy } from '../replay/health.ts';
import { requireName, unknownReplay } from '../replay/named.ts';
import { type Choice, checkPeriod, chooseRule } from '../replay/plan.ts';
import { another, refuseImpossible, unfinishedRun, windowsOf } from '../replay/prepare.ts';
import { answerOf, describe } from '../replay/report.ts';
import { newOwner, newRun, openRuns, type Run } from '../replay/runs.ts';
import { finishRebuild } from '../replay/swap.ts';
import { businessZone } from '../shop.ts';
import { count } from '../text.ts';

export type StartOptions = {
  readonly purpose: ReplayPurpose;
  readonly from: string;
  readonly to: string;
  readonly rule?: string;
  readonly yes?: boolean;
  readonly override?: boolean;
};

export async function startReplay(context: Context, options: StartOptions): Promise<Answer> {
  const zone = businessZone(context.variables);
  const now = Date.now();
  const from = parseInstant(options.from, zone, now);
  const to = parseInstant(options.to, zone, now);
  const choice = chooseRule(options.purpose, options.rule);
  const place = placeOf(context);
  checkPeriod({ from, to }, { ...choice, ingestionMs: place.ingestionMs }, now);
  return withDriving(context, place, async (driving) => {
    const unfinished = await unfinishedRun(driving);
    if (unfinished !== undefined) {
      if (!isSameRun(unfinished, choice, { from, to })) throw another(unfinished.name);
      if (options.yes !== true)
        throw new Failure('confirmation_needed', `${unfinished.name} would go on where it stopped`, 'add --yes');
      if (options.override !== true) await refuseUnhealthy(place);
      return goOn(context, driving, unfinished.name, options);
    }
    await refuseImpossible(driving, choice);
    if (options.override !== true) await refuseUnhealthy(place);
    const run = newRun(choice, { from, to }, now);
    const windows = await windowsOf(driving, choice)(run);
    const eventsTotal = windows.reduce((sum, { events }) => sum + events, 0);
    const about = describe(context, place, { ...run, eventsTotal }, windows.length);
    if (options.yes !== true) throw new Failure('confirmation_needed', about, 'add --yes');
    context.note(about);
    if (!(await driving.runs.create({ ...run, eventsTotal }))) throw another(run.name);
    return finish(context, driving, { ...run, eventsTotal }, options);
  });
}

export async function resumeReplay(
  context: Context,
  name: string,
  options: { readonly override?: boolean },
): Promise<Answer> {
  requireName(name);
  const place = placeOf(context);
  return withDriving(context, place, async (driving) => {
    if (options.override !== true) await refuseUnhealthy(place);
    return goOn(context, driving, name, options);
  });
}

export async function replayStatus(context: Context, name: string): Promise<Answer> {
  requireName(name);
  const place = placeOf(context);
  const runs = openRuns(place);
  try {
    const run = await runs.find(name);
    if (run === null) throw unknownReplay();
    return answerOf(context, run);
  } finally {
    runs.close();
  }
}

export async function cancelReplay(
  context: Context,
  name: string,
  { yes = false }: { readonly yes?: boolean },
): Promise<Answer> {
  requireName(name);
  const place = placeOf(context);
  return withDriving(context, place, async ({ runs, replays }) => {
    const found = await runs.find(name);
    if (found === null) throw unknownReplay();
    if (found.status === 'completed' || found.status === 'cancelled')
      throw new Failure('over', `${name} is ${found.status}`, 'nothing is left to cancel');
    if (!yes)
      throw new Failure(
        'confirmation_needed',
        `${name} would end for good after ${count(found.eventsDone, 'event')}; what it replayed stays`,
        'add --yes',
      );
    const run = await runs.cancel(name, Date.now());
    if (run === null) throw new Failure('over', `${name} is over`, 'nothing is left to cancel');
    if (run.active !== null) await replays.cancel(run.active.name);
    await end(place, run);
    return answerOf(context, run);
  });
}

/** Takes a run up again. */
async function goOn(
  context: Context,
  driving: Driving,
  name: string,
  options: { readonly override?: boolean },
): Promise<Answer> {
  const found = await driving.runs.find(name);
  if (found === null) throw unknownReplay();
  const run = await driving.runs.take(name, newOwner(), Date.now());
  if (run === null) {
    if (found.status === 'running') throw another(name);
    throw new Failure('over', `${name} is ${found.status}`, 'start another one');
  }
  context.note(`${name} goes on after ${count(run.eventsDone, 'event')}`);
  return finish(context, driving, run, options);
}

/** From a run that is ours to one that is over. */
async function finish(
  context: Context,
  driving: Driving,
  begun: Run,
  options: { readonly override?: boolean },
): Promise<Answer> {
  const { place, runs } = driving;
  let run = begun;
  try {
    if (run.purpose === 'recovery') run = await setCatchUp(place, runs, run);
    await stateFact(place, 'ReplayStarted', run, run.startedAt);
    run = await drive(driving, run, windowsOf(driving, choiceOf(run)));
    const readModels = run.purpose === 'rebuild' ? await finishRebuild(driving, run, options.override === true) : null;
    const endedAt = Date.now();
    const done = await runs.save(run, { status: 'completed', endedAt }, endedAt);
    if (done === null) throw new Failure('cancelled', `${run.name} was cancelled`, 'start another one');
    await end(place, done);
    return answerOf(context, done, readModels);
  } catch (error) {
    // Whoever comes next need not wait for the lease; when this cannot be written, the lease ends by itself.
    await runs.save(run, { status: 'interrupted' }, Date.now()).catch(() => null);
    throw error;
  }
}

async function end(place: Place, run: Run): Promise<void> {
  if (run.setCatchUp) await unsetCatchUp(place, run);
  await stateFact(place, 'ReplayCompleted', run, run.endedAt ?? Date.now());
}

const choiceOf = ({ purpose, rule }: Pick<Run, 'purpose' | 'rule'>): Choice => chooseRule(purpose, rule);

function isSameRun(run: Run, { purpose, rule }: Choice, { from, to }: { from: number; to: number }): boolean {
  return run.purpose === purpose && run.rule === rule && run.from === from && run.to === to;
}
