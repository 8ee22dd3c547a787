/** V6, V7, V13: what the linked orders of the sample are worth. Pure. */
import { asRecord, identifierOf, type Raw } from '../../functions/shared/helpdesk/shapes.ts';
import { type Finding, inconclusive, no, ofParts, shareVerdict, yes } from './answer.ts';
import type { Sample, Sampled } from './sample.ts';

/** Fewer say nothing. Replies §8 asks for 50 recent tickets with orders, provisionally. */
const LEAST_ORDERS = 20;
const LEAST_SHIPPED = 10;
/** Replies §8, V7. */
const FILLED = 0.9;

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
  const [own, theirs] = [ticket.customer.email, addressOf(order.order)];
  return own !== null && theirs !== null && own.trim().toLowerCase() !== theirs.trim().toLowerCase();
}

export function judgeFields(sample: Sample): Finding {
  if (sample.listRefusal !== null) return inconclusive('list_denied');
  const orders = ordersOf(sample);
  const shipped = orders.filter(isShipped);
  const count = (test: (order: Raw) => boolean, of = orders): number => of.filter(test).length;
  const evidence = {
    orders: orders.length,
    createdAt: count((order) => identifierOf(order.createdAt) !== null),
    shippingMethod: count((order) => identifierOf(order.shippingMethod) !== null),
    shipped: shipped.length,
    tracking: count(hasTracking, shipped),
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
  const counts = { orders: orders.length, withEmail: orders.filter((order) => addressOf(order) !== null).length };
  const verdict = shareVerdict(counts.withEmail, counts.orders, { least: LEAST_ORDERS, share: FILLED });
  if (verdict === 'inconclusive') return inconclusive('too_few', counts);
  return verdict === 'yes' ? yes(counts) : no('not_filled', counts);
}

function ordersOf({ tickets }: Sample): readonly Raw[] {
  return tickets.flatMap(({ order }) => (order.link === 'one' && order.order !== null ? [order.order] : []));
}

function addressOf({ email }: Raw): string | null {
  return typeof email === 'string' && email.includes('@') ? email : null;
}

function fulfilments({ fulfillment }: Raw): readonly Raw[] {
  return [fulfillment].flat().map(asRecord);
}

/** Only what was sent can carry a tracking number. */
function isShipped(order: Raw): boolean {
  return fulfilments(order).some((one) => Object.keys(one).length > 0);
}

function hasTracking(order: Raw): boolean {
  return fulfilments(order).some(({ tracking }) =>
    [tracking].flat().some((one) => {
      const { trackingNumber, trackingUrl } = asRecord(one);
      return [one, trackingNumber, trackingUrl].some((value) => identifierOf(value) !== null);
    }),
  );
}
