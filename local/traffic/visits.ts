/** Invented visits: who writes, what, where, how often in a row. The same seed gives the same visits. */

import { createHash } from 'node:crypto';
import type { Intent } from '../../events/words.ts';
import type { CustomerMessage } from '../sandbox/control/requests.ts';
import { createRandom, uuidOf } from '../sandbox/model/random.ts';
import { inventOrder, type Situation } from './orders.ts';
import { inventPerson } from './people.ts';
import { FOLLOW_UPS, PHRASES } from './phrases.ts';
import { between, type Chance, pick, pickWeighted } from './random.ts';

export type Visit = {
  readonly intent: Intent;
  readonly situation: Situation | null;
  /** In the order they are written; all of one conversation. */
  readonly messages: readonly CustomerMessage[];
  /** Between two of them. */
  readonly gapMs: number;
};

/** Half ask for an order (decisions §1.6); the rest is spread so that every intent comes by within minutes. */
const INTENT_WEIGHTS: readonly [readonly [number, Intent], ...(readonly [number, Intent])[]] = [
  [44, 'order_status_tracking'],
  [6, 'shipping_delay_not_shipped'],
  [3, 'delivered_not_received'],
  [4, 'missing_items_in_shipment'],
  [2, 'wrong_item_received'],
  [3, 'damaged_item'],
  [6, 'cancel_order'],
  [2, 'address_change_order_edit'],
  [4, 'cancel_subscription'],
  [2, 'billing_issue'],
  [2, 'promo_discount_issue'],
  [2, 'pre_purchase_question'],
  [1, 'influencer_marketing_inquiry'],
  [2, 'return_request'],
  [1, 'exchange_request'],
  [2, 'refund_request'],
  [4, 'technical_support'],
  [1, 'phone_support_request'],
  [1, 'tiktok_support_request'],
  [1, 'social_media_support_request'],
  [2, 'chargeback_dispute'],
  [1, 'legal_threat'],
  [1, 'harassment_threats'],
  [1, 'fraud_suspected'],
  [3, 'unknown_other'],
];

const CHANNEL_WEIGHTS = [
  [58, 'email'],
  [30, 'livechat'],
  [7, 'social'],
  [5, 'tiktok'],
] as const;

const HOME_CHANNEL: Partial<Readonly<Record<Intent, string>>> = {
  tiktok_support_request: 'tiktok',
  social_media_support_request: 'social',
};

/** Intents whose customers have an order in the shop. */
const WITHOUT_ORDER: ReadonlySet<Intent> = new Set([
  'pre_purchase_question',
  'promo_discount_issue',
  'influencer_marketing_inquiry',
  'tiktok_support_request',
  'social_media_support_request',
  'unknown_other',
]);

const ATTACHMENT_ONLY_SHARE = 0.03;
const IN_A_ROW_SHARE = 0.08;

/** An endless line of visits. `now` (epoch milliseconds) only dates the orders. */
export function createVisits(seed: string | number): (now: number) => Visit {
  const chance = createRandom(`traffic|${seed}`);
  let count = 0;
  return (now) => {
    count += 1;
    const conversationId = uuidOf(createHash('sha256').update(`${seed}|visit|${count}`).digest('hex'));
    return visit(chance, conversationId, now);
  };
}

function visit(chance: Chance, conversationId: string, now: number): Visit {
  const intent = pickWeighted(chance, INTENT_WEIGHTS);
  const channel = HOME_CHANNEL[intent] ?? pickWeighted(chance, CHANNEL_WEIGHTS);
  const person = inventPerson(chance);
  const linked = WITHOUT_ORDER.has(intent) ? undefined : inventOrder(chance, person, now);
  const first = {
    conversationId,
    channel,
    text: pick(chance, PHRASES[intent]).replaceAll('{order}', linked?.number ?? ''),
    ...(channel === 'email'
      ? { subject: 'My question', customer: person }
      : { customer: { firstName: person.firstName, email: person.email } }),
    ...(linked === undefined ? {} : { order: linked.order }),
  };
  const situation = linked?.situation ?? null;
  const gapMs = between(chance, 1_000, 6_000);
  if (chance() < ATTACHMENT_ONLY_SHARE) {
    const picture = { ...first, text: '', attachments: between(chance, 1, 3) };
    return { intent: 'unknown_other', situation, messages: [picture], gapMs };
  }
  const more = chance() < IN_A_ROW_SHARE ? between(chance, 1, 2) : 0;
  const followUps = Array.from({ length: more }, () => ({ conversationId, channel, text: pick(chance, FOLLOW_UPS) }));
  return { intent, situation, messages: [first, ...followUps], gapMs };
}
