/** The one door to the customer: approved, claimed by one, in time, not after a stop, not for what is too old (protocols §6, §9). */
import { ABORT_MS, CLOCKS_MS, replyAgeMs, SEND_WITHIN_MS, WIRE_MS } from './law.ts';
import { blame, groupBy, isKnown, ofKind, type Reading, type Violation } from './reading.ts';
import { eachSend } from './replies.ts';

const DOOR = 'responder-reply#';

/** One function can send; it sends what it has claimed itself, within its time. */
export function sendsBesideTheDoor({ stories }: Reading): Violation[] {
  return eachSend(stories, ({ sent, claim }) => {
    if (isKnown(sent.by) && !sent.by.startsWith(DOOR)) return [['one-door', `${sent.by} sent`]];
    if (!claim) return [['unclaimed', `${sent.by} sent without a claim`]];
    const isLate = sent.writtenAt - claim.at > SEND_WITHIN_MS || sent.at - claim.at > ABORT_MS + WIRE_MS;
    return isLate ? [['late-send', `written ${sent.writtenAt - claim.at} ms after its claim`]] : [];
  });
}

/** A claim never expires into another's. */
export function rivalClaims({ stories }: Reading): Violation[] {
  return stories.flatMap(({ conversationId, claims }) =>
    [...groupBy(claims, ({ commentId }) => commentId)].flatMap(([commentId, ofOne]) => {
      const rival = ofOne.find(({ by }) => by !== ofOne[0]?.by);
      return rival ? [blame('one-claim', rival.at, conversationId, `${commentId} was claimed by ${rival.by} too`)] : [];
    }),
  );
}

/** The door opens to what was approved before, while the approval holds and what it answers is not too old. */
export function unapprovedReplies({ account, stories }: Reading): Violation[] {
  const epochs = ofKind(account.facts, 'epoch');
  return eachSend(stories, ({ sent, claim, approval, before }) => {
    if (!claim) return [];
    if (!approval) return [['approved-first', `no approval of a reply to ${claim.commentId}`]];
    const expiresAt = Date.parse(String(approval.data.expiresAt));
    if (sent.writtenAt > expiresAt + SEND_WITHIN_MS + CLOCKS_MS)
      return [['expired', `${sent.writtenAt - expiresAt} ms after its approval had expired`]];
    const answered = before.find(({ commentId }) => commentId === claim.commentId);
    const epoch = epochs.findLast(({ at }) => at <= claim.at);
    if (answered && epoch && answered.at < epoch.epoch)
      return [['before-epoch', `${claim.commentId} was written ${epoch.epoch - answered.at} ms before it`]];
    const age = answered ? sent.writtenAt - answered.at : 0;
    return age > replyAgeMs(approval.channel, approval.data.tier) + CLOCKS_MS
      ? [['too-old', `${claim.commentId} was ${age} ms old`]]
      : [];
  });
}

/** Tier 0 is sticky: once told, nothing in the conversation is claimed any more (protocols §3). */
export function repliesAfterTier0({ stories }: Reading): Violation[] {
  return eachSend(stories, ({ claim }, { told }) => {
    const tier0 = told.find(
      ({ name, data }) => name === 'EscalationRaised' || (name === 'MessageClassified' && data.tier === 0),
    );
    return claim && tier0 && tier0.order < claim.order ? [['sticky', `${tier0.name} ${tier0.eventId} was told`]] : [];
  });
}

/** A stop is in force for every claim made after it, and for every byte 30 s after it. */
export function repliesAfterStop({ account, stories }: Reading): Violation[] {
  const switches = ofKind(account.facts, 'switch');
  return eachSend(stories, ({ sent, claim }) => {
    const last = switches.findLast(({ at }) => at <= sent.writtenAt);
    if (!last?.stopped) return [];
    const isLate = sent.writtenAt > last.at + ABORT_MS || (claim !== null && claim.at > last.at);
    return isLate ? [['sent-after-stop', `the stop came ${sent.writtenAt - last.at} ms before`]] : [];
  });
}
