import { describe, expect, it } from 'vitest';
import { byDecision, finding } from './words.ts';

const FOUND = {
  decisions: 400,
  different: 12,
  undecidable: 0,
  replies: { before: 165, after: 153 },
  replyChanges: { notSent: 12, sentAnew: 0, otherTemplate: 0 },
};

describe('what-if in words', () => {
  it('counts approvals and never says that a reply was sent', () =>
    expect(finding(FOUND)).toBe('12 of 165 replies would not have been approved.'));

  it('names what else changes, and what nobody can tell', () => {
    const found = {
      ...FOUND,
      undecidable: 1,
      replies: { before: 1, after: 1 },
      replyChanges: { notSent: 1, sentAnew: 1, otherTemplate: 2 },
    };
    expect(finding(found)).toBe(
      '1 of 1 reply would not have been approved; 1 reply more would have been approved; 2 replies would have been another template. Of 1 decision nobody can tell.',
    );
  });

  it('says where there is nothing to say', () => {
    expect(finding({ ...FOUND, decisions: 0 })).toBe('Nothing was decided in this time.');
    expect(finding({ ...FOUND, different: 0 })).toMatch(/^Nothing: every decision/);
  });

  it('names outcomes by the decision', () => {
    const pair = { before: 1, after: 0 };
    expect(byDecision({ replied: pair, routed: pair })).toEqual([
      ['approved', pair],
      ['routed', pair],
    ]);
  });
});
