import { describe, expect, it } from 'vitest';
import type { ReasonCode } from '../events/words.ts';
import { type Ended, nextStepOf } from './next-step.ts';

const ended = (changed: Partial<Ended>): Ended => ({
  intent: 'order_status_tracking',
  tier: null,
  reply: 'none',
  templateId: null,
  reasonCode: null,
  ...changed,
});
const step = (changed: Partial<Ended>): string => nextStepOf(ended(changed));
const FEATURES = {
  hasOrderNumber: false,
  hasEmail: false,
  hasPhone: false,
  hasTrackingNumber: false,
  hasAttachments: false,
};

describe('after a reply', () => {
  it('nobody knows whether it arrived: the ticket is looked at', () => {
    expect(step({ reply: 'gone', isStalled: true })).toMatch(/see on the ticket/i);
  });
  it('a resolved ticket asks for nothing until the customer writes', () => {
    expect(step({ reply: 'resolved' })).toMatch(/^Nothing, unless .*reopens/);
  });
  it('the number question waits for number and contact', () => {
    expect(step({ reply: 'sent', tier: 1, templateId: 't_order_status_ask_order_number' })).toMatch(/order number/);
  });
  it('a delay is reviewed by a person', () => {
    expect(step({ reply: 'sent', tier: 2, templateId: 't_shipping_delay_verified' })).toMatch(/^Review the order/);
  });
  it('an answered order status asks for nothing', () => {
    expect(step({ reply: 'sent', tier: 2, templateId: 't_order_status_verified' })).toBe(
      'Nothing, unless the customer writes again.',
    );
  });
  it.each([
    ['cancel_order', /cancelled, act in the shop/],
    ['cancel_subscription', /subscription/],
    ['address_change_order_edit', /changed, act in the shop/],
    ['billing_issue', /charge/],
    ['missing_items_in_shipment', /packing data/],
    ['delivered_not_received', /claim with the carrier/],
    ['wrong_item_received', /photo/],
    ['damaged_item', /photos/],
    ['technical_support', /fault/],
    ['return_request', /return/],
    ['exchange_request', /exchange/],
    ['refund_request', /refund/],
    ['promo_discount_issue', /code/],
    ['pre_purchase_question', /product/],
    ['influencer_marketing_inquiry', /inquiry/],
  ] as const)('an intake of %s waits for details, then names the work', (intent, work) => {
    const said = step({ reply: 'sent', tier: 1, intent });
    expect(said).toMatch(/^Wait for the details that were asked for\. /);
    expect(said).toMatch(work);
  });
});

describe('without a reply', () => {
  it('a message that was given up is answered by a person', () => {
    expect(step({ isStalled: true, tier: 0 })).toMatch(/given the message up/);
  });
  it('an escalation stays with its team, another Tier 0 is handled by hand', () => {
    expect(step({ tier: 0, intent: 'chargeback_dispute' })).toMatch(/keeps out of this conversation/);
    expect(step({ tier: 0, intent: 'refund_request' })).toMatch(/by hand: automation does not answer/);
  });
  it.each([
    ['attachment_only', /attachment/],
    ['ticket_closed', /closed ticket/],
    ['superseded_by_newer_message', /all of the customer/],
    ['last_message_from_agent', /colleague/],
    ['template_repeat', /take over/],
    ['missing_order_context', /Look the order up/],
    ['order_facts_stale', /Look the order up/],
    ['shipping_bucket_unknown', /Look the order up/],
    ['tier2_missing_deterministic_match', /Look the order up/],
    ['preorder_eta_missing', /Look the order up/],
    ['low_confidence', /^Read the message/],
  ] as const satisfies readonly (readonly [ReasonCode, RegExp])[])('%s', (reasonCode, says) => {
    expect(step({ reasonCode })).toMatch(says);
  });
  it('no reason at all: the message is read', () => {
    expect(step({})).toMatch(/^Read the message/);
  });
  it.each(['hasOrderNumber', 'hasEmail', 'hasPhone'] as const)('a second message with %s is used', (name) => {
    const features = { ...FEATURES, [name]: true };
    expect(step({ reasonCode: 'template_repeat', features })).toMatch(/^Use what the customer has given/);
  });
  it('a second message with a tracking number alone is only read', () => {
    const features = { ...FEATURES, hasTrackingNumber: true };
    expect(step({ reasonCode: 'template_repeat', features })).toMatch(/take over/);
  });
});
