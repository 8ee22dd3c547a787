/** `replay start`, `resume`, `status`, `cancel`: archived events to the twins of rules, with the safety rules of platform §5.11. */
import type { ReplayPurpose } from '../../events/words.ts';
import type { Answer, Context } from '../context.ts';
import { Failure, failureOf } from '../failure.ts';
import { type Place, placeOf } from '../instance/place.ts';
import { parseInstant } from '../instants.ts';
import { begin, requireAlone } from '../replay/alone.ts';
import { cancelUnrecorded } from '../replay/bare.ts';
import { isCatchingUp, setCatchUp, unsetCatchUp } from '../replay/catch-up.ts';
import { type Driving, drive } from '../replay/drive.ts';
import { withDriving } from '../replay/driving.ts';
import { stateFact } from '../replay/facts.ts';
import { refuseUnhealthy } from '../replay/health.ts';
import { lost } from '../replay/lost.ts';
import { requireName, requireReplayName, unknownReplay } from '../replay/named.ts';
import { type Choice, checkPeriod, chooseRule } from '../replay/plan.ts';
import { another, outlookOf, refuseImpossible, unfinishedRun, windowsOf } from '../replay/prepare.ts';
import { answerOf, describe } from '../replay/report.ts';
import { isOpen, newOwner, newRun, openRuns, type Run } from '../replay/runs.ts';
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
    const outlook = await outlookOf(driving, choice, run);
    const eventsTotal = outlook.events;
    const about = describe(context, place, run, outlook);
    if (options.yes !== true) throw new Failure('confirmation_needed', about, 'add --yes');
    context.note(about);
    await begin(driving.runs, { ...run, eventsTotal });
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
  requireReplayName(name);
  const place = placeOf(context);
  return withDriving(context, place, async (driving) => {
    const { runs, replays } = driving;
    const found = await runs.find(name);
    if (found === null) return cancelUnrecorded(driving, name, yes);
    // Whoever ended it may have died at it: then the same is done again.
    if (!isOpen(found) && found.ended && !(await isCatchingUp(place, name)))
      throw new Failure('over', `${name} is ${found.status}`, 'nothing is left to cancel');
    if (!yes)
      throw new Failure(
        'confirmation_needed',
        isOpen(found)
          ? `${name} would end for good after ${count(found.eventsDone, 'event')}; what it replayed stays`
          : `${name} is ${found.status}, and what is left of its end would be done`,
        'add --yes',
      );
    const run = isOpen(found) ? await runs.cancel(name, found.endedAt ?? Date.now()) : found;
    if (run === null) throw new Failure('over', `${name} is over`, 'nothing is left to cancel');
    if (run.active !== null) await replays.cancel(run.active.name);
    await end(place, run);
    await runs.markEnded(name);
    return answerOf(context, { ...run, ended: true });
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
  if (isOpen(found)) await requireAlone(driving.runs, name);
  const run = await driving.runs.take(name, newOwner(), Date.now());
  if (run === null) {
    if (found.status === 'running') throw another(name);
    const cure = found.ended
      ? 'start another one'
      : `do what is left of its end: \`npx frontdesk replay cancel ${name} --yes\``;
    throw new Failure('over', `${name} is ${found.status}`, cure);
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
    // Whoever dies before the last of these leaves a run that is taken up again, or cancelled, and then ended once more.
    run = await kept(driving, run, { endedAt: run.endedAt ?? Date.now() });
    await end(place, run);
    return answerOf(context, await kept(driving, run, { status: 'completed', ended: true }), readModels);
  } catch (error) {
    // Whoever comes next need not wait for the lease; when this cannot be written, the lease ends by itself.
    const left = await runs.save(run, { status: 'interrupted' }, Date.now()).catch(() => run);
    throw left === null || !left.setCatchUp ? error : await toldOfFlag(place, run, error);
  }
}

/** Its status alone would not say why nobody is answered. */
async function toldOfFlag(place: Place, { name }: Run, error: unknown): Promise<Failure> {
  const { code, message, cure, exitCode } = failureOf(error);
  const isOn = await isCatchingUp(place, name).catch(() => true);
  const flag = isOn ? `; catch_up_mode stays on, so nobody is answered until ${name} is resumed or cancelled` : '';
  return new Failure(code, message + flag, cure, exitCode);
}

async function kept({ runs }: Driving, run: Run, changes: Partial<Run>): Promise<Run> {
  const next = await runs.save(run, changes, Date.now());
  if (next === null) throw await lost(runs, run.name);
  return next;
}

/** May be done again: the flag is off once, and the fact is one by its id and time. */
async function end(place: Place, run: Run): Promise<void> {
  if (run.setCatchUp) await unsetCatchUp(place, run.name);
  await stateFact(place, 'ReplayCompleted', run, run.endedAt ?? Date.now());
}

const choiceOf = ({ purpose, rule }: Pick<Run, 'purpose' | 'rule'>): Choice => chooseRule(purpose, rule);

function isSameRun(run: Run, { purpose, rule }: Choice, { from, to }: { from: number; to: number }): boolean {
  return run.purpose === purpose && run.rule === rule && run.from === from && run.to === to;
}
