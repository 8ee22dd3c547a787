import { describe, expect, it } from 'vitest';
import type { ScreenHit } from '../../../events/decision.ts';
import type { Comment } from '../ports.ts';
import { restrict } from '../restricted.ts';
import { labelsOfUnanswered, type ReadComment, readComment, screenOf } from './labels.ts';

const COMMENT = {
  createdAt: 0,
  author: 'customer',
  isPublic: true,
  channel: null,
  isHtml: false,
  attachments: 0,
} as const;

/** A comment with given hits, so that there may be more of them than rules. */
function withHits(id: string, hits: readonly ScreenHit[]): ReadComment {
  const strength = hits.some((hit) => hit.strength === 'strong') ? 'strong' : 'weak';
  return { ...readComment({ ...COMMENT, id, text: restrict('') }), hits, strength };
}

const hit = (family: ScreenHit['family'], index: number, strength: ScreenHit['strength']): ScreenHit => ({
  family,
  ruleId: `${family.toLowerCase()}.${index}`,
  strength,
});
const many = (family: ScreenHit['family'], strength: ScreenHit['strength']) =>
  Array.from({ length: 45 }, (_, index) => hit(family, index, strength));
const LATE = hit('CHARGEBACK_DISPUTE', 99, 'strong');

describe('the screen over a turn', () => {
  it.each(['weak', 'strong'] as const)('never loses a late strong family behind many %s hits', (strength) => {
    const { screenHits, screenStrength } = screenOf([
      withHits('first', many('LEGAL_THREAT', strength)),
      withHits('last', [LATE]),
    ]);
    expect(screenHits).toHaveLength(40);
    expect(screenHits).toContainEqual(LATE);
    expect(screenStrength).toBe('strong');
  });

  it('names a rule once, as strong as it was found anywhere', () => {
    const [weak, strong] = (['weak', 'strong'] as const).map((strength) => hit('FRAUD_SUSPECTED', 1, strength));
    const read = [weak, strong, weak].map((one, index) => withHits(String(index), one ? [one] : []));
    expect(screenOf(read)).toEqual({ screenHits: [strong], screenStrength: 'strong' });
  });
});

const comment = (at: number, text: string, author: Comment['author'] = 'customer'): Comment => ({
  id: `c${at}`,
  createdAt: at,
  author,
  isPublic: true,
  channel: null,
  text: restrict(text),
  isHtml: false,
  attachments: 0,
});
const rulesOf = (comments: readonly Comment[], answers: string) => {
  const { answeredKeywordHits, olderKeywordHits } = labelsOfUnanswered(comments, answers);
  const rules = (hits: typeof olderKeywordHits) => hits.map(({ ruleId }) => ruleId);
  return { answered: rules(answeredKeywordHits), older: rules(olderKeywordHits) };
};

describe('keyword hits of what is unanswered (G16)', () => {
  it('all of the comment to be answered is read', () => {
    const hidden = 'Where is my parcel?\n--\nCancel order\nDana';
    expect(rulesOf([comment(1, hidden)], 'c1')).toEqual({
      answered: ['status.where', 'cancel.order', 'cancel.order_weak'],
      older: [],
    });
  });

  it('so is all of an older one', () => {
    const comments = [comment(1, 'Hello\n--\nCancel order'), comment(2, 'Where is my parcel?')];
    expect(rulesOf(comments, 'c2')).toEqual({
      answered: ['status.where'],
      older: ['cancel.order', 'cancel.order_weak'],
    });
  });

  it('history behind ">" and what an operator has answered are not', () => {
    const comments = [
      comment(1, 'Please cancel my order.'),
      comment(2, 'It is done.', 'agent'),
      comment(3, 'Where is my parcel?\n> Please cancel my order.'),
    ];
    expect(rulesOf(comments, 'c3')).toEqual({ answered: ['status.where'], older: [] });
  });
});
