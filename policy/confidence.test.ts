import { describe, expect, it } from 'vitest';
import type { DecisionInput, Scores } from '../events/decision.ts';
import { automationConfidence, certaintyOf } from './confidence.ts';
import { decide } from './decide.ts';
import { canonicalise } from './matrix.ts';
import { POLICY } from './policy.ts';
import { toConfidence, toHundredths } from './rounding.ts';
import {
  decisionInput,
  orderInput,
  orderNotMatched,
  type PartOf,
  requested,
  scored,
  verifierInput,
} from './testing.ts';
import { THRESHOLDS, thresholdProblems, tier1Threshold } from './thresholds.ts';
import { CALIBRATION_VERSIONS, CLASSIFIER_VERSIONS, THRESHOLDS_VERSION } from './versions.ts';

function certainty(scores: Scores, part: PartOf<DecisionInput> = {}) {
  const input = decisionInput({ ...part, classifier: { ...scored(scores).classifier, ...part.classifier } });
  return certaintyOf(input, canonicalise(input, POLICY), POLICY);
}

const STRONG_HIT = { family: 'LEGAL_THREAT', ruleId: 'legal.sue', strength: 'strong' } as const;

describe('routing confidence (decisions §5.1)', () => {
  it.each<{ rule: string; scores: Scores; routing: number; margin: number; words?: number }>([
    { rule: 'one clear intent', scores: { damaged_item: 0.83 }, routing: 0.83, margin: 0.83 },
    {
      rule: 'p1: margin just under 0.10 (and p3)',
      scores: { refund_request: 0.85, return_request: 0.76 },
      routing: 0.65,
      margin: 0.09,
    },
    {
      rule: 'no p1 at 0.10 exactly, p3 alone',
      scores: { refund_request: 0.8, return_request: 0.7 },
      routing: 0.7,
      margin: 0.1,
    },
    { rule: 'p1 alone', scores: { refund_request: 0.55, return_request: 0.5 }, routing: 0.45, margin: 0.05 },
    { rule: 'p2: four words', scores: { damaged_item: 0.8 }, words: 4, routing: 0.7, margin: 0.8 },
    { rule: 'no p2: five words', scores: { damaged_item: 0.8 }, words: 5, routing: 0.8, margin: 0.8 },
    { rule: 'p3 needs more than 0.55', scores: { damaged_item: 0.8, refund_request: 0.55 }, routing: 0.8, margin: 0.8 },
    { rule: 'p3 at 0.56', scores: { damaged_item: 0.8, refund_request: 0.56 }, routing: 0.7, margin: 0.8 },
    {
      rule: 'all three penalties',
      scores: { refund_request: 0.9, return_request: 0.85 },
      words: 1,
      routing: 0.6,
      margin: 0.05,
    },
    { rule: 'never below 0', scores: { unknown_other: 0.05 }, words: 1, routing: 0, margin: 0.05 },
    {
      rule: 'top2 counts higher classes',
      scores: { refund_request: 0.6, damaged_item: 0.3 },
      routing: 0.6,
      margin: 0.3,
    },
    {
      rule: 'top2 skips lower classes',
      scores: { refund_request: 0.5, order_status_tracking: 0.5 },
      routing: 0.5,
      margin: 0.5,
    },
    {
      rule: 'the pair exception looks outside the pair',
      scores: { order_status_tracking: 0.55, shipping_delay_not_shipped: 0.5, refund_request: 0.3 },
      routing: 0.55,
      margin: 0.25,
    },
    {
      rule: 'no pair in different templates',
      scores: { missing_items_in_shipment: 0.55, damaged_item: 0.5 },
      routing: 0.45,
      margin: 0.05,
    },
    {
      rule: 'M10 takes unknown out of p3',
      scores: { damaged_item: 0.6, unknown_other: 0.6 },
      routing: 0.6,
      margin: 0.6,
    },
  ])('$rule', ({ scores, routing, margin, words = 9 }) => {
    expect(certainty(scores, { message: { words } })).toEqual({ routing, margin });
  });

  it('p3: the model listed a secondary of another class, not one of the same', () => {
    const with_ = (secondary: 'return_request' | 'damaged_item' | 'technical_support') =>
      certainty(
        { refund_request: 0.8 },
        { classifier: { requested: requested({ primary: 'refund_request', secondaries: [secondary] }) } },
      ).routing;
    expect(with_('return_request')).toBe(0.8);
    expect(with_('technical_support')).toBe(0.7);
  });

  it('p3: also where the model’s secondary has become the primary, and not for a primary that was outscored', () => {
    const named = (secondaries: readonly ('cancel_order' | 'shipping_delay_not_shipped')[]) =>
      certainty(
        { order_status_tracking: 0.5, cancel_order: 0.8 },
        { classifier: { requested: requested({ primary: 'order_status_tracking', secondaries }) } },
      ).routing;
    expect(named(['cancel_order'])).toBe(0.7);
    expect(named(['shipping_delay_not_shipped'])).toBe(0.7);
    expect(named([])).toBe(0.8);
  });

  it('an inconsistent output is worth its lower number, with no margin (§3.5)', () => {
    const asked = (confidence: number) =>
      certainty(
        { damaged_item: 0.9 },
        { classifier: { requested: requested({ primary: 'damaged_item', confidence, consistent: false }) } },
      );
    expect(asked(0.75)).toEqual({ routing: 0.65, margin: 0 });
    expect(asked(0.95)).toEqual({ routing: 0.8, margin: 0 });
  });

  it.each([
    { rung: 'F1', failure: 'timeout', scores: { cancel_order: 0.6, refund_request: 0.6 }, routing: 0.6 },
    { rung: 'F2', failure: 'timeout', scores: { damaged_item: 0.77 }, routing: 0.77 },
    { rung: 'F3', failure: 'timeout', scores: {}, routing: null },
  ] as const)('rung $rung carries its own score and no penalties', ({ rung, failure, scores, routing }) => {
    expect(certainty(scores, { message: { words: 1 }, classifier: { rung, failure } })).toEqual({
      routing,
      margin: null,
    });
  });

  it.each<{ why: string; part: PartOf<DecisionInput> }>([
    { why: 'a screen hit', part: { turn: { screenStrength: 'strong' } } },
    { why: 'a hit that the summary left out (G12)', part: { turn: { screenHits: [STRONG_HIT] } } },
    {
      why: 'a dispute by the rules in an older comment',
      part: {
        turn: { olderKeywordHits: [{ intent: 'chargeback_dispute', ruleId: 'kw.dispute', precision: 'weak' }] },
      },
    },
    { why: 'fraud by rule', part: { message: { topics: { contactChange: true } } } },
    { why: 'an attachment only', part: { message: { attachmentOnly: true } } },
    { why: 'empty text', part: { message: { empty: true } } },
    { why: 'a failure', part: { classifier: { failure: 'timeout' } } },
    { why: 'no classifier', part: { classifier: { kind: null } } },
    { why: 'machine mail', part: { message: { topics: { machineMail: true } } } },
    { why: 'a privacy wish', part: { message: { topics: { privacyRequest: true } } } },
  ])('$why has none', ({ part }) => {
    expect(certainty({ damaged_item: 0.9 }, part)).toEqual({ routing: null, margin: null });
  });

  it('the cap of "unsubscribe" concerns the plan alone', () => {
    const wish = { message: { topics: { unsubscribeOnly: true } } } as const;
    expect(certainty({ cancel_subscription: 0.5 }, wish).routing).toBe(0.5);
    expect(certainty({ cancel_subscription: 0.9 }, wish).routing).toBe(0.55);
    expect(certainty({ unknown_other: 0.9 }, wish).routing).toBe(0.9);
  });

  it('fewer than five words with "unsubscribe" are worth the cap, whatever a classifier thinks (scenario 72)', () => {
    const bare = { message: { words: 4, topics: { unsubscribeOnly: true } } } as const;
    for (const scores of [{ cancel_subscription: 0.9 }, { cancel_subscription: 0.1 }, { unknown_other: 0.9 }, {}]) {
      expect(certainty(scores, bare)).toEqual({ routing: 0.55, margin: null });
    }
    const rung = { ...bare, classifier: { rung: 'F1', failure: 'timeout' } } as const;
    expect(certainty({ cancel_subscription: 0.6 }, rung).routing).toBe(0.55);
    expect(certainty({}, { ...bare, classifier: { failure: 'timeout' } }).routing).toBeNull();
    expect(certainty({ unknown_other: 0.9 }, { message: { ...bare.message, words: 5 } }).routing).toBe(0.9);
  });
});

describe('automation confidence', () => {
  it.each([
    { when: 'no order is known yet', input: {}, expected: null },
    { when: 'no match', input: { order: orderNotMatched('unlinked') }, expected: 0 },
    { when: 'two orders', input: { order: orderInput({ matchCount: 2 }), verifier: verifierInput() }, expected: 0 },
    { when: 'no verdict yet', input: { order: orderInput() }, expected: null },
    {
      when: 'a failed verdict',
      input: { order: orderInput(), verifier: verifierInput({ confidence: null }) },
      expected: null,
    },
    {
      when: 'the verifier is less sure',
      input: { order: orderInput(), verifier: verifierInput({ confidence: 0.81 }) },
      expected: 0.81,
    },
    {
      when: 'the classifier is less sure',
      input: { order: orderInput(), verifier: verifierInput({ confidence: 0.95 }) },
      expected: 0.9,
    },
  ])('$when → $expected', ({ input, expected }) => {
    expect(automationConfidence(decisionInput(input), 0.9)).toBe(expected);
  });
});

describe('rounding', () => {
  it.each([
    [0.285, 0.29],
    [0.284, 0.28],
    [0.595, 0.6],
    [0.5949, 0.59],
    [0.7 - 0.6, 0.1],
    [1.005, 1.01],
  ])('%d → %d, half up', (value, expected) => {
    expect(toHundredths(value)).toBe(expected);
  });

  it('a confidence stays between 0 and 1', () => {
    expect([toConfidence(-0.1), toConfidence(1.2), toConfidence(0.5)]).toEqual([0, 1, 0.5]);
  });
});

describe('thresholds (decisions §5.2–5.5)', () => {
  it('carry the numbers of the specification', () => {
    expect(THRESHOLDS).toMatchObject({
      route: 0.6,
      triage: 0.5,
      margin: 0.1,
      tier1: 0.6,
      tier2: 0.7,
      verifier: 0.8,
      automation: 0.7,
      tier0: 0.2,
      tier0Weak: 0.1,
    });
    expect(THRESHOLDS.tier1Of).toEqual({
      return_request: 0.65,
      refund_request: 0.65,
      exchange_request: 0.65,
      cancel_order: 0.65,
      address_change_order_edit: 0.65,
      cancel_subscription: 0.65,
      technical_support: 0.7,
    });
    expect(tier1Threshold('billing_issue', THRESHOLDS)).toBe(0.6);
    expect(thresholdProblems(THRESHOLDS)).toEqual([]);
    expect(THRESHOLDS.version).toBe(THRESHOLDS_VERSION);
  });

  it('were fitted on what runs: after a change of either, fit anew (npm run eval), then pin it in thresholds.ts', () => {
    expect({ classifier: CLASSIFIER_VERSIONS, calibration: CALIBRATION_VERSIONS }).toEqual(THRESHOLDS.fittedOn);
  });

  it.each([
    { what: 'another prompt', kind: 'openai', versions: { classifier: 'routing_prompt@1.0.1' } },
    { what: 'other weights', kind: 'embedded', versions: { classifier: 'embedded@1.0.1' } },
    { what: 'another map', kind: 'embedded', versions: { calibration: 'embedded-map@1.0.1' } },
  ] as const)('$what than they were fitted on routes only', ({ kind, versions }) => {
    const pinned = { classifier: CLASSIFIER_VERSIONS[kind], calibration: CALIBRATION_VERSIONS[kind] };
    const scored = (running: object) =>
      decide(
        decisionInput({
          classifier: {
            kind,
            requested: kind === 'openai' ? requested() : null,
            raw: {},
            calibrated: { damaged_item: 0.9 },
          },
          versions: { ...pinned, ...running },
        }),
      ).action;
    expect([scored({}), scored(versions)]).toEqual(['SEND_TEMPLATE', 'ROUTE_ONLY']);
  });

  it.each([
    { change: { route: 0.39, triage: 0.3 }, problem: 'route' },
    { change: { route: 0.91, tier1: 0.95 }, problem: 'route' },
    { change: { triage: 0.61 }, problem: 'triage' },
    { change: { tier1: 0.59 }, problem: 'tier1' },
    { change: { tier2: 0.69 }, problem: 'tier2' },
    { change: { verifier: 0.79 }, problem: 'verifier' },
    { change: { automation: 0.69 }, problem: 'automation' },
    { change: { tier0Weak: 0.21 }, problem: 'tier0Weak' },
    { change: { tier0Weak: -0.01 }, problem: 'tier0Weak' },
    { change: { triage: -0.01 }, problem: 'triage' },
    { change: { tier1: 1.01, tier1Of: {} }, problem: 'tier1' },
    { change: { tier2: 1.01 }, problem: 'tier2' },
    { change: { verifier: 1.01 }, problem: 'verifier' },
    { change: { automation: 1.01 }, problem: 'automation' },
    { change: { automation: Number.NaN }, problem: 'automation' },
    { change: { tier1Of: { billing_issue: 1.01 } }, problem: 'tier1Of.billing_issue' },
    { change: { tier1Of: { billing_issue: 0.59 } }, problem: 'tier1Of.billing_issue' },
  ])('$change breaks $problem', ({ change, problem }) => {
    const [found = ''] = thresholdProblems({ ...THRESHOLDS, ...change });
    expect(found.split(':')[0]).toBe(problem);
  });

  it('the floors themselves are permitted', () => {
    const floors = { route: 0.4, triage: 0.4, tier1: 0.4, tier2: 0.7, verifier: 0.8, automation: 0.7, tier1Of: {} };
    expect(thresholdProblems({ ...THRESHOLDS, ...floors })).toEqual([]);
    expect(thresholdProblems({ ...THRESHOLDS, route: 0.9, tier1: 0.9, tier1Of: {} })).toEqual([]);
  });
});
