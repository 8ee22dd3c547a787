import { describe, expect, it } from 'vitest';
import type { Intent, Team } from '../events/words.ts';
import { INTENTS } from '../events/words.ts';
import {
  ACKNOWLEDGEMENTS,
  INTENT_CATALOGUE,
  INTENT_OF_RISK_FLAG,
  intentTag,
  PRIORITY_CLASSES,
  readIntentTag,
  TEAM_FALLBACK,
  TIER0_TIE_ORDER,
} from './intents.ts';

describe('priority classes (decisions §6.3)', () => {
  it('have the members of the table', () => {
    const sorted = Object.fromEntries(
      Object.entries(PRIORITY_CLASSES).map(([priority, members]) => [priority, [...members].sort()]),
    );
    expect(sorted).toEqual({
      0: ['chargeback_dispute', 'fraud_suspected', 'harassment_threats', 'legal_threat'],
      1: ['address_change_order_edit', 'billing_issue', 'cancel_order', 'cancel_subscription'],
      2: ['damaged_item', 'delivered_not_received', 'missing_items_in_shipment', 'wrong_item_received'],
      3: ['exchange_request', 'refund_request', 'return_request'],
      4: ['order_status_tracking', 'shipping_delay_not_shipped'],
      5: ['phone_support_request', 'social_media_support_request', 'technical_support', 'tiktok_support_request'],
      6: ['influencer_marketing_inquiry', 'pre_purchase_question', 'promo_discount_issue'],
      7: ['unknown_other'],
    });
  });
});

describe('the catalogue (decisions §1.2)', () => {
  it('allows Tier 2 to the order questions only', () => {
    const tier2 = INTENTS.filter((intent) => INTENT_CATALOGUE[intent].highestTier === 2);
    expect(tier2).toEqual(['order_status_tracking', 'shipping_delay_not_shipped']);
  });

  it('gives a Tier 1 intent exactly one template and every other none', () => {
    for (const intent of INTENTS) {
      const { highestTier, templates } = INTENT_CATALOGUE[intent];
      const expected = highestTier === 1 || highestTier === 2 ? 1 : 0;
      expect([intent, templates.tier1.length]).toEqual([intent, expected]);
      expect([intent, templates.tier2.length]).toEqual([intent, highestTier === 2 ? 3 : 0]);
    }
  });

  const STATUS = 't_order_status_verified';
  const ETA = 't_order_eta_no_tracking_verified';
  const DELAY = 't_shipping_delay_verified';
  const QUESTION = 't_order_status_ask_order_number';
  type Line = readonly [Intent, number, 0 | 1 | 2 | null, Team, string, readonly string[], string | null];
  // Intent, class, tier, team, alias, templates, acknowledgement: the table of the specification.
  it.each<Line>([
    ['order_status_tracking', 4, 2, 'Email Support Team', 'order-status', [STATUS, ETA, DELAY, QUESTION], null],
    ['shipping_delay_not_shipped', 4, 2, 'Email Support Team', 'shipping-delay', [ETA, DELAY, STATUS, QUESTION], null],
    ['delivered_not_received', 2, 1, 'Returns Admin', 'dnr', ['t_delivered_not_received_intake'], null],
    ['missing_items_in_shipment', 2, 1, 'Returns Admin', 'missing-items', ['t_missing_items_intake'], null],
    ['wrong_item_received', 2, 1, 'Returns Admin', 'wrong-item', ['t_wrong_item_intake'], null],
    ['damaged_item', 2, 1, 'Returns Admin', 'damaged-item', ['t_damaged_item_intake'], null],
    ['cancel_order', 1, 1, 'Email Support Team', 'cancel-order', ['t_cancel_order_ack_intake'], null],
    ['address_change_order_edit', 1, 1, 'Email Support Team', 'address-change', ['t_address_change_ack_intake'], null],
    [
      'cancel_subscription',
      1,
      1,
      'Email Support Team',
      'cancel-subscription',
      ['t_cancel_subscription_ack_intake'],
      null,
    ],
    ['billing_issue', 1, 1, 'Email Support Team', 'billing', ['t_billing_issue_intake'], null],
    ['promo_discount_issue', 6, 1, 'Sales Team', 'promo', ['t_promo_discount_info'], null],
    ['pre_purchase_question', 6, 1, 'Sales Team', 'prepurchase', ['t_pre_purchase_info'], null],
    ['influencer_marketing_inquiry', 6, 1, 'Social Media Team', 'influencer', ['t_influencer_inquiry_route'], null],
    ['return_request', 3, 1, 'Returns Admin', 'return', ['t_return_request_intake'], null],
    ['exchange_request', 3, 1, 'Returns Admin', 'exchange', ['t_exchange_request_intake'], null],
    ['refund_request', 3, 1, 'Returns Admin', 'refund', ['t_refund_request_intake'], null],
    ['technical_support', 5, 1, 'Technical Support Team', 'tech-support', ['t_technical_support_intake'], null],
    ['phone_support_request', 5, null, 'Phone Support Team', 'phone-support', [], null],
    ['tiktok_support_request', 5, null, 'TikTok Support', 'tiktok', [], null],
    ['social_media_support_request', 5, null, 'Social Media Team', 'social', [], null],
    ['chargeback_dispute', 0, 0, 'Chargebacks / Disputes Team', 'chargeback', [], 't_chargeback_neutral_ack'],
    ['legal_threat', 0, 0, 'Leadership Team', 'legal', [], 't_legal_threat_ack'],
    ['harassment_threats', 0, 0, 'Leadership Team', 'harassment', [], 't_harassment_ack'],
    ['fraud_suspected', 0, 0, 'Leadership Team', 'fraud', [], 't_fraud_ack'],
    ['unknown_other', 7, null, 'Email Support Team', 'unknown', [], 't_unknown_ack'],
  ])('%s stands as in the table', (intent, priority, highestTier, team, alias, templates, acknowledgement) => {
    const { templates: ofTiers, ...entry } = INTENT_CATALOGUE[intent];
    expect(entry).toEqual({ priority, highestTier, team, aliasTag: `mw-intent-${alias}`, acknowledgement });
    expect([...ofTiers.tier2, ...ofTiers.tier1]).toEqual(templates);
    expect(ACKNOWLEDGEMENTS.includes(acknowledgement as never)).toBe(acknowledgement !== null);
  });

  it('the five acknowledgements, in table order', () => {
    expect(ACKNOWLEDGEMENTS).toHaveLength(5);
  });

  it('families of the screen and their intents', () => {
    expect(INTENT_OF_RISK_FLAG).toEqual({
      CHARGEBACK_DISPUTE: 'chargeback_dispute',
      LEGAL_THREAT: 'legal_threat',
      HARASSMENT_THREATS: 'harassment_threats',
      FRAUD_SUSPECTED: 'fraud_suspected',
    });
    expect(TIER0_TIE_ORDER).toEqual(['chargeback_dispute', 'fraud_suspected', 'legal_threat', 'harassment_threats']);
  });
});

describe('intent tags (ruling 2)', () => {
  it('are written in full and read in full or by alias', () => {
    expect(intentTag('order_status_tracking')).toBe('mw-intent-order_status_tracking');
    expect(readIntentTag('mw-intent-order_status_tracking')).toBe('order_status_tracking');
    expect(readIntentTag('mw-intent-dnr')).toBe('delivered_not_received');
    expect(readIntentTag('mw-intent-')).toBeNull();
    expect(readIntentTag('intent:refund')).toBeNull();
    expect(readIntentTag(' MW-Intent-DNR ')).toBe('delivered_not_received');
  });

  it('have no alias that two intents share', () => {
    const aliases = INTENTS.map((intent) => INTENT_CATALOGUE[intent].aliasTag);
    expect(new Set(aliases).size).toBe(INTENTS.length);
  });
});

describe('missing teams (decisions §1.1)', () => {
  it('have the substitutes of the table', () => {
    const triage = { team: 'Email Support Team', tag: 'mw-needs-manual-triage' };
    expect(TEAM_FALLBACK).toEqual({
      'Sales Team': { team: 'Email Support Team', tag: 'mw-needs-sales' },
      'Backend Team': { team: 'Email Support Team', tag: null },
      'Technical Support Team': { team: 'Email Support Team', tag: 'mw-needs-tech-support' },
      'Phone Support Team': triage,
      'TikTok Support': triage,
      'Returns Admin': triage,
      'LiveChat Support': { team: 'Email Support Team', tag: null },
      'Leadership Team': 'release_blocked',
      'Social Media Team': triage,
      'Email Support Team': 'release_blocked',
      'Chargebacks / Disputes Team': { team: 'Leadership Team', tag: 'mw-needs-chargebacks-queue' },
    });
  });
});
