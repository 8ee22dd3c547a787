import { describe, expect, it } from 'vitest';
import { INTENTS, TEAMS } from '../events/words.ts';
import { INTENT_CATALOGUE, intentTag, PRIORITY_CLASSES, readIntentTag, TEAM_FALLBACK } from './intents.ts';

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

  it.each([
    ['order_status_tracking', 'Email Support Team'],
    ['damaged_item', 'Returns Admin'],
    ['refund_request', 'Returns Admin'],
    ['billing_issue', 'Email Support Team'],
    ['promo_discount_issue', 'Sales Team'],
    ['influencer_marketing_inquiry', 'Social Media Team'],
    ['technical_support', 'Technical Support Team'],
    ['chargeback_dispute', 'Chargebacks / Disputes Team'],
    ['fraud_suspected', 'Leadership Team'],
    ['unknown_other', 'Email Support Team'],
  ] as const)('routes %s to %s', (intent, team) => {
    expect(INTENT_CATALOGUE[intent].team).toBe(team);
  });
});

describe('intent tags (ruling 2)', () => {
  it('are written in full and read in full or by alias', () => {
    expect(intentTag('order_status_tracking')).toBe('mw-intent-order_status_tracking');
    expect(readIntentTag('mw-intent-order_status_tracking')).toBe('order_status_tracking');
    expect(readIntentTag('mw-intent-dnr')).toBe('delivered_not_received');
    expect(readIntentTag('mw-intent-')).toBeNull();
    expect(readIntentTag('intent:refund')).toBeNull();
  });

  it('have no alias that two intents share', () => {
    const aliases = INTENTS.map((intent) => INTENT_CATALOGUE[intent].aliasTag);
    expect(new Set(aliases).size).toBe(INTENTS.length);
  });
});

describe('missing teams (decisions §1.1)', () => {
  it('end at a team that can never be missing', () => {
    for (const team of TEAMS) {
      const fallback = TEAM_FALLBACK[team];
      if (fallback === 'release_blocked') continue;
      expect(TEAM_FALLBACK[fallback.team]).toBe('release_blocked');
    }
    expect(TEAM_FALLBACK['Leadership Team']).toBe('release_blocked');
    expect(TEAM_FALLBACK['Email Support Team']).toBe('release_blocked');
    expect(TEAM_FALLBACK['Chargebacks / Disputes Team']).toEqual({
      team: 'Leadership Team',
      tag: 'mw-needs-chargebacks-queue',
    });
  });
});
