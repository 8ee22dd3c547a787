import { describe, expect, it } from 'vitest';
import type { Scores } from '../events/decision.ts';
import type { Intent, Team, TemplateId } from '../events/words.ts';
import { decide } from './decide.ts';
import { canonicalise } from './matrix.ts';
import { POLICY } from './policy.ts';
import {
  decisionInput,
  orderInput,
  orderInWindow,
  orderNotMatched,
  requested,
  scored,
  verifierInput,
} from './testing.ts';

const canonical = (scores: Scores) => canonicalise(decisionInput(scored(scores)), POLICY);

describe('pair outcomes (decisions §6.3)', () => {
  it.each<{ pair: Scores; primary: Intent; team: Team; reply: TemplateId | null }>([
    {
      pair: { order_status_tracking: 0.8, cancel_order: 0.8 },
      primary: 'cancel_order',
      team: 'Email Support Team',
      reply: 't_cancel_order_ack_intake',
    },
    {
      pair: { order_status_tracking: 0.8, address_change_order_edit: 0.8 },
      primary: 'address_change_order_edit',
      team: 'Email Support Team',
      reply: 't_address_change_ack_intake',
    },
    {
      pair: { order_status_tracking: 0.8, cancel_subscription: 0.8 },
      primary: 'cancel_subscription',
      team: 'Email Support Team',
      reply: 't_cancel_subscription_ack_intake',
    },
    {
      pair: { damaged_item: 0.8, refund_request: 0.8 },
      primary: 'damaged_item',
      team: 'Returns Admin',
      reply: 't_damaged_item_intake',
    },
    {
      pair: { missing_items_in_shipment: 0.8, return_request: 0.8 },
      primary: 'missing_items_in_shipment',
      team: 'Returns Admin',
      reply: 't_missing_items_intake',
    },
    {
      pair: { delivered_not_received: 0.8, refund_request: 0.8 },
      primary: 'delivered_not_received',
      team: 'Returns Admin',
      reply: 't_delivered_not_received_intake',
    },
    {
      pair: { order_status_tracking: 0.8, refund_request: 0.8 },
      primary: 'refund_request',
      team: 'Returns Admin',
      reply: 't_refund_request_intake',
    },
    {
      pair: { order_status_tracking: 0.8, technical_support: 0.8 },
      primary: 'order_status_tracking',
      team: 'Email Support Team',
      reply: null,
    },
    {
      pair: { cancel_order: 0.8, technical_support: 0.8 },
      primary: 'cancel_order',
      team: 'Email Support Team',
      reply: 't_cancel_order_ack_intake',
    },
    {
      pair: { billing_issue: 0.8, chargeback_dispute: 0.8 },
      primary: 'chargeback_dispute',
      team: 'Chargebacks / Disputes Team',
      reply: null,
    },
    {
      pair: { legal_threat: 0.8, chargeback_dispute: 0.8 },
      primary: 'chargeback_dispute',
      team: 'Chargebacks / Disputes Team',
      reply: null,
    },
    {
      pair: { legal_threat: 0.9, chargeback_dispute: 0.8 },
      primary: 'legal_threat',
      team: 'Leadership Team',
      reply: null,
    },
    {
      pair: { pre_purchase_question: 0.8, phone_support_request: 0.8 },
      primary: 'phone_support_request',
      team: 'Phone Support Team',
      reply: null,
    },
  ])('$pair → $primary, $reply', ({ pair, primary, team, reply }) => {
    expect(decide(decisionInput(scored(pair)))).toMatchObject({ primaryIntent: primary, team, templateId: reply });
  });

  it('delay and promo: no Tier 2 with an order, the number question without one (M6)', () => {
    const pair = {
      stage: 'approval',
      ...scored({ shipping_delay_not_shipped: 0.8, promo_discount_issue: 0.8 }),
    } as const;
    const matched = decide(decisionInput({ ...pair, order: orderInput(), verifier: verifierInput() }));
    expect(matched).toMatchObject({
      primaryIntent: 'shipping_delay_not_shipped',
      team: 'Email Support Team',
      templateId: null,
    });
    const unlinked = decide(decisionInput({ ...pair, order: orderNotMatched('unlinked') }));
    expect(unlinked).toMatchObject({ templateId: 't_order_status_ask_order_number', tier: 1 });
  });
});

describe('Tier 0 first (M1)', () => {
  it.each<{ scores: Scores; primary: Intent }>([
    { scores: { fraud_suspected: 0.5, legal_threat: 0.5, harassment_threats: 0.5 }, primary: 'fraud_suspected' },
    { scores: { legal_threat: 0.5, harassment_threats: 0.5 }, primary: 'legal_threat' },
    { scores: { legal_threat: 0.5, harassment_threats: 0.51 }, primary: 'harassment_threats' },
    { scores: { cancel_order: 0.99, harassment_threats: 0.2 }, primary: 'harassment_threats' },
    { scores: { cancel_order: 0.99, harassment_threats: 0.19 }, primary: 'cancel_order' },
  ])('$scores → $primary', ({ scores, primary }) => {
    expect(canonical(scores).primary).toBe(primary);
  });

  it('a rule counts as 1.00 against any score of a model', () => {
    const input = decisionInput({
      ...scored({ chargeback_dispute: 0.99 }),
      turn: {
        screenStrength: 'strong',
        screenHits: [{ family: 'LEGAL_THREAT', ruleId: 'legal.sue', strength: 'strong' }],
      },
    });
    expect(canonicalise(input, POLICY)).toMatchObject({ primary: 'legal_threat', secondaries: ['chargeback_dispute'] });
    expect(decide(input).riskFlags).toEqual(['CHARGEBACK_DISPUTE', 'LEGAL_THREAT']);
  });

  it('a rule counts as no more than 1.00: a certain model ties with it', () => {
    const input = decisionInput({
      ...scored({ chargeback_dispute: 1 }),
      turn: {
        screenStrength: 'strong',
        screenHits: [{ family: 'LEGAL_THREAT', ruleId: 'legal.sue', strength: 'strong' }],
      },
    });
    expect(canonicalise(input, POLICY).primary).toBe('chargeback_dispute');
  });

  it('two rules resolve in the order chargeback, fraud, legal, harassment', () => {
    const hit = (family: 'FRAUD_SUSPECTED' | 'LEGAL_THREAT') => ({
      family,
      ruleId: 'test.rule',
      strength: 'strong' as const,
    });
    const input = decisionInput({
      turn: { screenStrength: 'strong', screenHits: [hit('LEGAL_THREAT'), hit('FRAUD_SUSPECTED')] },
    });
    expect(canonicalise(input, POLICY).primary).toBe('fraud_suspected');
  });

  it('moderation counts as its floor of 0.80', () => {
    const at = (score: number) =>
      canonicalise(decisionInput({ ...scored({ legal_threat: score }), turn: { moderation: 'strong' } }), POLICY)
        .primary;
    expect(at(0.79)).toBe('harassment_threats');
    expect(at(0.81)).toBe('legal_threat');
  });

  it('a Tier 0 request of the model without a family escalates to Leadership', () => {
    const input = decisionInput({ classifier: { requested: requested({ tier: 'TIER_0_ESCALATION' }) } });
    expect(decide(input)).toMatchObject({
      row: 'D1',
      team: 'Leadership Team',
      riskFlags: ['OTHER_HIGH_RISK'],
      primaryIntent: 'order_status_tracking',
    });
  });

  it('a Tier 0 intent that the model only names is unioned with its flag (§3.5)', () => {
    const input = decisionInput({ classifier: { requested: requested({ secondaries: ['legal_threat'] }) } });
    expect(decide(input)).toMatchObject({ row: 'D1', riskFlags: ['LEGAL_THREAT'], primaryIntent: 'legal_threat' });
  });

  it('the model’s unnamed risk is weak (G09)', () => {
    const input = decisionInput({ classifier: { requested: requested({ riskFlags: ['OTHER_HIGH_RISK'] }) } });
    expect(decide(input)).toMatchObject({ row: 'D3', tier: null, riskFlags: ['OTHER_HIGH_RISK'] });
  });
});

describe('candidate set and order', () => {
  it.each<{ rule: string; scores: Scores; primary: Intent; secondaries: Intent[] }>([
    {
      rule: 'M2: the lowest class wins at 0.35',
      scores: { order_status_tracking: 0.9, cancel_order: 0.35 },
      primary: 'cancel_order',
      secondaries: ['order_status_tracking'],
    },
    {
      rule: 'below 0.35 an intent is no candidate',
      scores: { order_status_tracking: 0.9, cancel_order: 0.34 },
      primary: 'order_status_tracking',
      secondaries: [],
    },
    {
      rule: 'M2: the same class by score',
      scores: { refund_request: 0.5, exchange_request: 0.6 },
      primary: 'exchange_request',
      secondaries: ['refund_request'],
    },
    {
      rule: 'M2: equal scores by table order',
      scores: { refund_request: 0.6, return_request: 0.6 },
      primary: 'return_request',
      secondaries: ['refund_request'],
    },
    {
      rule: '1.4: secondaries by class, then score; two at most',
      scores: {
        promo_discount_issue: 0.5,
        technical_support: 0.5,
        refund_request: 0.5,
        order_status_tracking: 0.4,
        damaged_item: 0.4,
      },
      primary: 'damaged_item',
      secondaries: ['refund_request', 'order_status_tracking'],
    },
    {
      rule: 'M7: a fault outranks a wish to be called',
      scores: { technical_support: 0.7, phone_support_request: 0.9 },
      primary: 'technical_support',
      secondaries: ['phone_support_request'],
    },
    {
      rule: '1.4: a cause goes first as the primary only; secondaries follow class and score',
      scores: { cancel_order: 0.9, technical_support: 0.6, phone_support_request: 0.7 },
      primary: 'cancel_order',
      secondaries: ['phone_support_request', 'technical_support'],
    },
    {
      rule: '1.4: secondaries of two classes and scores, whatever their order',
      scores: { pre_purchase_question: 0.9, technical_support: 0.6, phone_support_request: 0.7, cancel_order: 0.9 },
      primary: 'cancel_order',
      secondaries: ['phone_support_request', 'technical_support'],
    },
    {
      rule: 'M7: only a clear one',
      scores: { technical_support: 0.55, phone_support_request: 0.9 },
      primary: 'phone_support_request',
      secondaries: ['technical_support'],
    },
    {
      rule: 'M10: unknown leaves at 0.50',
      scores: { unknown_other: 0.6, promo_discount_issue: 0.5 },
      primary: 'promo_discount_issue',
      secondaries: [],
    },
    {
      rule: 'M10: unknown stays below 0.50',
      scores: { unknown_other: 0.6, promo_discount_issue: 0.49 },
      primary: 'promo_discount_issue',
      secondaries: ['unknown_other'],
    },
    {
      rule: 'no candidate: the best score',
      scores: { billing_issue: 0.1, refund_request: 0.3 },
      primary: 'refund_request',
      secondaries: [],
    },
    {
      rule: 'no candidate: a suspicion of Tier 0 names no intent, however far ahead',
      scores: { legal_threat: 0.19, refund_request: 0.09 },
      primary: 'refund_request',
      secondaries: [],
    },
    { rule: 'a suspicion alone', scores: { legal_threat: 0.19 }, primary: 'unknown_other', secondaries: [] },
    { rule: 'no score at all', scores: {}, primary: 'unknown_other', secondaries: [] },
  ])('$rule', ({ scores, primary, secondaries }) => {
    expect(canonical(scores)).toMatchObject({ primary, secondaries });
  });

  it('an intent the model names is a candidate at any score', () => {
    const input = decisionInput({
      ...scored({ order_status_tracking: 0.9 }),
      classifier: {
        ...scored({ order_status_tracking: 0.9 }).classifier,
        requested: requested({ secondaries: ['cancel_order'] }),
      },
    });
    expect(canonicalise(input, POLICY).primary).toBe('cancel_order');
    expect(decide(input)).toMatchObject({ row: 'D5', team: 'Email Support Team' });
  });

  it.each([
    { channel: 'tiktok', scores: { tiktok_support_request: 0.8 }, primary: 'tiktok_support_request' },
    { channel: 'email', scores: { tiktok_support_request: 0.8 }, primary: 'unknown_other' },
    { channel: 'social', scores: { social_media_support_request: 0.8 }, primary: 'social_media_support_request' },
    { channel: 'tiktok', scores: { social_media_support_request: 0.8 }, primary: 'unknown_other' },
    { channel: 'email', scores: { phone_support_request: 0.8 }, primary: 'phone_support_request' },
  ] as const)('1.4: $scores on $channel → $primary', ({ channel, scores, primary }) => {
    expect(canonicalise(decisionInput({ ...scored(scores), message: { channel } }), POLICY).primary).toBe(primary);
  });
});

describe('two order changes (M9)', () => {
  it.each<{ scores: Scores; primary: Intent; reply: TemplateId | null }>([
    {
      scores: { cancel_order: 0.9, address_change_order_edit: 0.79 },
      primary: 'cancel_order',
      reply: 't_cancel_order_ack_intake',
    },
    { scores: { cancel_order: 0.9, address_change_order_edit: 0.8 }, primary: 'cancel_order', reply: null },
    { scores: { cancel_order: 0.8, address_change_order_edit: 0.9 }, primary: 'cancel_order', reply: null },
    {
      scores: { cancel_order: 0.79, address_change_order_edit: 0.9 },
      primary: 'address_change_order_edit',
      reply: 't_address_change_ack_intake',
    },
    { scores: { billing_issue: 0.9, address_change_order_edit: 0.85 }, primary: 'billing_issue', reply: null },
  ])('$scores → $primary, $reply', ({ scores, primary, reply }) => {
    expect(decide(decisionInput(scored(scores)))).toMatchObject({ primaryIntent: primary, templateId: reply });
  });

  it('changes that the model names without a score are as close as can be', () => {
    const named = (scores: Scores) =>
      canonicalise(
        decisionInput({
          classifier: {
            raw: scores,
            calibrated: scores,
            requested: requested({ primary: 'address_change_order_edit', secondaries: ['cancel_order'] }),
          },
        }),
        POLICY,
      ).isUndecidedChange;
    expect(named({})).toBe(true);
    expect(named({ address_change_order_edit: 0.1 })).toBe(true);
    expect(named({ address_change_order_edit: 0.11 })).toBe(false);
    expect(named({ cancel_order: 0.05 })).toBe(true);
  });

  it('the objection is that of G16', () => {
    const decision = decide(decisionInput(scored({ cancel_order: 0.9, address_change_order_edit: 0.8 })));
    expect(decision).toMatchObject({ row: 'D6', reasonCodes: ['multi_intent_action_request'] });
  });
});

describe('an order question beside other wishes (M5, M6, G16)', () => {
  const matched = { stage: 'approval', order: orderInput(), verifier: verifierInput() } as const;
  const reply = (scores: Scores) => decide(decisionInput({ ...matched, ...scored(scores) })).templateId;

  it.each<{ scores: Scores; template: TemplateId | null }>([
    { scores: { order_status_tracking: 0.9, technical_support: 0.55 }, template: 't_order_status_verified' },
    { scores: { order_status_tracking: 0.9, technical_support: 0.56 }, template: null },
    { scores: { order_status_tracking: 0.9, pre_purchase_question: 0.55 }, template: 't_order_status_verified' },
    { scores: { order_status_tracking: 0.9, pre_purchase_question: 0.56 }, template: null },
    { scores: { order_status_tracking: 0.9, influencer_marketing_inquiry: 0.56 }, template: null },
  ])('$scores → $template', ({ scores, template }) => {
    expect(reply(scores)).toBe(template);
  });

  it.each([
    { intent: 'cancel_order', tier2: false },
    { intent: 'damaged_item', tier2: false },
    { intent: 'refund_request', tier2: false },
    { intent: 'shipping_delay_not_shipped', tier2: true },
    { intent: 'technical_support', tier2: true },
  ] as const)('an older comment about $intent leaves Tier 2: $tier2', ({ intent, tier2 }) => {
    const older = { olderKeywordHits: [{ intent, ruleId: 'kw.test', precision: 'high' as const }] };
    const decision = decide(decisionInput({ ...matched, turn: older }));
    expect(decision.row).toBe(tier2 ? 'D8' : 'D6');
    expect(decision.reasonCodes).toEqual(
      tier2 ? ['tier2_verified'] : ['multi_intent_action_request', 'exception_intent_present'],
    );
    const unlinked = decide(decisionInput({ stage: 'approval', order: orderNotMatched('unlinked'), turn: older }));
    expect(unlinked.templateId).toBe('t_order_status_ask_order_number');
    const other = decide(decisionInput({ ...scored({ wrong_item_received: 0.9 }), turn: older }));
    expect(other.templateId).toBe('t_wrong_item_intake');
  });

  it.each([
    { intent: 'cancel_order', tier2: false },
    { intent: 'damaged_item', tier2: false },
    { intent: 'refund_request', tier2: false },
    { intent: 'technical_support', tier2: false },
    { intent: 'shipping_delay_not_shipped', tier2: true },
    { intent: 'pre_purchase_question', tier2: true },
  ] as const)('$intent anywhere in the comment to be answered leaves Tier 2: $tier2', ({ intent, tier2 }) => {
    const turn = { answeredKeywordHits: [{ intent, ruleId: 'kw.test', precision: 'weak' as const }] };
    const decision = decide(decisionInput({ ...matched, turn }));
    expect(decision.row).toBe(tier2 ? 'D8' : 'D6');
    expect(decision.reasonCodes).toEqual(
      tier2 ? ['tier2_verified'] : ['multi_intent_action_request', 'exception_intent_present'],
    );
    const unlinked = decide(decisionInput({ stage: 'approval', order: orderNotMatched('unlinked'), turn }));
    expect(unlinked.templateId).toBe('t_order_status_ask_order_number');
    const other = decide(decisionInput({ ...scored({ wrong_item_received: 0.9 }), turn }));
    expect(other.templateId).toBe('t_wrong_item_intake');
    const inWindow = { ...matched, order: orderInWindow(), flags: { auto_close_enabled: true } };
    expect(decide(decisionInput({ ...inWindow, turn })).autoClose).toBe(tier2);
  });

  it.each([
    { hits: [['unknown_other', 'high']], primary: 'unknown_other' },
    { hits: [['unknown_other', 'weak']], primary: 'promo_discount_issue' },
    {
      hits: [
        ['unknown_other', 'high'],
        ['cancel_subscription', 'high'],
      ],
      primary: 'promo_discount_issue',
    },
    {
      hits: [
        ['unknown_other', 'high'],
        ['cancel_subscription', 'weak'],
      ],
      primary: 'unknown_other',
    },
    { hits: [], primary: 'promo_discount_issue' },
  ] as const)(
    'certain rules that name only what is outside the taxonomy decide ($hits → $primary)',
    ({ hits, primary }) => {
      const answeredKeywordHits = hits.map(([intent, precision]) => ({ intent, ruleId: 'kw.test', precision }));
      const decision = decide(
        decisionInput({ ...scored({ promo_discount_issue: 0.69 }), turn: { answeredKeywordHits } }),
      );
      expect(decision.primaryIntent).toBe(primary);
      expect(decision.templateId).toBe(primary === 'unknown_other' ? null : 't_promo_discount_info');
    },
  );

  it('tier 3 or Tier 1 asked for an order question leaves the number question at most', () => {
    for (const tier of ['TIER_3_AUTO_ACTION', 'TIER_1_SAFE_ASSIST'] as const) {
      const asked = { classifier: { requested: requested({ tier }) } };
      expect(decide(decisionInput({ ...matched, ...asked })).templateId).toBeNull();
      const unlinked = decisionInput({ stage: 'approval', order: orderNotMatched('unlinked'), ...asked });
      expect(decide(unlinked).templateId).toBe('t_order_status_ask_order_number');
    }
  });

  it('Tier 2 asked for without a match is a contradiction, and ROUTE_ONLY is honoured (§3.4)', () => {
    const asked = (part: Parameters<typeof requested>[0]) =>
      decide(decisionInput({ ...matched, classifier: { requested: requested(part) } }));
    expect(asked({}).row).toBe('D8');
    expect(asked({ requiresMatch: false }).row).toBe('D6');
    expect(asked({ action: 'ROUTE_ONLY' })).toMatchObject({ row: 'D6', reasonCodes: ['intent_route_only'] });
  });
});
