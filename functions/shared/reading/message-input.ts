/** The message and its turn as the decision sees them. Pure: evaluation reads a row with the very code that runs live. */
import type { DecisionInput } from '../../../events/decision.ts';
import type { Channel } from '../../../events/words.ts';
import { beyondStatus } from '../../../policy/text/beyond-status.ts';
import { extractFeatures } from '../../../policy/text/features.ts';
import { detectLanguage } from '../../../policy/text/language.ts';
import { namedOrderNumbers } from '../../../policy/text/order-numbers.ts';
import { asksSomethingElse } from '../../../policy/text/questions.ts';
import { deniesReceipt } from '../../../policy/text/receipt.ts';
import { CONTACT_CHANGE_RULE, specialTopics } from '../../../policy/text/topics.ts';
import { reveal } from '../restricted.ts';
import { answeredKeywordHits, olderKeywordHits, type ReadComment, screenOf } from './labels.ts';

/**
 * The comment to be answered, as labels.
 *
 * @param carrierHosts  hosts of carriers' tracking pages, as the redaction of the same text knows them
 */
export function messageInput(
  { clean: read, comment, hits }: ReadComment,
  channel: Channel,
  carrierHosts: readonly string[],
): DecisionInput['message'] {
  const clean = reveal(read);
  const features = extractFeatures(clean.own, comment.attachments, { carrierHosts });
  const topics = specialTopics(clean.own);
  return {
    channel,
    language: { detector: detectLanguage(clean.own).language, model: null },
    words: clean.words,
    attachmentOnly: clean.empty && comment.attachments > 0,
    empty: clean.empty && comment.attachments === 0,
    features: {
      hasOrderNumber: features.has_order_number,
      hasEmail: features.has_email,
      hasPhone: features.has_phone,
      hasTrackingNumber: features.has_tracking_number,
      hasAttachments: features.has_attachments,
    },
    topics: {
      privacyRequest: topics.includes('privacy'),
      securityProbe: topics.includes('security'),
      contactChange: hits.some(({ ruleId, strength }) => ruleId === CONTACT_CHANGE_RULE && strength === 'strong'),
      hasLink: topics.includes('link'),
      machineMail: topics.includes('machine_mail'),
      preorderTerm: topics.includes('preorder'),
      unsubscribeOnly: topics.includes('ambiguous_unsubscribe'),
      deniesReceipt: deniesReceipt(clean.own),
      asksSomethingElse: clean.cut || asksSomethingElse(clean.own) || beyondStatus(clean.own).length > 0,
    },
    orderNumbersNamed: namedOrderNumbers(clean.own).length,
  };
}

/**
 * Everything unanswered, seen together.
 *
 * @param answers   id of the comment to be answered
 * @param comments  how many comments the turn itself holds; `read` may hold decided ones beside them
 */
export function turnInput(read: readonly ReadComment[], answers: string, comments: number): DecisionInput['turn'] {
  return {
    comments,
    newerCommentSeen: false,
    ...screenOf(read),
    answeredKeywordHits: answeredKeywordHits(read, answers),
    olderKeywordHits: olderKeywordHits(read, answers),
    hasAttachments: read.some(({ comment }) => comment.attachments > 0),
    moderation: null,
  };
}

/** A strong hit and a message without text are decided without a classifier (decisions §3.9). */
export function needsClassifier(message: DecisionInput['message'], turn: DecisionInput['turn']): boolean {
  return turn.screenStrength !== 'strong' && !message.attachmentOnly && !message.empty;
}
