/** What a plan says in words, for the command line and the page. Pure. */
import type { Estimate } from '../../../../replay/estimate.ts';

type Waiting = { readonly inFlight: number; readonly mostInFlight: number };

/** `null` where nothing holds a replay back now. Its first window waits for nobody: nothing of the period was replayed yet. */
export function waitText({ inFlight, mostInFlight }: Waiting): string | null {
  if (inFlight < mostInFlight) return null;
  return `it waits now, once its first window is handed on: ${inFlight.toLocaleString('en-GB')} messages of this period are under way, and fewer than ${mostInFlight} have to be`;
}

/** Promises the limit only where it was counted: no window is shorter than a grain of the archive. */
export function windowsText(plan: {
  readonly windows: number;
  readonly windowEvents: number;
  readonly largestWindowEvents: number;
}): string {
  const { windows, windowEvents, largestWindowEvents } = plan;
  return largestWindowEvents > windowEvents
    ? `${windows}, of which the largest holds about ${counted(largestWindowEvents, 'event')}: what came in closer together is not divided`
    : `${windows}, of at most ${windowEvents} events each`;
}

/** How long it takes, from the moment at which it need not wait. */
export function takesText(
  { estimate, ...waiting }: Waiting & { readonly estimate: Pick<Estimate, 'ms'> },
  durationText: (ms: number) => string,
): string {
  return `about ${durationText(estimate.ms)}${waitText(waiting) === null ? '' : ' once that is so'}`;
}

/** `1 window`, `3 windows`. */
export const counted = (n: number, one: string): string => `${n.toLocaleString('en-GB')} ${one}${n === 1 ? '' : 's'}`;

/** What opens the list of events: `The 3 kinds of events that it hears`. */
export function hearsText(kinds: number): string {
  return kinds === 1 ? 'The one kind of event that it hears' : `The ${kinds} kinds of events that it hears`;
}

type Refused = {
  readonly code: string;
  readonly message: string;
  readonly cure: string;
  readonly isOverridable: boolean;
};

const CURES_ON_PAGE: Readonly<Record<string, string>> = {
  empty_period: 'Choose an earlier beginning.',
  another_replay: 'Look at it in the table Replays below; take it up or cancel it there.',
};
const UNHEALTHY = 'Mend that first (page Cost and health). Or tick below that it shall run although an alarm is on.';

/** A refusal where there is no command line: options are fields of the form. */
export function refusedOnPage({ code, message, cure, isOverridable }: Refused): { message: string; cure: string } {
  const inForm = (text: string): string => text.replaceAll('--from', 'the beginning').replaceAll('--to', 'the end');
  return { message: inForm(message), cure: isOverridable ? UNHEALTHY : (CURES_ON_PAGE[code] ?? inForm(cure)) };
}
