/** A replay before it begins: its windows, how long it may take, and what stands against it. Changes nothing. */
import { Failure } from '../failure.ts';
import { countByGrain } from './counts.ts';
import type { Driving } from './drive.ts';
import { runOf } from './names.ts';
import { type Choice, longestWindow, planWindows, type Window } from './plan.ts';
import { isOpen, type Run } from './runs.ts';

type Looking = Pick<Driving, 'place' | 'replays' | 'runs' | 'tables'>;

/** Divides what is left of a run, as the archive and the trail hold it now. */
export function windowsOf({ tables, replays, place }: Looking, choice: Choice) {
  return async (run: Pick<Run, 'cursor' | 'to'>): Promise<Window[]> => {
    const period = { from: run.cursor, to: run.to };
    if (period.from > period.to) return [];
    const archive = await replays.archive(choice.archive);
    const counts = await countByGrain(tables, period, choice.heard, place.grainMs);
    const leastMs = Math.max(1_000, place.grainMs);
    const mostMs = longestWindow({ ...archive, retentionDays: choice.retentionDays }, leastMs, Date.now());
    return planWindows(period, counts, { grainMs: place.grainMs, mostMs, emptyTo: archive.createdAt });
  };
}

/** What a run would go through. */
export type Outlook = {
  readonly windows: readonly Window[];
  /** Counted in the trail. */
  readonly events: number;
  /** Since when the archive stands, epoch milliseconds. */
  readonly archivedSince: number;
};

export async function outlookOf(looking: Looking, choice: Choice, run: Pick<Run, 'cursor' | 'to'>): Promise<Outlook> {
  const windows = await windowsOf(looking, choice)(run);
  const { createdAt } = await looking.replays.archive(choice.archive);
  return { windows, events: windows.reduce((sum, { events }) => sum + events, 0), archivedSince: createdAt };
}

/** The run that is not over, of which there is one at a time. */
export async function unfinishedRun({ runs }: Pick<Looking, 'runs'>): Promise<Run | undefined> {
  return (await runs.all()).find(isOpen);
}

/** @throws Failure where another replay is under way, or the bus has no such twin */
export async function refuseImpossible(
  { replays, runs }: Pick<Looking, 'replays' | 'runs'>,
  { rule }: Choice,
): Promise<void> {
  const [underWay] = await replays.underWay();
  if (underWay !== undefined) {
    const run = runOf(underWay);
    throw run !== null && (await runs.find(run)) !== null ? another(run) : byHand(underWay);
  }
  if (!(await replays.hasRule(rule)))
    throw new Failure('no_such_twin', `the bus has no enabled rule ${rule}`, 'deploy this release there first');
}

/** Nobody can take it up: there is no record of it. */
function byHand(name: string): Failure {
  return new Failure(
    'started_by_hand',
    `the replay ${name} is under way, and there is one at a time; it was started by hand, or its record is lost`,
    `wait until it is over, or end it: \`npx frontdesk replay cancel ${name} --yes\``,
  );
}

export function another(name: string): Failure {
  return new Failure(
    'another_replay',
    `${name} is not over, and there is one replay at a time`,
    `see \`npx frontdesk replay status ${name}\`; then \`replay resume ${name}\` or \`replay cancel ${name}\``,
  );
}
