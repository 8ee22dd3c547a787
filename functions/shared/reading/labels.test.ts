import { describe, expect, it } from 'vitest';
import type { Comment } from '../ports.ts';
import { labelsOfUnanswered } from './labels.ts';

const comment = (at: number, text: string, author: Comment['author'] = 'customer'): Comment => ({
  id: `c${at}`,
  createdAt: at,
  author,
  isPublic: true,
  channel: null,
  text,
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
