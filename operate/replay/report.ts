/** What the replay commands say about a run. */
import type { Answer, Context } from '../context.ts';
import type { Place } from '../instance/place.ts';
import { localTime } from '../instants.ts';
import { businessZone } from '../shop.ts';
import { durationText, pairs } from '../table.ts';
import { count } from '../text.ts';
import type { Estimate } from './estimate.ts';
import { MOST_IN_FLIGHT } from './pace.ts';
import { type Choice, consumerOf, fullestOf, WINDOW_EVENTS } from './plan.ts';
import type { Outlook } from './prepare.ts';
import { isOpen, type Run } from './runs.ts';
import type { Comparison } from './swap.ts';

/** What will happen, in one sentence; where nothing is counted, that, since a window before the archive looks like any other. */
export function describe(context: Context, place: Pick<Place, 'env'>, run: Run, outlook: Outlook): string {
  const { windows, events, archivedSince } = outlook;
  const zone = businessZone(context.variables);
  const time = (at: number) => `${localTime(at, zone)} ${zone.name}`;
  const period = `${time(run.from)} to ${time(run.to)}`;
  const archive = `the archive ${run.archive} of stage ${place.env}`;
  const then =
    run.purpose === 'recovery'
      ? '; catch_up_mode is on meanwhile, so nothing is answered'
      : run.purpose === 'rebuild'
        ? '; the new read models then take the place of the present ones'
        : '';
  const what = isEmpty(outlook)
    ? `nothing is known to be archived, ${period}: the trail counts no event of it, and ${archive} stands since ` +
      `${time(archivedSince)}; whatever it holds of that period`
    : `about ${count(events, 'event')} of ${archive}, ${period},`;
  return (
    `${what} would go to ${run.rule} and nowhere else, in ${count(windows.length, 'window')} ` +
    `${sizeText(outlook)}${then}`
  );
}

/** Promises the limit only where it was counted: no window is shorter than a grain, and a lost trail counts nothing. */
function sizeText(outlook: Outlook): string {
  if (isEmpty(outlook)) return `of about ${WINDOW_EVENTS} events at most`;
  const fullest = fullestOf(outlook.windows);
  return fullest > WINDOW_EVENTS
    ? `of which the largest holds about ${fullest} events: what came in closer together is not divided`
    : `of at most ${WINDOW_EVENTS} events`;
}

/** Looked at, and nothing was counted. The trail may be lost, so it says nothing of the archive itself. */
const isEmpty = ({ windows, events }: Outlook): boolean => windows.length > 0 && events === 0;

export type RunValue = ReturnType<typeof runValue>;

/** How far it has come. */
export function runValue(run: Run) {
  // Whoever drove it is gone.
  const isAbandoned = run.status === 'running' && run.leaseUntil < Date.now();
  // Fixed a moment before the run is over.
  const endedAt = isOpen(run) ? null : run.endedAt;
  return {
    name: run.name,
    purpose: run.purpose,
    rule: run.rule,
    archive: run.archive,
    status: isAbandoned ? ('interrupted' as const) : run.status,
    from: iso(run.from),
    to: iso(run.to),
    replayedUpTo: run.cursor > run.from ? iso(Math.min(run.cursor - 1, run.to)) : null,
    events: run.eventsDone,
    eventsExpected: run.eventsTotal,
    windows: run.windows,
    activeWindow: run.active?.name ?? null,
    startedAt: iso(run.startedAt),
    endedAt: endedAt === null ? null : iso(endedAt),
  };
}

export type PlanRefusal = {
  readonly code: string;
  readonly message: string;
  readonly cure: string;
  readonly isOverridable: boolean;
};

export type ReplayPlan = ReturnType<typeof planValue>;

/** What would happen. */
export function planValue(
  { purpose, archive, rule, heard }: Choice,
  { from, to }: { readonly from: number; readonly to: number },
  outlook: Outlook,
  about: {
    /** Of the period: a replay waits for those. */
    readonly inFlight: number;
    readonly estimate: Estimate;
    readonly refusals: readonly PlanRefusal[];
  },
) {
  return {
    purpose,
    archive,
    rule,
    consumer: consumerOf(rule),
    hears: [...heard],
    from: iso(from),
    to: iso(to),
    windows: outlook.windows.length,
    windowEvents: WINDOW_EVENTS,
    /** Counted; above `windowEvents` where one grain holds more. */
    largestWindowEvents: fullestOf(outlook.windows),
    mostInFlight: MOST_IN_FLIGHT,
    events: outlook.events,
    ...(isEmpty(outlook) && { archivedSince: iso(outlook.archivedSince) }),
    ...about,
  };
}

const iso = (at: number): string => new Date(at).toISOString();

/** Where something is left to do, what. */
function statusText(run: Run, status: RunValue['status']): string {
  if (status === 'cancelled' && !run.ended)
    return `cancelled, and its end is not done; give it again: \`npx frontdesk replay cancel ${run.name} --yes\``;
  if (status === 'interrupted' && run.setCatchUp)
    return 'interrupted; catch_up_mode stays on, so nobody is answered until it is resumed or cancelled';
  return status;
}

/** And of a rebuild that is over, what the comparison of the read models gave. */
export function answerOf(context: Context, run: Run, readModels: Comparison | null = null): Answer {
  const zone = businessZone(context.variables);
  const value = { ...runValue(run), ...(readModels !== null && { readModels }) };
  const { status } = value;
  const time = (at: number) => `${localTime(at, zone)} ${zone.name}`;
  const text = pairs([
    ['replay', run.name],
    ['status', statusText(run, status)],
    ['reaches', run.rule],
    ['period', `${time(run.from)} to ${time(run.to)}`],
    ['events', `${run.eventsDone} of about ${run.eventsTotal}, in ${count(run.windows, 'window')}`],
    ['took', value.endedAt === null ? 'goes on' : durationText(Date.parse(value.endedAt) - run.startedAt)],
  ]);
  return { value, text };
}
