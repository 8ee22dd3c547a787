/** One sentence for each rule of the keyword classifier, which no other rule hits. Invented. */
import type { Intent } from '../../events/words.ts';
import type { Precision } from './keyword-rules.ts';

export type RuleSample = {
  readonly ruleId: string;
  readonly intent: Intent;
  readonly precision: Precision;
  readonly text: string;
};

const samples = (intent: Intent, rules: Readonly<Record<string, readonly [Precision, string]>>): RuleSample[] =>
  Object.entries(rules).map(([ruleId, [precision, text]]) => ({ ruleId, intent, precision, text }));

export const RULE_SAMPLES: readonly RuleSample[] = [
  ...samples('cancel_order', {
    'cancel.order': ['high', 'I ordered it twice.'],
    'cancel.order_weak': ['weak', 'I changed my mind.'],
  }),
  ...samples('cancel_subscription', {
    'subscription.stop': ['high', 'Turn off my autoship.'],
    'subscription.unsubscribe': ['weak', 'unsubscribe'],
    'subscription.weak': ['weak', 'A question on my subscription.'],
  }),
  ...samples('address_change_order_edit', {
    'address.change': ['high', 'Please fix the postcode.'],
    'address.change_weak': ['weak', 'I have a new address.'],
  }),
  ...samples('billing_issue', {
    'billing.wrong_charge': ['high', 'I was overcharged.'],
    'billing.payment_failed': ['high', 'My card was declined.'],
    'billing.invoice_wrong': ['high', 'The invoice has a mistake.'],
    'billing.weak': ['weak', 'A billing matter.'],
  }),
  ...samples('delivered_not_received', {
    'dnr.reported_delivered': ['high', 'It says delivered and I cannot find it.'],
    'dnr.stolen': ['high', 'A porch pirate was here.'],
    'dnr.weak': ['weak', 'The parcel vanished.'],
  }),
  ...samples('missing_items_in_shipment', {
    'missing.item': ['high', 'The box was empty.'],
    'missing.item_weak': ['weak', 'Something is missing.'],
  }),
  ...samples('wrong_item_received', {
    'wrong.item': ['high', 'This is somebody elses.'],
    'wrong.variant_pair': ['high', 'The colour is wrong.'],
    'wrong.item_weak': ['weak', 'There was a mix up.'],
  }),
  ...samples('damaged_item', {
    'damaged.arrival': ['high', 'It is shattered.'],
    'damaged.weak': ['weak', 'It is broken.'],
  }),
  ...samples('return_request', {
    'return.goods': ['high', 'An rma, please.'],
    'return.weak': ['weak', 'A return, please.'],
  }),
  ...samples('exchange_request', {
    'exchange.variant': ['high', 'I would like an exchange.'],
    'exchange.weak': ['weak', 'It is too small.'],
  }),
  ...samples('refund_request', {
    'refund.money': ['high', 'Refund me.'],
    'refund.weak': ['weak', 'I expect some compensation.'],
  }),
  ...samples('shipping_delay_not_shipped', {
    'delay.not_moving': ['high', 'There is no movement.'],
    'delay.weak': ['weak', 'There is a delay.'],
  }),
  ...samples('order_status_tracking', {
    'status.where': ['high', 'Where is it?'],
    'status.expected': ['high', 'Does anyone know if it will be delivered?'],
    'status.weak': ['weak', 'It is in transit.'],
  }),
  ...samples('technical_support', {
    'technical.fault': ['high', 'The light is blinking.'],
    'technical.weak': ['weak', 'I need help with the setup.'],
  }),
  ...samples('phone_support_request', { 'phone.call': ['high', 'Please call me.'] }),
  ...samples('tiktok_support_request', { 'tiktok.residual': ['high', 'I found you through tiktok.'] }),
  ...samples('social_media_support_request', { 'social.residual': ['high', 'Check your inbox.'] }),
  ...samples('promo_discount_issue', {
    'promo.code': ['high', 'My coupon is gone.'],
    'promo.weak': ['weak', 'A deal for me?'],
  }),
  ...samples('influencer_marketing_inquiry', { 'influencer.proposal': ['high', 'I propose a collaboration.'] }),
  ...samples('pre_purchase_question', {
    'prepurchase.question': ['high', 'Is it waterproof?'],
    'prepurchase.weak': ['weak', 'Is it suitable?'],
  }),
  ...samples('unknown_other', {
    'unknown.marketing_opt_out': ['high', 'Remove me from all marketing.'],
    'unknown.spam': ['high', 'Buy backlinks here.'],
  }),
];
