/** Which rule a replay reaches, from which archive, in which windows. Pure. */
import { EVENT_NAMES, type EventName } from '../../events/catalogue.ts';
import { FACTS } from '../../events/facts.ts';
import { type FunctionName, REPLAY_PURPOSES, type ReplayPurpose } from '../../events/words.ts';
import { ARCHIVES } from '../../stacks/topology-archives.ts';
import { DECLARATIONS } from '../../stacks/topology-rules.ts';
import { Failure, misuse } from '../failure.ts';

/** Of one window (platform §5.8); a grain that holds more is one window all the same. */
export const WINDOW_EVENTS = 300;
/**
 * What is planned for. The archive has what the trail does not show: an event that was published twice is in it twice, and under
 * the time at which it was accepted, a little after it was published.
 */
const PLANNED_EVENTS = 200;

export type Choice = {
  readonly purpose: ReplayPurpose;
  /** Short name of the archive. */
  readonly archive: 'recovery' | 'facts';
  readonly retentionDays: number;
  /** The twin. */
  readonly rule: string;
  /** What the twin hears, of what the archive holds. */
  readonly heard: ReadonlySet<EventName>;
};

/** What each purpose reaches unless a rule is named (platform §5.11). */
const USUAL: Readonly<Partial<Record<ReplayPurpose, string>>> = { recovery: 'classify-intake', rebuild: 'auditor-all' };

/**
 * The twin for a purpose.
 *
 * @param named  a live rule or its twin; `undefined` for the purpose's usual one
 */
export function chooseRule(purpose: ReplayPurpose, named: string | undefined): Choice {
  const live = (named ?? USUAL[purpose])?.replace(/-replay$/, '');
  const twins = DECLARATIONS.filter(({ replay }) => replay.includes(purpose)).map(({ name }) => `${name}-replay`);
  const others = twins.length === 0 ? 'no rule of this release takes one' : `these take one: ${twins.join(', ')}`;
  if (live === undefined) throw misuse('rule_needed', `a ${purpose} wants --rule`, others);
  const declaration = DECLARATIONS.find(({ name }) => name === live);
  if (declaration === undefined) throw misuse('unknown_rule', 'there is no such rule', others);
  if (declaration.target === 'responder-reply')
    throw new Failure(
      'never_replayed',
      'nothing is ever replayed to responder-reply, which writes to customers',
      others,
    );
  if (!declaration.replay.includes(purpose))
    throw new Failure('no_twin', `${live} takes no replay for ${purpose}`, others);
  const archive = purpose === 'recovery' ? 'recovery' : 'facts';
  const kept: readonly EventName[] = archive === 'facts' ? FACTS : EVENT_NAMES;
  const { hears } = declaration;
  const heard = kept.filter((name) => hears === 'everything' || hears.some(({ event }) => event === name));
  const retentionDays = ARCHIVES.find(({ name }) => name === archive)?.retentionDays ?? 0;
  return { purpose, archive, retentionDays, rule: `${live}-replay`, heard: new Set(heard) };
}

/** Who hears a twin. */
export function consumerOf(twin: string): FunctionName | null {
  return DECLARATIONS.find(({ name }) => `${name}-replay` === twin)?.target ?? null;
}

export type Twin = Choice & { readonly consumer: FunctionName | null; readonly isUsual: boolean };

/** Everything that a replay can reach, by purpose: a new consumer that declares a twin is among them. */
export function allTwins(): readonly Twin[] {
  return REPLAY_PURPOSES.flatMap((purpose) =>
    DECLARATIONS.filter(({ replay }) => replay.includes(purpose)).map(({ name, target }) => ({
      ...chooseRule(purpose, name),
      consumer: target,
      isUsual: USUAL[purpose] === name,
    })),
  );
}

const DAY_MS = 86_400_000;

/** Refuses what the archive cannot answer; instants in epoch milliseconds. */
export function checkPeriod(
  period: { readonly from: number; readonly to: number },
  about: Pick<Choice, 'archive' | 'retentionDays'> & { readonly ingestionMs: number },
  now: number,
): void {
  const { from, to } = period;
  if (from >= to) throw misuse('empty_period', '--from is not before --to', 'name an earlier --from');
  if (to > now) throw new Failure('in_the_future', '--to lies in the future', 'name an instant that has passed');
  if (to > now - about.ingestionMs)
    throw new Failure(
      'too_fresh',
      `the archive takes up to ${about.ingestionMs / 60_000} minutes to hold what happened`,
      `wait, or name ${new Date(now - about.ingestionMs).toISOString()} as --to`,
    );
  const oldest = now - about.retentionDays * DAY_MS;
  if (from < oldest)
    throw new Failure(
      'older_than_retention',
      `the archive ${about.archive} keeps ${about.retentionDays} days, and --from lies before`,
      `name ${new Date(oldest + 60_000).toISOString()} or later as --from`,
    );
}

/** Both ends included, epoch milliseconds; `events` is what the trail counts in it. */
export type Window = { readonly from: number; readonly to: number; readonly events: number };

/**
 * Divides a period into windows that touch without overlapping.
 *
 * @param counts   events by the start of their grain, epoch milliseconds
 * @param grainMs  the shortest window, never divided: AWS replays minute by minute, in no order inside one
 * @param mostMs   the longest: where the trail was lost, nothing is counted, and the archive's own density bounds a window
 * @param emptyTo  nothing was archived before, so that one window holds all of it
 */
export function planWindows(
  { from, to }: { readonly from: number; readonly to: number },
  counts: ReadonlyMap<number, number>,
  { grainMs, mostMs, emptyTo }: { readonly grainMs: number; readonly mostMs: number; readonly emptyTo: number },
): Window[] {
  const windows: Window[] = [];
  let start = from;
  let events = 0;
  const longestFrom = (): number => Math.max(start, emptyTo);
  /** Ends the window before `next`, and those before it that nothing is counted in. */
  const close = (next: number): void => {
    while (next - longestFrom() > mostMs) {
      const to = longestFrom() + mostMs;
      windows.push({ from: start, to: to - 1, events });
      start = to;
      events = 0;
    }
    if (next > start) windows.push({ from: start, to: next - 1, events });
    start = next;
    events = 0;
  };
  for (const [grain, count] of [...counts].sort(([left], [right]) => left - right)) {
    const at = Math.max(grain, from);
    if (at > to || grain + grainMs <= from) continue;
    const isFull = events > 0 && events + count > PLANNED_EVENTS;
    if (isFull || grain + grainMs - longestFrom() > mostMs) close(at);
    events += count;
  }
  close(to + 1);
  return windows;
}

/** What the fullest of them holds; 0 where nothing is counted. */
export function fullestOf(windows: readonly Pick<Window, 'events'>[]): number {
  return windows.reduce((most, { events }) => Math.max(most, events), 0);
}

/** How long a window may be where nothing is known but how much the archive holds. */
export function longestWindow(
  archive: { readonly events: number; readonly createdAt: number; readonly retentionDays: number },
  leastMs: number,
  now: number,
): number {
  const age = Math.max(leastMs, Math.min(now - archive.createdAt, archive.retentionDays * DAY_MS));
  const ms = archive.events === 0 ? age : (age * PLANNED_EVENTS) / archive.events;
  return Math.max(leastMs, Math.floor(ms / leastMs) * leastMs);
}
