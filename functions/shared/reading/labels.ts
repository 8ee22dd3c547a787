/** From comments to labels: the only place where functions look at what a customer wrote. Pure; text stays in memory. */
import type { DecisionInput, KeywordHit, ScreenHit } from '../../../events/decision.ts';
import { hitUnion } from '../../../policy/risk.ts';
import { type CleanMessage, cleanMessage, screenable } from '../../../policy/text/clean.ts';
import { unansweredHits, writtenHits } from '../../../policy/text/keywords.ts';
import { screenTier0 } from '../../../policy/text/screen.ts';
import type { Comment } from '../ports.ts';
import { type Restricted, restrict, reveal } from '../restricted.ts';

type Strength = 'none' | 'weak' | 'strong';

export type ReadComment = {
  readonly comment: Comment;
  readonly clean: Restricted<CleanMessage>;
  readonly hits: readonly ScreenHit[];
  readonly strength: Strength;
};

/** A screen that throws is a strong hit without a family (decisions §2.1). */
const SCREEN_FAILED: ScreenHit = { family: 'OTHER_HIGH_RISK', ruleId: 'screen.failed', strength: 'strong' };

/** Cleans and screens one comment; whatever goes wrong counts as a strong hit. */
export function readComment(comment: Comment): ReadComment {
  try {
    const clean = cleanMessage(reveal(comment.text), { html: comment.isHtml });
    const { hits, strength } = screenTier0(screenable(clean));
    return { comment, clean: restrict(clean), hits, strength };
  } catch {
    const clean = { own: '', quoted: '', signature: '', doubtful: '', cut: false, words: 0, empty: true };
    return { comment, clean: restrict(clean), hits: [SCREEN_FAILED], strength: 'strong' };
  }
}

/** All comments of a turn seen together: the strongest hit counts, whoever wrote it first. */
export function screenOf(read: readonly ReadComment[]): Pick<DecisionInput['turn'], 'screenHits' | 'screenStrength'> {
  const strengths = read.map(({ strength }) => strength);
  return {
    screenHits: hitUnion(read.flatMap(({ hits }) => hits)),
    screenStrength: strengths.includes('strong') ? 'strong' : strengths.includes('weak') ? 'weak' : 'none',
  };
}

/** Keyword hits of the comments that are not the one to be answered (gate G16). */
export function olderKeywordHits(read: readonly ReadComment[], answers: string): KeywordHit[] {
  const hits = read
    .filter(({ comment }) => comment.id !== answers)
    .flatMap(({ clean }) => unansweredHits(reveal(clean)));
  return [...new Map(hits.map((hit) => [hit.ruleId, hit])).values()].slice(0, 60);
}

/** Keyword hits of the one to be answered, in all that was written (gate G16). */
export function answeredKeywordHits(read: readonly ReadComment[], answers: string): KeywordHit[] {
  return read
    .filter(({ comment }) => comment.id === answers)
    .flatMap(({ clean }) => writtenHits(reveal(clean)))
    .slice(0, 60);
}

/** Everything the customer wrote after the newest operator comment, as the gates see it. */
export function labelsOfUnanswered(
  comments: readonly Comment[],
  answers: string,
): Pick<
  DecisionInput['turn'],
  'screenHits' | 'screenStrength' | 'answeredKeywordHits' | 'olderKeywordHits' | 'hasAttachments'
> {
  const answeredAt = comments
    .filter((comment) => comment.author !== 'customer' && comment.isPublic)
    .reduce((latest, comment) => Math.max(latest, comment.createdAt), Number.NEGATIVE_INFINITY);
  const read = comments
    .filter((comment) => comment.author === 'customer' && (comment.createdAt > answeredAt || comment.id === answers))
    .map(readComment);
  return {
    ...screenOf(read),
    answeredKeywordHits: answeredKeywordHits(read, answers),
    olderKeywordHits: olderKeywordHits(read, answers),
    hasAttachments: read.some(({ comment }) => comment.attachments > 0),
  };
}
