/** `dlq list|show|redrive`: what neither the bus nor a function could finish (interfaces §3, platform §5.9). */
import type { FlagSnapshot } from '../../functions/shared/flags/flags.ts';
import { ulidOf } from '../../functions/shared/ids.ts';
import type { Answer, Context } from '../context.ts';
import { ATTENTION_TAG, giveUp } from '../dead-letters/give-up.ts';
import type { Letter } from '../dead-letters/letter.ts';
import { givingUpOn } from '../dead-letters/live.ts';
import { ageFrom, foreignCauseOf, type Plan, planOf } from '../dead-letters/plan.ts';
import { type Held, type LetterQueues, letterQueues, type Taken } from '../dead-letters/queues.ts';
import { Failure, failureOf, misuse } from '../failure.ts';
import { placeOf } from '../instance/place.ts';
import { localTime } from '../instants.ts';
import { businessZone } from '../shop.ts';
import { durationText, pairs, table } from '../table.ts';
import { count } from '../text.ts';

/** Platform §5.9: no blasting. */
export const MOST_A_BATCH = 10;
const TAG_WORDS = `${ATTENTION_TAG} on the ticket`;

export type Letters = {
  /** The oldest first. */
  readonly rows: readonly Row[];
  /** How many more there are, which another look holds. */
  readonly elsewhere: number;
};

export function readLetters(context: Context): Promise<Letters> {
  return looking(context, ({ held, elsewhere }) => ({
    rows: held.map(({ letter }) => rowOf(letter, Date.now())),
    elsewhere,
  }));
}

/** One look hides letters from the next: what it cannot see is no all-clear. */
export const heldText = (elsewhere: number): string =>
  `${count(elsewhere, 'letter')} ${elsewhere === 1 ? 'is' : 'are'} held by another look; try again in a minute.`;
const noneText = (elsewhere: number): string => (elsewhere === 0 ? 'No dead letters.' : heldText(elsewhere));

export async function listLetters(context: Context): Promise<Answer> {
  const { rows, elsewhere } = await readLetters(context);
  // Beside the rows, and beside JSON, which has no place for it.
  if (elsewhere > 0 && (rows.length > 0 || context.isJson)) context.tell(heldText(elsewhere));
  const zone = businessZone(context.variables);
  const text = table(
    ['id', 'queue', 'cause', 'event', 'conversation', `since (${zone.name})`, 'age', 'a redrive'],
    rows.map((row) => [
      row.id,
      row.queue,
      row.cause,
      row.eventName,
      row.conversationId,
      localTime(row.sentAt, zone),
      durationText(row.ageSeconds * 1000),
      redriveText(row),
    ]),
    noneText(elsewhere),
  );
  return { value: rows, text };
}

export async function showLetter(context: Context, id: string): Promise<Answer> {
  const { letter, elsewhere } = await looking(context, (taken) => ({
    letter: taken.held.find((one) => one.letter.id === id)?.letter,
    elsewhere: taken.elsewhere,
  }));
  if (letter === undefined) throw unknownLetter(id, elsewhere);
  const row = rowOf(letter, Date.now());
  const { metadata } = letter;
  const value = {
    ...row,
    eventId: metadata?.eventId ?? null,
    rootEventId: metadata?.rootEventId ?? null,
    messageId: metadata?.messageId ?? null,
    messageKey: metadata?.messageKey ?? null,
    schemaVersion: metadata?.schemaVersion ?? null,
    channel: metadata?.channel ?? null,
    hops: metadata?.hops ?? null,
    occurredAt: metadata?.occurredAt ?? null,
    receivedAt: metadata?.receivedAt ?? null,
    traceId: metadata?.correlationId ?? null,
    producer: metadata?.producer ?? null,
    release: metadata?.release ?? null,
    replay: metadata?.replay?.name ?? null,
  };
  const told = { ...value, redrive: redriveText(row) };
  const next =
    metadata?.conversationId == null ? [] : ['', `The whole story: npx frontdesk ticket ${metadata.conversationId}`];
  return { value, text: [pairs(Object.entries(told)), ...next].join('\n') };
}

function unknownLetter(id: string, elsewhere: number): Failure {
  const cure = elsewhere === 0 ? 'see `npx frontdesk dlq list`' : heldText(elsewhere);
  return new Failure('unknown_letter', `no dead letter has the id ${id}`, cure);
}

export type RedriveOptions = {
  readonly max: string;
  readonly queue?: string;
  readonly cause?: string;
  readonly yes?: boolean;
};

/** The oldest ones go back to their functions, a second apart; what has no way back is given up. */
export async function redriveLetters(context: Context, options: RedriveOptions): Promise<Answer> {
  const most = batchOf(options.max);
  const place = placeOf(context);
  const queues = letterQueues(place);
  const parts = givingUpOn(place);
  const left = new Set<Held>();
  try {
    const { held, elsewhere } = await queues.take();
    for (const one of held) left.add(one);
    const now = Date.now();
    const chosen = [...left]
      .filter(({ letter }) => options.queue === undefined || letter.queue === options.queue)
      .filter(({ letter }) => options.cause === undefined || letter.cause === options.cause)
      .slice(0, most);
    const replayName = `recovery-${ulidOf(now, chosen.map(({ letter }) => letter.id).join())}`;
    const plans = chosen.map((one) => ({ held: one, plan: planOf(one.letter, now, replayName) }));
    if (plans.length > 0 && options.yes !== true) throw wantsYes(plans, now);
    if (plans.length > 0 && mayAnswer((await parts.flags()).values))
      context.tell('safe mode is off: messages that are still young may be answered when they are redriven');
    const results: Result[] = [];
    for (const [index, { held: one, plan }] of plans.entries()) {
      const result = await carryOut(queues, parts, one, plan, index);
      if (result.outcome !== 'failed') left.delete(one);
      results.push(result);
    }
    const none = left.size === 0 ? noneText(elsewhere) : noneChosenText([...left].map(({ letter }) => letter));
    return answerOf(results, left.size, none);
  } finally {
    await queues.release([...left]);
    queues.close();
    parts.close();
  }
}

/** Each of these alone keeps every reply back. */
function mayAnswer(values: FlagSnapshot['values']): boolean {
  return values.automation_enabled && !values.safe_mode && !values.catch_up_mode;
}

/** A mistyped queue or cause is no all-clear. */
function noneChosenText(letters: readonly Letter[]): string {
  const named = (names: readonly string[]) => [...new Set(names)].sort().join(', ');
  return [
    `${count(letters.length, 'letter')} ${letters.length === 1 ? 'lies' : 'lie'} there, none of that queue and cause.`,
    `Queues: ${named(letters.map(({ queue }) => queue))}.`,
    `Causes: ${named(letters.map(({ cause }) => cause))}.`,
  ].join('\n');
}

type Result = Pick<Row, 'id' | 'queue' | 'function' | 'eventName' | 'conversationId'> & {
  readonly outcome: 'redriven' | 'route_only' | 'given_up' | 'failed';
  /** Why it was given up, or what failed; `null` where it was redriven. */
  readonly why: string | null;
  /** Of what failed, as of any failure: what happened and what to do about it; `null` otherwise. */
  readonly message: string | null;
  readonly cure: string | null;
  readonly isTagged: boolean;
  /** It was given up, and neither the ticket nor the record that it names was touched: its producer did not state it. */
  readonly isForeign: boolean;
};

async function carryOut(
  queues: LetterQueues,
  parts: ReturnType<typeof givingUpOn>,
  held: Held,
  plan: Plan,
  delaySeconds: number,
): Promise<Result> {
  const { letter } = held;
  const about = { ...aboutOf(letter), message: null, cure: null, isTagged: false, isForeign: false };
  try {
    if (plan.kind === 'redrive') {
      for (const body of plan.bodies) await queues.redrive(letter.function, body, delaySeconds);
      await queues.remove(held);
      return { ...about, outcome: plan.isRouteOnly ? 'route_only' : 'redriven', why: null };
    }
    const { isTagged, isForeign } = await giveUp(parts, letter, plan.why);
    await queues.remove(held);
    return { ...about, outcome: 'given_up', why: plan.why, isTagged, isForeign };
  } catch (error) {
    const { code, message, cure } = failureOf(error);
    return { ...about, outcome: 'failed', why: code, message, cure };
  }
}

function answerOf(results: readonly Result[], left: number, none: string): Answer {
  const outcomes = results.map(({ outcome }) => outcome);
  const summary = (outcome: Result['outcome']) => outcomes.filter((one) => one === outcome).length;
  const value = {
    redriven: summary('redriven') + summary('route_only'),
    routeOnly: summary('route_only'),
    givenUp: summary('given_up'),
    failed: summary('failed'),
    left,
    letters: results,
  };
  const rows = results.map((one) => [one.id, one.queue, one.eventName, one.conversationId, one.outcome, one.why]);
  const text = [
    table(['id', 'queue', 'event', 'conversation', 'became', 'why'], rows, none),
    ...results
      .filter(({ outcome }) => outcome === 'failed')
      .map(({ id, message, cure }) => `${id} failed: ${message}; ${cure}`),
    ...results
      .filter(({ isForeign }) => isForeign)
      .map(({ id }) => `${id} was refused as foreign: ticket and record that it names were not touched.`),
    ...(results.length === 0
      ? []
      : ['', `${count(left, 'letter')} left. Look at \`npx frontdesk status\` before the next batch.`]),
  ].join('\n');
  return { value, text, exitCode: value.failed > 0 ? 1 : 0 };
}

function wantsYes(plans: readonly { readonly held: Held; readonly plan: Plan }[], now: number): Failure {
  const back = plans.filter(({ plan }) => plan.kind === 'redrive').length;
  const routeOnly = plans.filter(({ plan }) => plan.kind === 'redrive' && plan.isRouteOnly).length;
  const foreign = plans.filter(({ held }) => foreignCauseOf(held.letter, now) !== null).length;
  const lost = plans.length - back - foreign;
  const parts = [
    ...(back > 0
      ? [`${count(back, 'letter')} would go back to ${back === 1 ? 'its function' : 'their functions'}`]
      : []),
    ...(routeOnly > 0 ? [`${routeOnly} of them route-only`] : []),
    ...(lost > 0 ? [`${count(lost, 'letter')} would be given up, with ${TAG_WORDS}`] : []),
    ...(foreign > 0 ? [`${count(foreign, 'letter')} would be refused as foreign, ticket and record untouched`] : []),
  ];
  return new Failure('confirmation_needed', parts.join(', '), 'fix the cause, then add --yes');
}

function batchOf(text: string): number {
  const max = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (max < 1) throw misuse('invalid_max', `--max takes a whole number from 1 to ${MOST_A_BATCH}`, 'write --max 10');
  if (max > MOST_A_BATCH)
    throw misuse('batch_too_large', `at most ${MOST_A_BATCH} letters a batch`, 'write --max 10, verify, then go on');
  return max;
}

export type Row = ReturnType<typeof rowOf>;

function aboutOf({ id, queue, function: name, metadata }: Letter) {
  const { eventName = null, conversationId = null } = metadata ?? {};
  return { id, queue, function: name, eventName, conversationId };
}

function rowOf(letter: Letter, now: number) {
  const plan = planOf(letter, now, 'recovery-');
  return {
    ...aboutOf(letter),
    kind: letter.kind,
    cause: letter.cause,
    attempts: letter.attempts,
    sentAt: new Date(letter.sentAt).toISOString(),
    ageSeconds: Math.max(0, Math.floor((now - ageFrom(letter)) / 1000)),
    isForeign: foreignCauseOf(letter, now) !== null,
    redrive: plan.kind === 'give_up' ? plan.why : plan.isRouteOnly ? 'route_only' : 'whole',
  };
}

function redriveText({ redrive, isForeign }: Row): string {
  if (isForeign) return `is refused as foreign: ${redrive}`;
  if (redrive === 'whole') return 'goes back';
  return redrive === 'route_only' ? 'goes back, route-only' : `is given up: ${redrive}`;
}

/** Letters are held while they are looked at, and free again afterwards. */
async function looking<T>(context: Context, look: (taken: Taken) => T): Promise<T> {
  const queues = letterQueues(placeOf(context));
  let taken: Taken = { held: [], elsewhere: 0 };
  try {
    taken = await queues.take();
    return look(taken);
  } finally {
    await queues.release(taken.held);
    queues.close();
  }
}
