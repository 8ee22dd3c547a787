/** Ordinary conversations through all functions, and what the specs say becomes of them. */
import type { Outcome } from '../../events/words.ts';
import type { CustomerMessage } from '../../local/sandbox/control/requests.ts';
import type { LiveWorld } from './live-world.ts';

export const CUSTOMER = { firstName: 'Wilhelmina', lastName: 'Quist', email: 'wilhelmina.quist@canary.test' } as const;

export const ASK = 'Where is my order? I would like to know when it will arrive.';
export const DAMAGED = 'My diffuser arrived broken, the glass is shattered.';
export const DISPUTE = 'I have filed a chargeback for this purchase.';
export const TRACKING = 'Can I get the tracking number for my order please?';
export const ESTIMATE = 'What is the status of my order? I am looking forward to it.';
export const ORDER_NUMBER = '4821375906';
export const TRACKING_NUMBER = '1Z999AA10123456784';

type Order = Readonly<Record<string, unknown>>;

/** An order of the shop in the vendor's shape (reference §4.4). */
export function order(number: string, createdAt: string, more: Readonly<Record<string, unknown>> = {}): Order {
  return {
    orderId: number,
    orderDbKey: 7_700_000_000 + Number(number),
    orderName: `#${number}`,
    amount: 74,
    currency: 'USD',
    status: 'open',
    fulfillmentStatus: 'unfulfilled',
    financialStatus: 'paid',
    createdAt: Date.parse(createdAt),
    shippingMethod: 'Standard Shipping (3-5 Business Days)',
    items: [{ id: 'p-1', sku: 'DIF-OAK', name: 'Oak diffuser', price: 74, quantity: 1 }],
    email: CUSTOMER.email,
    ...more,
  };
}

export function shipped(trackingNumber: string): Record<string, unknown> {
  return {
    status: 'fulfilled',
    fulfillmentStatus: 'fulfilled',
    fulfillment: [
      {
        id: 'ful-1',
        quantity: 1,
        status: 'in_transit',
        tracking: [
          {
            trackingNumber,
            trackingCompany: 'UPS',
            trackingUrl: `https://www.ups.com/track?tracknum=${trackingNumber}`,
          },
        ],
      },
    ],
  };
}

/** Shipped, with nothing to follow it by. */
export const UNTRACKED = {
  status: 'fulfilled',
  fulfillmentStatus: 'fulfilled',
  fulfillment: [{ id: 'ful-1', quantity: 1, status: 'in_transit', tracking: [] }],
};

/** An order as its customer's ticket shows it: the same address on both. */
export const orderOf = (id: string, ...given: Parameters<typeof order>): Order => ({
  ...order(...given),
  email: emailOf(id),
});
const emailOf = (id: string) => `${id}.${CUSTOMER.email}`;

/** A customer writes, the webhook comes, and everything that follows happens. */
export async function write(
  world: LiveWorld,
  id: string,
  text: string,
  more: Partial<CustomerMessage> = {},
): Promise<string> {
  const messageId = await world.says(id, text, { customer: { ...CUSTOMER, email: emailOf(id) }, ...more });
  await world.webhook({ ticket_id: id });
  await world.rest();
  return messageId;
}

export type Conversation = {
  readonly id: string;
  readonly text: string;
  readonly more?: Partial<CustomerMessage>;
  readonly outcome: Outcome;
  readonly facts: readonly string[];
};

/** Facts are those that the conversation must have led to. */
export const CONVERSATIONS: readonly Conversation[] = [
  {
    // decisions D9, replies §2.2: no order is linked, so the number is asked for.
    id: 'ask-number',
    text: ASK,
    outcome: 'replied',
    facts: ['OrderNotMatched', 'ReplyApproved', 'ReplySent'],
  },
  {
    // replies §2.2 M2: the number that is named is looked for, and nothing stands under it.
    id: 'unproven',
    text: 'Where is my order #48219?',
    outcome: 'replied',
    facts: ['OrderNotMatched', 'ReplyApproved', 'ReplySent'],
  },
  {
    // decisions D8, replies §2.5 S1: linked and tracked.
    id: 'tracked',
    text: TRACKING,
    more: {
      at: '2026-05-08T15:00:00Z',
      order: orderOf('tracked', ORDER_NUMBER, '2026-05-04T15:00:00Z', shipped(TRACKING_NUMBER)),
    },
    outcome: 'replied',
    facts: ['OrderMatched', 'ReplyApproved', 'ReplySent'],
  },
  {
    // decisions D7, replies §3.8 E01: within the window, no tracking; announced as resolved, so resolved.
    id: 'estimate',
    text: ESTIMATE,
    more: { at: '2025-12-03T14:00:00Z', order: orderOf('estimate', '48214', '2025-12-01T14:00:00Z') },
    outcome: 'replied',
    facts: ['OrderMatched', 'ReplyApproved', 'ReplySent', 'TicketResolved'],
  },
  {
    // decisions §1.3: an intake template without an order.
    id: 'damaged',
    text: DAMAGED,
    more: { channel: 'livechat' },
    outcome: 'replied',
    facts: ['ReplyApproved', 'ReplySent'],
  },
  // decisions §2: a strong Tier 0 rule; nothing is ever sent.
  { id: 'dispute', text: DISPUTE, outcome: 'routed', facts: ['TicketRouted'] },
  {
    // replies §2.5 S6: shipped, and nothing to follow it by.
    id: 'denied',
    text: ASK,
    more: {
      at: '2026-05-08T15:00:00Z',
      order: orderOf('denied', '48215', '2026-05-04T15:00:00Z', {
        status: 'fulfilled',
        fulfillmentStatus: 'fulfilled',
      }),
    },
    outcome: 'routed',
    facts: ['ReplyDenied', 'TicketRouted'],
  },
  // decisions §1.2: the intent has no template.
  {
    id: 'by-phone',
    text: 'Please call me on the phone, I want to speak to somebody.',
    outcome: 'routed',
    facts: ['TicketRouted'],
  },
];
