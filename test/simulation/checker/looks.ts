/** What a decision is held to by what its reader was shown (protocols §3). */
import type { CommentFact, ReadFact } from '../facts.ts';
import { DAY_MS } from './law.ts';
import { blame, groupBy, ofKind, type Placed, type Reading, type Told, turnOf, type Violation } from './reading.ts';

/** From a decision to its telling, where the one who made it tells it. */
const JUST_MS = 1_000;

type Decided = {
  readonly decision: Told;
  readonly look: Placed<ReadFact>;
  /** Comments of the customer, as the look showed them. */
  readonly shown: readonly Placed<CommentFact>[];
  readonly answered: Placed<CommentFact>;
};

/** Only the root that owns the newest comment decides to answer: what its read showed is not passed over. */
export function overtakenDecisions(reading: Reading): Violation[] {
  return whoeverMade(answersIn(reading), ({ decision, shown, answered }) =>
    shown.some(({ at }) => at > answered.at)
      ? [blame('decides-newest', decision.at, decision.conversationId, `${answered.commentId} was not the newest`)]
      : [],
  );
}

/**
 * One made a decision and another, who comes at the same moment, finds its stored bytes: within a second both tell them, each having
 * looked, or the one who made it died first. It was made wrongly where it is wrong whichever of them made it.
 */
function whoeverMade(decisions: readonly Decided[], judge: (one: Decided) => readonly Violation[]): Violation[] {
  return [...groupBy(decisions, ({ decision }) => decision.eventId).values()].flatMap((tellings) => {
    const verdicts = tellings.map(judge);
    return verdicts.every(({ length }) => length > 0) ? (verdicts[0] ?? []) : [];
  });
}

/** What nobody ever decides did not stand before the eyes of who decided, but for a comment a day older than the last turn. */
export function partialTurns(reading: Reading): Violation[] {
  const decided = new Set(
    reading.told.flatMap((fact) =>
      fact.name === 'MessageClassified' ? turnOf(fact) : isUntoldDecision(fact) ? [fact.messageId] : [],
    ),
  );
  const ofTicket = groupBy(answersIn(reading), ({ decision }) => decision.conversationId);
  return [...ofTicket.values()].flatMap((all) =>
    whoeverMade(all, ({ decision, look, shown, answered }) => {
      const before = all.filter((one) => one.decision.order < look.order).map((one) => one.answered.at);
      if (before.length === 0) return [];
      const since = Math.max(...before) - DAY_MS;
      return shown
        .filter(({ commentId, at }) => !decided.has(commentId) && at <= answered.at && at >= since)
        .map(({ commentId }) =>
          blame('turn-whole', decision.at, decision.conversationId, `${commentId} was left out`, commentId),
        );
    }),
  );
}

/** None of those who decide a comment had even looked when another told that it was decided. */
export function earlySuperseded(reading: Reading): Violation[] {
  const looks = looksIn(reading);
  const decisions = reading.told.filter(({ name }) => name === 'MessageClassified');
  return reading.told
    .filter(({ name, data, messageId }) => name === 'MessageDeduplicated' && data.verdict === 'superseded' && messageId)
    .flatMap(({ at, order, conversationId, messageId }) => {
      // Where it is not known on which look one rests, that one was stored before it was told.
      const own = decisions.filter((one) => turnOf(one).includes(String(messageId)));
      const isEarly = own.length > 0 && own.every((one) => (looks.get(one.order)?.order ?? 0) > order);
      return isEarly
        ? [blame('superseded-early', at, conversationId, `${messageId} was decided only afterwards`, messageId)]
        : [];
    });
}

/** Decided and stored, and given up before anybody lived to tell it. */
export const isUntoldDecision = ({ name, data }: Told): boolean =>
  name === 'MessageStalled' && data.state === 'CLASSIFIED';

/** Had whoever made the one decision been shown what the other answers, after that was told? */
export function knewOf(reading: Reading): (one: Told, other: Told) => boolean {
  const looks = looksIn(reading);
  const readableAt = new Map(ofKind(reading.account.facts, 'comment').map((one) => [one.commentId, one.readableAt]));
  return (one, other) => {
    const look = looks.get(one.order);
    if (!look || look.order < other.order) return false;
    return (readableAt.get(other.messageId ?? '') ?? Number.POSITIVE_INFINITY) <= look.asOf;
  };
}

/** Decisions to answer, each with every look that it may rest on; one told by whoever had not looked is left out. */
function answersIn(reading: Reading): Decided[] {
  const looks = looksIn(reading);
  const comments = new Map<string, Placed<CommentFact>[]>();
  for (const [order, fact] of reading.account.facts.entries())
    if (fact.kind === 'comment' && fact.author === 'customer')
      comments.set(fact.conversationId, [...(comments.get(fact.conversationId) ?? []), { ...fact, order }]);
  const claimants = claimantsIn(reading);
  return reading.published.flatMap((decision) => {
    const told = looks.get(decision.order);
    const { state } = (decision.data.input ?? {}) as { state?: { sequence?: string } };
    if (!told || decision.name !== 'MessageClassified' || state?.sequence === 'overtaken') return [];
    const others = (claimants.get(decision.rootEventId ?? '') ?? []).filter(
      ({ by, at, order }) => by !== decision.by && order < decision.order && decision.at - at <= JUST_MS,
    );
    return [told, ...others.map(({ look }) => look)].flatMap((look) => {
      const shown = (comments.get(look.conversationId) ?? []).filter(
        ({ order, readableAt }) => order < look.order && readableAt <= look.asOf,
      );
      const answered = shown.find(({ commentId }) => commentId === decision.messageId);
      return answered ? [{ decision, look, shown, answered }] : [];
    });
  });
}

type Claimant = { readonly by: string; readonly at: number; readonly order: number; readonly look: Placed<ReadFact> };

/** By root, who claimed a comment for it on which look: one of them may have made the decision, and died before telling it. */
function claimantsIn({ account }: Reading): Map<string, Claimant[]> {
  const last = new Map<string, Placed<ReadFact>>();
  const found = new Map<string, Claimant[]>();
  for (const [order, fact] of account.facts.entries()) {
    if (fact.kind === 'read') last.set(fact.by, { ...fact, order });
    if (fact.kind !== 'held') continue;
    const look = last.get(fact.by);
    if (look?.conversationId !== fact.conversationId) continue;
    found.set(fact.rootEventId, [...(found.get(fact.rootEventId) ?? []), { by: fact.by, at: fact.at, order, look }]);
  }
  return found;
}

/**
 * The look that a fact rests on, by the fact's place: the last one of who tells it. A stored decision is told by whoever
 * finds it, so what was made long before it is told, or comes after another root's fact, rests on none that is known.
 */
function looksIn({ account, published }: Reading): Map<number, Placed<ReadFact>> {
  const told = new Map(published.map((one) => [one.order, one]));
  const last = new Map<string, Placed<ReadFact>>();
  const roots = new Map<string, string | null>();
  const found = new Map<number, Placed<ReadFact>>();
  for (const [order, fact] of account.facts.entries()) {
    if (fact.kind === 'read') {
      last.set(fact.by, { ...fact, order });
      roots.delete(fact.by);
    }
    const one = told.get(order);
    if (!one) continue;
    const look = last.get(one.by);
    const root = roots.get(one.by);
    roots.set(one.by, one.rootEventId);
    if (look?.conversationId !== one.conversationId || (root !== undefined && root !== one.rootEventId)) continue;
    if (isJustMade(one)) found.set(order, look);
  }
  return found;
}

/** By one clock, unless it was stored and told by another: then seconds lie between. */
function isJustMade({ detail }: Told): boolean {
  const at = (name: string): number => Date.parse(new RegExp(`"${name}":"([^"]*)"`).exec(detail)?.[1] ?? '');
  return Math.abs(at('publishedAt') - at('occurredAt')) <= JUST_MS;
}
