/** What invented customers write: every path that a message can take, with personal data of every kind in it and beside it. */
import type { CustomerMessage } from '../../../local/sandbox/control/requests.ts';
import { orderOf } from '../../../local/sandbox/seed/orders.ts';
import { BESIDE, IN_TEXT, letters } from './kinds.ts';

export type Written = CustomerMessage & { readonly conversationId: string };

/** Each with what is linked to it: nothing, an order that is under way, or one that waits. */
const ASKS: readonly (readonly [string, 'none' | 'shipped' | 'waiting'])[] = [
  ['Where is my order? I would like to know when it will arrive.', 'shipped'],
  ['My lamp arrived broken, the glass is shattered.', 'none'],
  ['Can I get the tracking number for my order please?', 'shipped'],
  ['Where is my order?', 'none'],
  ['What is the status of my order? I am looking forward to it.', 'waiting'],
  ['Please cancel my order, I have changed my mind.', 'waiting'],
  ['I have filed a chargeback with my bank for this purchase.', 'shipped'],
  ['The carrier says my package was delivered yesterday, but I never received it.', 'shipped'],
  ['Kindly see to the matter that I wrote of before.', 'none'],
  ['I want a refund for the lamp.', 'none'],
  ['Please delete all data that you have about me.', 'none'],
];
const CHANNELS = ['email', 'email', 'livechat', 'email', 'instagram'] as const;
const DETAILS = Object.values(IN_TEXT);
/** Said in a message that has any; the others are plain, so that some of each path are answered. */
const DETAILS_EACH = 3;

/** Message `n`; in every fourth nothing private is said, whatever stands beside it. */
export function messageOf(n: number, now: number): Written {
  const [ask, linked] = ASKS[n % ASKS.length] ?? ['', 'none'];
  const isPlain = n % 4 === 0;
  const details = Array.from({ length: isPlain ? 0 : DETAILS_EACH }, (_, at) =>
    DETAILS[(n * DETAILS_EACH + at) % DETAILS.length]?.(n),
  );
  return {
    conversationId: `canary-${n}`,
    channel: CHANNELS[n % CHANNELS.length],
    text: [ask, ...details].join(' '),
    subject: BESIDE.subject(n),
    customer: {
      firstName: n % 5 === 3 ? BESIDE.accentedName(n) : BESIDE.firstName(n),
      lastName: BESIDE.lastName(n),
      email: BESIDE.profileEmail(n),
      phone: BESIDE.profilePhone(n),
    },
    ...(linked !== 'none' && { order: orderFor(n, linked, now) }),
    ...(n % 9 === 5 && {
      attachments: [{ url: BESIDE.attachmentLink(n), name: BESIDE.attachmentName(n), type: 'image/jpeg', size: 1 }],
    }),
  };
}

/** A second message, of those that write again. */
export function followUpOf(n: number): Written | null {
  if (n % 6 !== 1) return null;
  const text = `Any news? ${DETAILS[(n + 7) % DETAILS.length]?.(n)}`;
  return { conversationId: `canary-${n}`, text };
}

function orderFor(n: number, linked: 'shipped' | 'waiting', now: number): Record<string, unknown> {
  return orderOf(
    {
      id: BESIDE.linkedOrder(n),
      email: BESIDE.profileEmail(n),
      firstName: BESIDE.firstName(n),
      lastName: BESIDE.lastName(n),
      ageDays: linked === 'shipped' ? 4 : 1,
      fulfillmentStatus: linked === 'shipped' ? 'fulfilled' : 'unfulfilled',
      shipments: linked === 'shipped' ? [{ status: 'in_transit', shippedDaysAgo: 3, isUntracked: true }] : [],
      extra: {
        phone: BESIDE.profilePhone(n),
        giftMessage: BESIDE.giftMessage(n),
        shippingAddress: { address1: BESIDE.shippingStreet(n), city: letters(n), zip: '89501' },
        items: [{ id: 'p-1', sku: 'MUG-1', name: BESIDE.itemName(n), price: 37, quantity: 1 }],
        ...(linked === 'shipped' && { fulfillment: [shipment(n, now)] }),
      },
    },
    now,
  );
}

const DAY_MS = 86_400_000;

function shipment(n: number, now: number): Record<string, unknown> {
  const tracking = [
    {
      trackingNumber: BESIDE.linkedParcel(n),
      trackingCompany: 'UPS',
      trackingUrl: BESIDE.linkedParcelLink(n),
      shippingDate: now - 3 * DAY_MS,
    },
  ];
  return { id: `ful-${n}`, status: 'in_transit', quantity: 1, createdAt: now - 3 * DAY_MS, tracking };
}
