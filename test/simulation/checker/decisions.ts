/** Every comment is decided, once, in the helpdesk's order, and one cause has one consequence (protocols §1, §3, §4). */
import { isUntoldDecision, knewOf } from './looks.ts';
import { blame, groupBy, isKnown, type Reading, type Told, type Violation } from './reading.ts';

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const turnOf = ({ data }: Told): string[] =>
  Array.isArray(data.turnCommentIds) ? data.turnCommentIds.map(String) : [];

/** A comment whose webhook was accepted stands in the stored turn of a decision, or an agent had the word after it. */
export function undecidedComments({ stories, isGivenUp }: Reading): Violation[] {
  return stories.flatMap(({ conversationId, comments, webhooks, told }) => {
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
    const lastAgent = comments.findLastIndex(({ author }) => author === 'agent');
    const overtaken = new Set(comments.slice(0, Math.max(0, lastAgent)).map(({ commentId }) => commentId));
    return webhooks
      .filter(({ status, commentId }) => status === 200 && !decided.has(commentId) && !overtaken.has(commentId))
      .filter(({ eventId, commentId }) => !stalled.has(eventId) && !stalled.has(commentId))
      .filter(({ eventId }) => !isGivenUp(eventId ?? '', conversationId))
      .map(({ at, commentId }) => blame('undecided', at, conversationId, `nobody decided ${commentId}`));
  });
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
          blame('turn-once', at, conversationId, `${commentId} was decided again by ${eventId}`),
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
    return [...groupBy(roots, ({ intakeKey }) => intakeKey)].flatMap(([key, ofOne]) =>
      ofOne
        .slice(1)
        .map(({ at, eventId }) =>
          blame('one-root', at, conversationId, `${key} entered as ${ofOne[0]?.eventId} and as ${eventId}`),
        ),
    );
  });
}

/** A consequence has a cause that was told before, a cause has one of each name, and its producer tells it. */
export function rivalConsequences({ told }: Reading): Violation[] {
  const known = new Set<string>();
  const consequences = new Map<string, string>();
  return told.flatMap(({ name, eventId, causationId, conversationId, data, by, producer, at }) => {
    known.add(eventId);
    // A sweep names each action of a message by itself.
    const consequence = `${causationId} ${name} ${data.actionKey}`;
    const before = consequences.get(consequence);
    consequences.set(consequence, before ?? eventId);
    const about = `${name} ${eventId}`;
    return [
      ...(known.has(causationId) ? [] : [blame('cause-first', at, conversationId, `${about}: its cause was not told`)]),
      ...(before === undefined ? [] : [blame('told-once', at, conversationId, `${about} beside ${before}`)]),
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
