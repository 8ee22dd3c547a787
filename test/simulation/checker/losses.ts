/**
 * What a lost ledger excuses: of a message that was under way, or over for less than ten minutes, things may be told again, under ids
 * of the raised generation. Never excused is what a customer would notice, nor a comment that nobody decided: those rules hold
 * through every loss; nor what becomes of a message that was long over when the ledger was lost, which the trail brings back as
 * over, nor of one that was written and accepted when it was whole again, in however old a conversation.
 */
import type { EventName } from '../../../events/catalogue.ts';
import type { Fact } from '../facts.ts';
import { ofKind, type Reading, TOLD_BY_SWEEPER_MS, type Violation } from './reading.ts';
import type { RuleName } from './rules.ts';
import { TOLD_TO_NOBODY } from './tickets.ts';

const TOLD_AGAIN: readonly RuleName[] = [
  'settled-once',
  'settled-last',
  'turn-once',
  'told-once',
  'one-root',
  'one-outcome',
  'one-subject',
  'turn-whole',
  'superseded-early',
  'merged-late',
  'false-end',
];

type Loss = Extract<Fact, { readonly kind: 'loss' }>;

type Losses = {
  /**
   * Its record went with the ledger before it was told: its comments are found by others (rule `undecided`). Or its comment was: the
   * root that found it, or took it into its turn, once the ledger was lost, has told its end.
   */
  isForgotten(accepted: { readonly at: number; readonly commentId: string | null }): boolean;
  isExcused(violation: Violation): boolean;
};

/** When each message and each comment was first heard of: a message that is found again is as old as its comment. */
function beginnings({ account: { facts }, told }: Pick<Reading, 'account' | 'told'>): Map<string, number> {
  const began = new Map<string, number>();
  const hear = (subject: string | null, at: number): void => {
    if (subject !== null) began.set(subject, Math.min(at, began.get(subject) ?? at));
  };
  for (const { commentId, readableAt } of ofKind(facts, 'comment')) hear(commentId, readableAt);
  for (const { status, eventId, commentId, at } of ofKind(facts, 'webhook'))
    if (status === 200) for (const subject of [eventId, commentId]) hear(subject, at);
  for (const { rootEventId, messageId, at } of told) hear(rootEventId, Math.min(at, began.get(messageId ?? '') ?? at));
  return began;
}

/** When each message was first told to be over; of a comment, the message whose decision has it, whatever ended its own before. */
function endings({ told }: Pick<Reading, 'told'>): Map<string, number> {
  const ended = new Map<string, number>();
  for (const { name, rootEventId, at } of told)
    if (name === 'MessageSettled' && rootEventId !== null && !ended.has(rootEventId)) ended.set(rootEventId, at);
  for (const { rootEventId, data } of told)
    for (const commentId of (data.turnCommentIds as readonly string[] | undefined) ?? [])
      if (!ended.has(commentId)) ended.set(commentId, ended.get(rootEventId ?? '') ?? Number.POSITIVE_INFINITY);
  return ended;
}

/** When such a fact of each comment was last told. */
function lastOf({ told }: Pick<Reading, 'told'>, wanted: EventName): Map<string, number> {
  return new Map(
    told.flatMap(({ name, messageId, at }) =>
      name === wanted && messageId !== null ? [[messageId, at] as const] : [],
    ),
  );
}

type Taken = { readonly decidedAt: number; readonly endedAt: number };

/** Of each comment, who had it in a turn: when that was decided, and when its root last told its end. */
function turnsOf({ told }: Pick<Reading, 'told'>): Map<string, Taken[]> {
  const ends = new Map(
    told.flatMap(({ name, rootEventId, at }) =>
      name === 'MessageSettled' && rootEventId ? [[rootEventId, at] as const] : [],
    ),
  );
  const turns = new Map<string, Taken[]>();
  for (const { rootEventId, at, data } of told)
    for (const commentId of (data.turnCommentIds as readonly string[] | undefined) ?? [])
      turns.set(commentId, [
        ...(turns.get(commentId) ?? []),
        { decidedAt: at, endedAt: ends.get(rootEventId ?? '') ?? Number.NEGATIVE_INFINITY },
      ]);
  return turns;
}

export function lossesIn(reading: Pick<Reading, 'account' | 'told'>): Losses {
  const { facts } = reading.account;
  const losses = ofKind(facts, 'loss').filter(({ tables }) => tables.includes('idempotency'));
  const began = beginnings(reading);
  const ended = endings(reading);
  const [lastEnds, lastDecisions] = [lastOf(reading, 'MessageSettled'), lastOf(reading, 'MessageClassified')];
  const turns = turnsOf(reading);
  /** Not yet told, or not yet recorded, when the ledger went. */
  const isNewTo = (loss: Loss, at: number): boolean => loss.at - TOLD_BY_SWEEPER_MS <= at && at <= loss.until;
  return {
    isForgotten: ({ at, commentId }) =>
      losses.some((loss) => {
        const isAfter = (instant: number): boolean => instant > loss.at;
        const isTaken = (turns.get(commentId ?? '') ?? []).some(
          (one) => isAfter(one.decidedAt) && isAfter(one.endedAt),
        );
        return isNewTo(loss, at) || (at <= loss.at && (isTaken || isAfter(lastEnds.get(commentId ?? '') ?? at)));
      }),
    isExcused: ({ rule, at, subject, says }) => {
      const isOf = (loss: Loss): boolean =>
        at >= loss.at &&
        (began.get(subject ?? '') ?? at) <= loss.until &&
        (ended.get(subject ?? '') ?? loss.at) >= loss.at - TOLD_BY_SWEEPER_MS;
      const wentUntold = losses.some((loss) => at <= loss.at && loss.at - at <= TOLD_BY_SWEEPER_MS);
      return (
        // What was decided and went with its record is decided anew: its comments are found (rule `undecided`).
        (rule === 'unrouted' &&
          losses.some(
            (loss) => isNewTo(loss, at) || (at <= loss.at && (lastDecisions.get(subject ?? '') ?? at) > loss.at),
          )) ||
        // Who closed the ticket, and died before telling, is known to the claim alone; what stands open is another violation.
        (rule === 'closed' && says.endsWith(TOLD_TO_NOBODY) && wentUntold) ||
        // The tags of a reply whose sender died are written by whoever hears of the claim: with the ledger, nobody does.
        (rule === 'tags-told' && says.includes(': ReplySent names ') && wentUntold) ||
        // The turn that it stood in was stored, and is decided anew.
        (rule === 'superseded-early' && wentUntold) ||
        (TOLD_AGAIN.includes(rule) && losses.some(isOf))
      );
    },
  };
}
