/** What each intent means, in the words the model reads (decisions §1.3). A change here is a new prompt version. */
import type { Intent } from '../../../../../events/words.ts';

export type Definition = {
  readonly means: string;
  readonly includes: string;
  /** What looks like it and belongs elsewhere, with the intent it goes to. */
  readonly excludes: string;
  /** A message that is easily mistaken for this intent; wanted of each confusable pair (decisions §3.6). */
  readonly not?: { readonly message: string; readonly instead: Intent };
};

export const DEFINITIONS: Readonly<Record<Intent, Definition>> = {
  order_status_tracking: {
    means: 'asks where an existing order is, what its status is or when it comes',
    includes: 'tracking number or link, "did it leave yet", general arrival date, calm pre-order status',
    excludes:
      'carrier says delivered but nothing came → delivered_not_received; complains of no movement → shipping_delay_not_shipped; wants it changed or stopped → the change',
    not: { message: 'Two weeks and it has not moved an inch!', instead: 'shipping_delay_not_shipped' },
  },
  shipping_delay_not_shipped: {
    means: 'complains that an order is late, stuck or not sent',
    includes: 'label made but no scans, "processing" for days, a pre-order or backorder that slips',
    excludes:
      'a plain question without complaint → order_status_tracking; demands money back for it → also refund_request',
    not: { message: 'When should my package get here?', instead: 'order_status_tracking' },
  },
  delivered_not_received: {
    means: 'the carrier reports delivery, the customer has nothing',
    includes: 'theft from the porch, left at a wrong house',
    excludes:
      'a parcel came but something is absent → missing_items_in_shipment; bank dispute over it → chargeback_dispute',
    not: { message: 'The parcel came today without the second bottle.', instead: 'missing_items_in_shipment' },
  },
  missing_items_in_shipment: {
    means: 'a parcel arrived and is incomplete',
    includes: 'one of several things absent, accessory not in the box',
    excludes: 'nothing arrived at all → delivered_not_received or shipping_delay_not_shipped',
    not: { message: 'It says delivered yesterday, my doorstep is bare.', instead: 'delivered_not_received' },
  },
  wrong_item_received: {
    means: 'what arrived is not what was ordered',
    includes: 'other colour, size, scent or model than ordered',
    excludes: 'the customer chose wrongly → exchange_request, or cancel_order before it ships',
  },
  damaged_item: {
    means: 'broken, leaking or dead on arrival',
    includes: 'crushed carton, cracked part, fault at the very first use',
    excludes: 'failed after it had worked → technical_support',
    not: { message: 'Worked fine for a month, and now it stays dark.', instead: 'technical_support' },
  },
  cancel_order: {
    means: 'stop a one-off order',
    includes: 'stop the shipment, ordered twice by mistake',
    excludes: 'a recurring plan → cancel_subscription; goods already here → return_request',
    not: { message: 'Stop sending me a refill every month.', instead: 'cancel_subscription' },
  },
  address_change_order_edit: {
    means: 'change an order that is still open',
    includes: 'address, name, quantity or variant of it',
    excludes: 'another contact address together with a wish to be sent tracking or links → fraud_suspected',
  },
  cancel_subscription: {
    means: 'stop, pause or skip a recurring plan',
    includes: 'skip the next one, a bare "unsubscribe me" (score at most 0.55)',
    excludes: 'clearly about newsletters or marketing → unknown_other; one single order → cancel_order',
    not: { message: 'Please drop the lamp I ordered last night.', instead: 'cancel_order' },
  },
  billing_issue: {
    means: 'a charge is wrong, doubled, unexplained or failed',
    includes: 'two charges, declined card, invoice that differs, a renewal nobody expected',
    excludes:
      'card stolen or used by a stranger → fraud_suspected; dispute at bank or PayPal → chargeback_dispute; only wants money back → refund_request',
    not: { message: 'A stranger paid at your shop with my card.', instead: 'fraud_suspected' },
  },
  promo_discount_issue: {
    means: 'a code or offer does not work, or one is asked for',
    includes: 'expired code, discount not applied, "any deals?"',
    excludes: 'price or product question without an offer → pre_purchase_question',
    not: { message: 'How much is the bigger one?', instead: 'pre_purchase_question' },
  },
  pre_purchase_question: {
    means: 'a question about a product before buying it',
    includes: 'compatibility, choice between models, stock',
    excludes: 'fault of a product that is owned → technical_support; asks for a code → promo_discount_issue',
    not: { message: 'Is there a coupon for first orders?', instead: 'promo_discount_issue' },
  },
  influencer_marketing_inquiry: {
    means: 'proposes to work together or to promote',
    includes: 'collaboration, sponsored post, wholesale, press',
    excludes: 'a customer complaining in public → the complaint',
  },
  return_request: {
    means: 'wants to send goods back',
    includes: 'return label, return window, how to return',
    excludes: 'wants another one for it → exchange_request; speaks of money only → refund_request',
  },
  exchange_request: {
    means: 'wants another variant instead of the one received',
    includes: 'swap of size, colour or model',
    excludes: 'the shop sent the wrong one → wrong_item_received',
  },
  refund_request: {
    means: 'wants money back, whatever happens to the goods',
    includes: 'demand for money, status of a refund',
    excludes: 'involves bank, card issuer or PayPal → chargeback_dispute; goods go back → return_request',
    not: { message: 'My card company is pulling the payment back.', instead: 'chargeback_dispute' },
  },
  technical_support: {
    means: 'a product or app that is owned does not work or needs setting up',
    includes: 'no mist, pairing, Wi-Fi, app errors, a defect after some use',
    excludes: 'broken when it arrived → damaged_item',
    not: { message: 'Came out of the box with a split tank.', instead: 'damaged_item' },
  },
  phone_support_request: {
    means: 'wants a call, or a number to call',
    includes: 'callback, "a real person on the line"',
    excludes: 'any clear issue beside it → that issue',
  },
  tiktok_support_request: {
    means: 'asks for help on channel tiktok and names no issue',
    includes: 'a TikTok shop message that says nothing more',
    excludes: 'a clear issue on TikTok → that issue; any other channel → unknown_other',
  },
  social_media_support_request: {
    means: 'asks for attention on channel social and names no issue',
    includes: '"see my message", a comment that wants an answer',
    excludes: 'a clear issue there → that issue; any other channel → unknown_other',
  },
  chargeback_dispute: {
    means: 'a dispute at bank, card issuer or payment provider: filed, threatened or mentioned',
    includes: 'chargeback, reversed payment, PayPal case, "refund or I go to my bank"',
    excludes: 'wants a refund and names no bank → refund_request; "dispute" with a person → the issue',
    not: { message: 'I want my money back this week.', instead: 'refund_request' },
  },
  legal_threat: {
    means: 'legal action, or a report to an authority',
    includes: 'lawyer, lawsuit, small claims, attorney general, consumer bureau',
    excludes: 'asks about warranty terms → the issue; "legal size" and the like → the issue',
  },
  harassment_threats: {
    means: 'threats, hate or intimidation against people',
    includes: 'violence, publishing private data, exposure meant to frighten',
    excludes: 'swearing alone → the issue',
  },
  fraud_suspected: {
    means: 'signs that somebody abuses an identity or a payment',
    includes: 'stolen card, order by a stranger, new contact address plus a wish for tracking or links',
    excludes: 'a charge that is plainly a renewal → billing_issue; "scam" as an insult → the issue',
    not: { message: 'You charged me for a renewal I forgot about.', instead: 'billing_issue' },
  },
  unknown_other: {
    means: 'cannot be told, or is none of these',
    includes: 'greeting only, marketing opt-out, advertising, data deletion, thin evidence',
    excludes: 'anything with a usable sign of an issue',
  },
};
