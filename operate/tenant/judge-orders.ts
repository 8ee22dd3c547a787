/** V6, V7, V13: what the linked orders of the sample are worth. Pure. */
import type { Raw } from '../../functions/shared/helpdesk/shapes.ts';
import { reveal } from '../../functions/shared/restricted.ts';
import { emailForm } from '../../policy/orders/contacts.ts';
import { normaliseOrder } from '../../policy/orders/normalise.ts';
import { UNREAD } from '../../policy/orders/parcels.ts';
import { type Finding, inconclusive, no, ofParts, shareVerdict, yes } from './answer.ts';
import type { Sample, Sampled } from './sample.ts';

/** Fewer say nothing. Replies §8 asks for 50 recent tickets with orders, provisionally. */
const LEAST_ORDERS = 20;
const LEAST_SHIPPED = 10;
/** Replies §8, V7. */
const FILLED = 0.9;

type Content = {
  readonly email: string | null;
  readonly isDated: boolean;
  readonly hasMethod: boolean;
  /** Only what was sent can carry a tracking number. */
  readonly isShipped: boolean;
  readonly isTracked: boolean;
};

/** Any tracking link will do: whether it may be sent on is another question. */
const READING = {
  fetchedAt: '2099-12-31T00:00:00.000Z',
  links: { carriers: [], shopHosts: [] },
  preorderProducts: [],
} as const;
/** For what an order lacks to be spoken of, so that the rest of it can be counted. */
const STAND_INS = { orderDbKey: 'known', orderName: '#1000', createdAt: '2000-01-01T00:00:00.000Z' } as const;

/** One wrong link is enough for a no, however small the sample. */
export function judgeLinks({ tickets, listRefusal }: Sample): Finding {
  if (listRefusal !== null) return inconclusive('list_denied');
  const links = (link: string): number => tickets.filter(({ order }) => order.link === link).length;
  const wrong = tickets.filter(isWrong).length;
  const counts = {
    tickets: tickets.length,
    linked: links('one'),
    several: links('several'),
    none: links('none'),
    unreadable: links('unreadable'),
    wrong,
  };
  if (wrong > 0) return no('wrong_link', counts);
  if (counts.linked < LEAST_ORDERS) return inconclusive('too_few', counts);
  return counts.unreadable > 0 ? inconclusive('unreadable', counts) : yes(counts);
}

/** Of another customer than the ticket's, as far as both carry an address. */
function isWrong({ ticket, order }: Sampled): boolean {
  if (order.link !== 'one' || order.order === null) return false;
  const [own, theirs] = [ticket.customer.email, contentOf(order.order).email];
  return own !== null && theirs !== null && emailForm(reveal(own)) !== theirs;
}

export function judgeFields(sample: Sample): Finding {
  if (sample.listRefusal !== null) return inconclusive('list_denied');
  const orders = ordersOf(sample).map(contentOf);
  const shipped = orders.filter(({ isShipped }) => isShipped);
  const evidence = {
    orders: orders.length,
    createdAt: orders.filter(({ isDated }) => isDated).length,
    shippingMethod: orders.filter(({ hasMethod }) => hasMethod).length,
    shipped: shipped.length,
    tracking: shipped.filter(({ isTracked }) => isTracked).length,
  };
  const rule = { least: LEAST_ORDERS, share: FILLED };
  const parts = {
    createdAt: shareVerdict(evidence.createdAt, orders.length, rule),
    shippingMethod: shareVerdict(evidence.shippingMethod, orders.length, rule),
    tracking: shareVerdict(evidence.tracking, shipped.length, { least: LEAST_SHIPPED, share: FILLED }),
  };
  const answer = ofParts(parts);
  const why = { yes: undefined, no: 'not_filled', inconclusive: 'too_few', unknown: undefined }[answer];
  return { answer, ...(why !== undefined && { why }), parts, evidence };
}

export function judgeOrderEmail(sample: Sample): Finding {
  if (sample.listRefusal !== null) return inconclusive('list_denied');
  const orders = ordersOf(sample);
  const counts = { orders: orders.length, withEmail: orders.filter((order) => contentOf(order).email !== null).length };
  const verdict = shareVerdict(counts.withEmail, counts.orders, { least: LEAST_ORDERS, share: FILLED });
  if (verdict === 'inconclusive') return inconclusive('too_few', counts);
  return verdict === 'yes' ? yes(counts) : no('not_filled', counts);
}

function ordersOf({ tickets }: Sample): readonly Raw[] {
  return tickets.flatMap(({ order }) => (order.link === 'one' && order.order !== null ? [order.order] : []));
}

/** As the shop's orders are read when a customer asks: whatever spelling counts there, counts here. */
function contentOf(order: Raw): Content {
  const given = normaliseOrder(order, READING);
  const content = given.ok ? given : normaliseOrder({ ...order, ...STAND_INS }, READING);
  const parcels = content.ok ? content.facts.fulfilments : [];
  const { email } = content.contact;
  return {
    email: email?.includes('@') ? email : null,
    isDated: given.ok || !given.missing.includes('created_at'),
    hasMethod: content.ok && content.facts.shippingMethodRaw !== undefined,
    isShipped: parcels.length > 0,
    isTracked: parcels.some(
      ({ id, trackingNumber, trackingUrl, trackingDropped }) =>
        id !== UNREAD.id && (trackingNumber ?? trackingUrl ?? trackingDropped) !== undefined,
    ),
  };
}
