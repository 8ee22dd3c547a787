/** Every comment is decided, once, in the helpdesk's order, and one cause has one consequence (protocols §1, §3, §4). */
import { CLOCKS_MS } from './law.ts';
import { isUntoldDecision, knewOf } from './looks.ts';
import { blame, groupBy, isKnown, ofKind, type Reading, turnOf, type Violation } from './reading.ts';

/** A day (platform §5.10), less what lies between two looks. */
const LOOKED_BACK_MS = 23 * 3_600_000;
/** What is younger is left to its webhook (protocols §7), by clocks that are wrong by seconds. */
const LEFT_TO_WEBHOOKS_MS = 4 * 60_000;
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

type Story = Reading['stories'][number];

/** A comment whose webhook was accepted stands in the stored turn of a decision, or an agent had the word after it. */
export function undecidedComments({ stories, isGivenUp }: Reading): Violation[] {
  return stories.flatMap((story) => {
    const { conversationId, webhooks } = story;
    const isEnded = endedComments(story);
    return webhooks
      .filter(({ status, eventId, commentId }) => status === 200 && !isEnded(commentId, eventId))
      .filter(({ eventId }) => !isGivenUp(eventId ?? '', conversationId))
      .map(({ at, commentId }) => blame('undecided', at, conversationId, `nobody decided ${commentId}`));
  });
}

/**
 * A comment of the customer whose webhook was never accepted is found by looking, as long as its ticket stays open and the list shows
 * it. Old mail may appear when the time that is looked back on is over, or be older than a first ledger, which knows of nothing
 * that was written before its epoch (decisions, "A day back").
 */
export function unfoundComments({
  account: { facts, hidesList = false },
  stories,
  published,
  isGivenUp,
}: Reading): Violation[] {
  const lookedAt = published.findLast(({ name }) => name === 'ReconciliationCompleted')?.at;
  if (hidesList || lookedAt === undefined) return [];
  const [first, ...raised] = ofKind(facts, 'epoch');
  const since = first && raised.length === 0 ? first.epoch : Number.NEGATIVE_INFINITY;
  return stories.flatMap((story) => {
    const { conversationId, comments, webhooks, told, closedAt } = story;
    const accepted = new Set(webhooks.filter(({ status }) => status === 200).map(({ commentId }) => commentId));
    const isEnded = endedComments(story);
    const wasGivenUp = (commentId: string): boolean =>
      told.some((one) => one.messageId === commentId && isGivenUp(one.rootEventId ?? '', conversationId));
    return comments
      .filter(({ author, commentId }) => author === 'customer' && !accepted.has(commentId))
      .filter(({ at, readableAt }) => at >= since && readableAt > closedAt && readableAt - at < LOOKED_BACK_MS)
      .filter(({ readableAt }) => readableAt + LEFT_TO_WEBHOOKS_MS < lookedAt)
      .filter(({ commentId }) => !isEnded(commentId, null) && !wasGivenUp(commentId))
      .map(({ at, commentId }) => blame('unfound', at, conversationId, `nobody found ${commentId}`));
  });
}

/** By comment, and by its root: was it decided, overtaken by an agent's word, or given up? */
function endedComments({ comments, told, held }: Story): (commentId: string, eventId: string | null) => boolean {
  const decided = new Set(told.filter(({ name }) => name === 'MessageClassified').flatMap(turnOf));
  // By its root, or as the comment that a root found later was about.
  const stalled = new Set(
    told.flatMap(({ name, rootEventId, messageId }) => (name === 'MessageStalled' ? [rootEventId, messageId] : [])),
  );
  // A comment in the stored turn of a decision that nobody lived to tell: it was given up with the message that has it.
  const untold = new Set(told.filter(isUntoldDecision).map(({ messageId }) => messageId));
  for (const { name, rootEventId, messageId, data } of told)
    if (name === 'MessageDeduplicated' && untold.has(String(data.duplicateOfKey)))
      for (const own of [messageId, rootEventId]) if (own !== null) stalled.add(own);
  // A comment that a root claimed beside its own, and that was given up with the root: a person was called after the claim.
  const givenUp = told.filter(
    ({ name, data }) => name === 'MessageStalled' || (name === 'MessageSettled' && data.outcome === 'failed'),
  );
  for (const { commentId, rootEventId, order } of held)
    if (givenUp.some((one) => one.rootEventId === rootEventId && one.order > order)) stalled.add(commentId);
  const isOvertaken = (commentId: string, eventId: string | null): boolean => {
    // What an agent says after the verdict was no reason for it.
    const verdict = told.find(
      ({ name, rootEventId, messageId }) =>
        name === 'MessageDeduplicated' && (messageId === commentId || (eventId !== null && rootEventId === eventId)),
    );
    const known = comments.findIndex((one) => one.commentId === commentId);
    return comments
      .slice(known + 1)
      .some(({ author, at }) => author === 'agent' && at <= (verdict?.at ?? Number.POSITIVE_INFINITY) + CLOCKS_MS);
  };
  return (commentId, eventId) =>
    decided.has(commentId) || isOvertaken(commentId, eventId) || stalled.has(eventId) || stalled.has(commentId);
}

/**
 * Only a Tier 0 decision may take in what another has in its turn; or two who could not know of each other. One that was
 * overtaken neither routes nor answers.
 */
export function repeatedDecisions(reading: Reading): Violation[] {
  const knew = knewOf(reading);
  return reading.stories.flatMap(({ conversationId, told }) => {
    const decisions = told.filter(
      ({ name, data }) =>
        name === 'MessageClassified' && data.tier !== 0 && (data.routeTag !== null || data.tierCandidate !== 0),
    );
    const turns = decisions.flatMap((decision) => turnOf(decision).map((commentId) => ({ decision, commentId })));
    return [...groupBy(turns, ({ commentId }) => commentId)].flatMap(([commentId, [first, ...others]]) =>
      others
        .filter(({ decision }) => first && knew(decision, first.decision))
        .map(({ decision: { at, eventId } }) =>
          blame('turn-once', at, conversationId, `${commentId} was decided again by ${eventId}`, commentId),
        ),
    );
  });
}

/** The sequence begins with the comment's own time, and is the same whoever computes it. */
export function wrongSequences({ stories }: Reading): Violation[] {
  return stories.flatMap(({ conversationId, comments, told }) => {
    const writtenAt = new Map(comments.map(({ commentId, at }) => [commentId, at]));
    const known = new Map<string, string>();
    return told.flatMap(({ name, messageId, seq, at }) => {
      if (messageId === null || seq === null || name !== 'MessageClassified') return [];
      const before = known.get(messageId);
      known.set(messageId, before ?? seq);
      const isOwn = writtenAt.get(messageId) === timeOf(seq);
      return isOwn && (before === undefined || before === seq)
        ? []
        : [blame('sequence', at, conversationId, `${messageId} was ordered as ${seq}`)];
    });
  });
}

/** Epoch milliseconds of a ULID. */
function timeOf(ulid: string): number {
  return [...ulid.slice(0, 10)].reduce((time, letter) => time * 32 + CROCKFORD.indexOf(letter), 0);
}

/** A message enters under one id, whatever asked for it how often. */
export function rivalRoots({ stories }: Reading): Violation[] {
  return stories.flatMap(({ conversationId, told }) => {
    const roots = told.filter(({ eventId, rootEventId }) => eventId === rootEventId);
    return [...groupBy(roots, ({ intakeKey }) => intakeKey)].flatMap(([key, [first, ...others]]) =>
      others.map(({ at, eventId }) =>
        blame('one-root', at, conversationId, `${key} entered as ${first?.eventId} and as ${eventId}`, first?.eventId),
      ),
    );
  });
}

/** A consequence has a cause that was told before, a cause has one of each name, and its producer tells it. */
export function rivalConsequences({ told }: Reading): Violation[] {
  const known = new Set<string>();
  const consequences = new Map<string, string>();
  return told.flatMap(({ name, eventId, rootEventId, causationId, conversationId, data, by, producer, at }) => {
    known.add(eventId);
    // A sweep names each action of a message by itself.
    const consequence = `${causationId} ${name} ${data.actionKey}`;
    const before = consequences.get(consequence);
    consequences.set(consequence, before ?? eventId);
    const about = `${name} ${eventId}`;
    return [
      ...(known.has(causationId) ? [] : [blame('cause-first', at, conversationId, `${about}: its cause was not told`)]),
      ...(before === undefined
        ? []
        : [blame('told-once', at, conversationId, `${about} beside ${before}`, rootEventId)]),
      ...(mayTell(by, producer, name) ? [] : [blame('producer', at, conversationId, `${about} was told by ${by}`)]),
    ];
  });
}

/**
 * Whoever finds stored bytes publishes them: the sweeper all, the responder's functions each other's (protocols §6), and that a
 * message is settled whoever comes to close a branch of it (§7).
 */
function mayTell(by: string, producer: string, name: string): boolean {
  const isResponder = (name: string): boolean => name.startsWith('responder-');
  return (
    !isKnown(by) ||
    by.startsWith(`${producer}#`) ||
    by.startsWith('sweeper#') ||
    (isResponder(by) && (isResponder(producer) || name === 'MessageSettled'))
  );
}
