/** Invented messages, each with words of its own by which the stand-in knows it again, and what they are in truth. */
import type { MessageRow } from '../../local/demo/rows.ts';
import { decisionOf, type Good } from '../openai-stand-in/answers.ts';

export type Truth = {
  /** What a model that works answers. */
  readonly good: Good;
  /** The only template that answers it; `null` where only people do. */
  readonly template: string | null;
  /** Decided by the screen, before any model. */
  readonly isTier0?: true;
  /** A Tier 2 reply, which the verifier has to allow. */
  readonly isVerified?: true;
};
export type Message = {
  readonly index: number;
  readonly mark: string;
  readonly row: MessageRow;
  readonly truth: Truth;
  readonly output: ReturnType<typeof decisionOf>;
};

const TIER_1 = 'TIER_1_SAFE_ASSIST';
const RETURNS = 'Returns Admin';
const EMAIL = 'Email Support Team';
const WHERE = 'Where is my order? I would like to know when it will arrive.';

const KINDS: readonly (Truth & { readonly text: string })[] = [
  {
    text: 'My diffuser arrived broken, the glass is in pieces.',
    good: { intent: 'damaged_item', team: RETURNS, template: 't_damaged_item_intake', tier: TIER_1 },
    template: 't_damaged_item_intake',
  },
  {
    text: WHERE,
    good: {
      intent: 'order_status_tracking',
      team: EMAIL,
      template: 't_order_status_verified',
      tier: 'TIER_2_VERIFIED',
    },
    template: 't_order_status_verified',
    isVerified: true,
  },
  {
    text: 'Please cancel my order, I have changed my mind.',
    good: { intent: 'cancel_order', team: EMAIL, template: 't_cancel_order_ack_intake', tier: TIER_1 },
    template: 't_cancel_order_ack_intake',
  },
  {
    text: WHERE,
    good: {
      intent: 'order_status_tracking',
      team: EMAIL,
      template: 't_order_status_verified',
      tier: 'TIER_2_VERIFIED',
    },
    // No order is linked, so its number is asked for.
    template: 't_order_status_ask_order_number',
  },
  {
    text: 'The carrier says my package was delivered yesterday, but I never received it.',
    good: {
      intent: 'delivered_not_received',
      team: RETURNS,
      template: 't_delivered_not_received_intake',
      tier: TIER_1,
    },
    template: 't_delivered_not_received_intake',
  },
  {
    text: 'Kindly see to the matter that I wrote of before.',
    good: { intent: 'unknown_other', team: EMAIL, template: null, tier: TIER_1 },
    template: null,
  },
  {
    text: 'I have filed a chargeback with my bank for this purchase.',
    good: {
      intent: 'chargeback_dispute',
      team: 'Chargebacks / Disputes Team',
      template: null,
      tier: 'TIER_0_ESCALATION',
      flags: ['CHARGEBACK_DISPUTE'],
    },
    template: null,
    isTier0: true,
  },
];

const FIRST =
  'amber brisk calm dapper eager fancy gentle hazel ivory jolly kindly lively mellow nimble olive plain quiet rosy sunny tidy umber vivid warm young zesty'.split(
    ' ',
  );
const SECOND =
  'acorn badger cedar daisy ember falcon garden heron island jasmine kettle lantern meadow nectar orchard pebble quill robin saffron thistle umbrella violet walnut yarrow zephyr alder birch clover dune fern grove harbor iris juniper kestrel lilac maple nettle osprey poppy'.split(
    ' ',
  );

/** Up to 1,000 messages, no two with the same words. */
export function messagesOf(count: number, now: number): Message[] {
  return Array.from({ length: count }, (_, index) => {
    const kind = KINDS[index % KINDS.length] as (typeof KINDS)[number];
    const { text, ...truth } = kind;
    const mark = `${FIRST[index % FIRST.length]} ${SECOND[Math.floor(index / FIRST.length) % SECOND.length]}`;
    const email = `customer.${index}@post.test`;
    const row: MessageRow = {
      id: `m${index}`,
      conversationId: `fault-${index}`,
      // A chat is not waited for as long as mail.
      channel: index % 3 === 0 ? 'livechat' : 'email',
      text: `${text} I think of the ${mark}.`,
      customer: { firstName: 'Nora', email },
      order: truth.isVerified ? shippedOrder(index, email, now) : null,
    };
    return { index, mark, row, truth, output: decisionOf(truth.good) };
  });
}

/** In the vendor's shape (reference §4.4): sent two days ago, with a number to follow it by. */
function shippedOrder(index: number, email: string, now: number): Record<string, unknown> {
  const number = String(40_000 + index);
  const trackingNumber = '1Z999AA10123456784';
  const tracking = {
    trackingNumber,
    trackingCompany: 'UPS',
    trackingUrl: `https://www.ups.com/track?tracknum=${trackingNumber}`,
  };
  return {
    orderId: number,
    orderDbKey: 7_700_000_000 + Number(number),
    orderName: `#${number}`,
    amount: 74,
    currency: 'USD',
    status: 'fulfilled',
    fulfillmentStatus: 'fulfilled',
    financialStatus: 'paid',
    createdAt: now - 2 * 24 * 60 * 60_000,
    shippingMethod: 'Standard Shipping (3-5 Business Days)',
    items: [{ id: 'p-1', sku: 'DIF-OAK', name: 'Oak diffuser', price: 74, quantity: 1 }],
    fulfillment: [{ id: 'ful-1', quantity: 1, status: 'in_transit', tracking: [tracking] }],
    email,
  };
}
