/** What the replay commands say about a run. */
import type { Answer, Context } from '../context.ts';
import type { Place } from '../instance/place.ts';
import { localTime } from '../instants.ts';
import { businessZone } from '../shop.ts';
import { durationText, pairs } from '../table.ts';
import { count } from '../text.ts';
import { WINDOW_EVENTS } from './plan.ts';
import type { Run } from './runs.ts';
import type { Comparison } from './swap.ts';

/** What will happen, in one sentence. */
export function describe(context: Context, place: Place, run: Run, windows: number): string {
  const zone = businessZone(context.variables);
  const time = (at: number) => `${localTime(at, zone)} ${zone.name}`;
  const then =
    run.purpose === 'recovery'
      ? '; catch_up_mode is on meanwhile, so nothing is answered'
      : run.purpose === 'rebuild'
        ? '; the new read models then take the place of the present ones'
        : '';
  return (
    `about ${count(run.eventsTotal, 'event')} of the archive ${run.archive} of stage ${place.env}, ${time(run.from)} to ` +
    `${time(run.to)}, would go to ${run.rule} and nowhere else, in ${count(windows, 'window')} of at most ` +
    `${WINDOW_EVENTS} events${then}`
  );
}

/** How far it has come; of a rebuild that is over, what the comparison of the read models gave. */
export function answerOf(context: Context, run: Run, readModels: Comparison | null = null): Answer {
  const zone = businessZone(context.variables);
  const isAbandoned = run.status === 'running' && run.leaseUntil < Date.now();
  const status = isAbandoned ? 'interrupted' : run.status;
  const iso = (at: number) => new Date(at).toISOString();
  const value = {
    name: run.name,
    purpose: run.purpose,
    rule: run.rule,
    archive: run.archive,
    status,
    from: iso(run.from),
    to: iso(run.to),
    replayedUpTo: run.cursor > run.from ? iso(Math.min(run.cursor - 1, run.to)) : null,
    events: run.eventsDone,
    eventsExpected: run.eventsTotal,
    windows: run.windows,
    activeWindow: run.active?.name ?? null,
    startedAt: iso(run.startedAt),
    endedAt: run.endedAt === null ? null : iso(run.endedAt),
    ...(readModels !== null && { readModels }),
  };
  const time = (at: number) => `${localTime(at, zone)} ${zone.name}`;
  const text = pairs([
    ['replay', run.name],
    ['status', status],
    ['reaches', run.rule],
    ['period', `${time(run.from)} to ${time(run.to)}`],
    ['events', `${run.eventsDone} of about ${run.eventsTotal}, in ${count(run.windows, 'window')}`],
    ['took', run.endedAt === null ? 'goes on' : durationText(run.endedAt - run.startedAt)],
  ]);
  return { value, text };
}
