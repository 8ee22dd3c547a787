import { describe, expect, it } from 'vitest';
import type { Decision, KeywordHit, Scores } from '../events/decision.ts';
import type { Intent } from '../events/words.ts';
import { decide } from './decide.ts';
import { type FallbackEvidence, fallbackInput } from './fallback.ts';
import { decisionInput, requested, scored } from './testing.ts';

const hit = (intent: Intent, precision: KeywordHit['precision'] = 'high'): KeywordHit => ({
  intent,
  ruleId: `kw.${intent}`,
  precision,
});
const failed = decisionInput({ classifier: { kind: 'openai', failure: 'timeout', raw: {}, calibrated: {} } });
const none: FallbackEvidence = { embedded: null, keywordHits: [] };

describe('the fallback ladder (decisions §3.8)', () => {
  it.each<{ rung: string; evidence: FallbackEvidence; expected: Partial<Decision> }>([
    {
      rung: 'F2',
      evidence: { embedded: { damaged_item: 0.6 }, keywordHits: [hit('cancel_order')] },
      expected: { primaryIntent: 'damaged_item', team: 'Returns Admin', routingConfidence: 0.6 },
    },
    {
      rung: 'F1',
      evidence: { embedded: { damaged_item: 0.59 }, keywordHits: [hit('cancel_order')] },
      expected: { primaryIntent: 'cancel_order', team: 'Email Support Team', routingConfidence: 0.6 },
    },
    {
      rung: 'F1',
      evidence: { embedded: { refund_request: 0.7, return_request: 0.65 }, keywordHits: [hit('cancel_order')] },
      expected: { primaryIntent: 'cancel_order' },
    },
    {
      rung: 'F1',
      evidence: { embedded: null, keywordHits: [hit('order_status_tracking'), hit('damaged_item', 'weak')] },
      expected: { primaryIntent: 'damaged_item', team: 'Returns Admin', secondaryIntents: ['order_status_tracking'] },
    },
    {
      rung: 'F3',
      evidence: { embedded: null, keywordHits: [hit('damaged_item', 'weak')] },
      expected: { primaryIntent: 'unknown_other', team: 'Email Support Team', routingConfidence: null },
    },
    { rung: 'F3', evidence: none, expected: { primaryIntent: 'unknown_other', team: 'Email Support Team' } },
  ])('$rung: $expected.primaryIntent', ({ rung, evidence, expected }) => {
    const input = fallbackInput(failed, evidence);
    const decision = decide(input);
    expect(input.classifier).toMatchObject({ rung, failure: 'timeout', mayReply: false });
    expect(decision).toMatchObject({
      row: 'D4',
      rank: 0,
      action: 'ROUTE_ONLY',
      tierCandidate: null,
      tier: null,
      wouldReply: false,
      ...expected,
    });
    expect(decision.tags).toContain('mw-model-failure');
    expect(decision.tags.includes('mw-needs-manual-triage')).toBe(rung === 'F3');
  });

  it('F2 accepts a margin of 0.10 exactly', () => {
    const evidence = { embedded: { refund_request: 0.75, return_request: 0.65 }, keywordHits: [] };
    expect(fallbackInput(failed, evidence).classifier.rung).toBe('F2');
  });

  it('F2 stands in for a classifier that could not even be asked', () => {
    const unasked = decisionInput({ classifier: { kind: null, failure: 'permanent', raw: {}, calibrated: {} } });
    expect(fallbackInput(unasked, { embedded: { damaged_item: 0.9 }, keywordHits: [] }).classifier.rung).toBe('F2');
  });

  it('F0: a strong hit escalates at Tier 0 rank despite the failure', () => {
    const input = fallbackInput(
      decisionInput({
        ...failed,
        turn: {
          screenStrength: 'strong',
          screenHits: [{ family: 'LEGAL_THREAT', ruleId: 'legal.sue', strength: 'strong' }],
        },
      }),
      { embedded: { damaged_item: 0.9 }, keywordHits: [hit('damaged_item')] },
    );
    expect(input.classifier.rung).toBe('F0');
    expect(decide(input)).toMatchObject({ row: 'D1', rank: 2, primaryIntent: 'legal_threat', team: 'Leadership Team' });
  });

  it('the channel decides where nothing else does', () => {
    const input = fallbackInput(decisionInput({ ...failed, message: { channel: 'tiktok' } }), none);
    expect(decide(input).team).toBe('TikTok Support');
  });

  it('scores of the classifier that failed are not used', () => {
    const scores: Scores = { damaged_item: 0.95 };
    const input = fallbackInput(
      decisionInput({ classifier: { failure: 'invalid', ...scored(scores).classifier } }),
      none,
    );
    expect(decide(input)).toMatchObject({
      primaryIntent: 'unknown_other',
      reasonCodes: ['schema_invalid_fail_closed', 'intent_route_only'],
    });
  });

  it('the input says which rung stood in, with its scores and without what a model asked for', () => {
    const asked = decisionInput({
      classifier: { kind: 'openai', rung: 'F3', requested: requested({ consistent: false, confidence: 0.1 }) },
    });
    const embedded = { damaged_item: 0.9 };
    const input = fallbackInput(asked, { embedded, keywordHits: [] });
    expect(input).toEqual({
      ...asked,
      classifier: {
        kind: 'openai',
        rung: 'F2',
        mayReply: false,
        failure: 'permanent',
        raw: embedded,
        calibrated: embedded,
        requested: null,
      },
    });
    expect(fallbackInput(failed, none).classifier.failure).toBe('timeout');
  });

  it('a failure nobody named counts as one', () => {
    const decision = decide(fallbackInput(decisionInput(), none));
    expect(decision).toMatchObject({ row: 'D4', rank: 0 });
    expect(decision.reasonCodes[0]).toBe('vendor_error_fail_closed');
  });
});
