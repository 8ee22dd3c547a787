/** Platform §9.6: the canonical tags, the further ones, and the separators. */
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { AgentFeedbackReceived } from './agent-feedback-received.ts';
import { FEEDBACK, feedbackIn, feedbackOf } from './feedback.ts';
import { INTENTS, TEAMS } from './words.ts';

describe('a feedback tag', () => {
  it.each([
    ['mw:feedback:misroute', 'mw:feedback:misroute'],
    ['mw_feedback_misroute', 'mw:feedback:misroute'],
    ['mw-feedback-bad-reply', 'mw:feedback:bad_reply'],
    ['MW:Feedback:Should_Have_Automated', 'mw:feedback:should_have_automated'],
    ['mw:feedback:should_not_automate', 'mw:feedback:should_not_automate'],
    ['mw:feedback:pii_risk', 'mw:feedback:pii_risk'],
    ['mw-feedback:chargeback-mishandled', 'mw:feedback:chargeback_mishandled'],
    ['mw_feedback_auto_reply_helpful', 'mw:feedback:auto_reply_helpful'],
    ['mw_feedback_new_intent_candidate', 'mw:feedback:new_intent_candidate'],
    ['mw:feedback:wrong_intent:refund_request', 'mw:feedback:wrong_intent:refund_request'],
    ['mw-feedback-wrong-intent-refund-request', 'mw:feedback:wrong_intent:refund_request'],
    ['mw_feedback_correct_dept_returns_admin', 'mw:feedback:correct_dept:returns_admin'],
    ['mw_feedback_correct_dept_Chargebacks / Disputes Team', 'mw:feedback:correct_dept:chargebacks_disputes'],
    ['mw:feedback:correct_dept:technical-support-team', 'mw:feedback:correct_dept:technical_support_team'],
  ])('%s is read as %s', (tag, code) => expect(feedbackOf(tag)?.code).toBe(code));

  it.each([
    'mw-auto-replied',
    'mw:feedback',
    'mw:feedback:misroute:jane',
    'mw:feedback:wrong_intent',
    'mw:feedback:wrong_intent:angry_jane',
    'mw_feedback_correct_dept_warehouse',
    'route-returns-admin',
    '',
  ])('%s is none: what is not on the list does not travel', (tag) => expect(feedbackOf(tag)).toBeNull());

  it('names the intent or the team it is about', () => {
    expect(feedbackOf('mw_feedback_correct_dept_sales_team')).toMatchObject({ team: 'Sales Team', intent: null });
    expect(feedbackOf('mw:feedback:wrong_intent:legal_threat')).toMatchObject({ team: null, intent: 'legal_threat' });
  });

  it('there is one code for every intent and every team, and facts can carry each', () => {
    expect(FEEDBACK).toHaveLength(8 + INTENTS.length + TEAMS.length);
    for (const { code } of FEEDBACK)
      expect(
        v.is(AgentFeedbackReceived.strict, { tagCodes: [code], appliedAt: '2026-01-31T09:30:00.000Z' }),
        code,
      ).toBe(true);
  });

  it('two spellings of one thing say it once', () => {
    const tags = ['mw-processed', 'mw:feedback:misroute', 'mw_feedback_misroute', 'mw-feedback-pii-risk'];
    expect(feedbackIn(tags).map(({ code }) => code)).toEqual(['mw:feedback:misroute', 'mw:feedback:pii_risk']);
  });
});
