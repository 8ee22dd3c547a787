/** What a reply says about an order, read as a customer reads it: from the words, not from what was put into them. */
import { plainOf } from '../../../local/sandbox/model/text.ts';
import type { Sayable } from './orders.ts';

export type Claims = {
  readonly greeting: string | null;
  readonly orders: readonly string[];
  readonly statuses: readonly string[];
  readonly fulfilments: readonly string[];
  readonly parcels: readonly string[];
  readonly carriers: readonly string[];
  readonly hosts: readonly string[];
  readonly windows: readonly string[];
  readonly buckets: readonly string[];
  readonly placed: readonly string[];
  readonly saysUntracked: boolean;
  readonly saysUnshipped: boolean;
};

const STATUS = '(being prepared|under review|partly shipped|shipped|out for delivery|delivered)';
const all = (text: string, ...patterns: readonly RegExp[]): string[] =>
  patterns.flatMap((pattern) => [...text.matchAll(pattern)].map((match) => match[1] ?? ''));

/** @param body  as the customer got it: HTML, text, or text whose markup was escaped. */
export function claimsIn(body: string): Claims {
  const text = plainOf(plainOf(body));
  return {
    greeting: /^(?:Hi|Happy to look into your order,) (\p{L}+)/u.exec(text)?.[1] ?? null,
    orders: all(text, /#?\b(7\d{5})\b/g),
    statuses: all(
      text,
      new RegExp(`: ${STATUS}\\b`, 'g'),
      new RegExp(`order #?\\S+ is ${STATUS} \\(`, 'gi'),
      new RegExp(`shows as ${STATUS} \\(`, 'g'),
    ),
    fulfilments: all(text, /(?:, |\()(not shipped yet|some items still being prepared|on its way)\b/g),
    parcels: all(text, /\b(1Z[0-9A-Z]{16})\b/g),
    carriers: all(text, /Carrier: (.+)/g),
    hosts: all(text, /https?:\/\/([^/\s]+)/g),
    windows: all(text, /\bin ((?:up to )?\d+(?:–\d+)? business days?)/g),
    buckets: all(text, /(?:With|your) ([\w-]+) shipping/g),
    placed: all(text, /(?:placed|order date of) ([A-Z][a-z]{2} \d{1,2}, \d{4})/g),
    saysUntracked: /no tracking yet|not have a tracking number yet/.test(text),
    saysUnshipped: /no shipment (?:is|has been) recorded/.test(text),
  };
}

export const isAboutAnOrder = ({ orders, statuses, parcels, windows }: Claims): boolean =>
  [orders, statuses, parcels, windows].some((found) => found.length > 0);

/** What of the claims is not so; empty where all of it may be said. */
export function wrongIn(
  claims: Claims,
  own: { readonly order: string; readonly parcel: string },
  truth: Sayable,
): string[] {
  const wrong: string[] = [];
  const only = (what: string, said: readonly string[], allowed: readonly (string | null)[]): void => {
    for (const one of said) if (!allowed.includes(one)) wrong.push(`${what} ${one}`);
  };
  only('order', claims.orders, [own.order]);
  only('status', claims.statuses, [truth.status]);
  only('fulfilment', claims.fulfilments, [truth.fulfilment]);
  only('parcel', claims.parcels, truth.hasTracking ? [own.parcel] : []);
  only('carrier', claims.carriers, truth.hasTracking ? ['UPS'] : []);
  only('host', claims.hosts, truth.hasTracking ? ['www.ups.com'] : []);
  only('window', claims.windows, [truth.window?.text ?? null]);
  only('bucket', claims.buckets, [truth.window?.bucket ?? null]);
  only('placed', claims.placed, [truth.placed]);
  if ((claims.saysUntracked || claims.saysUnshipped) && truth.hasTracking) wrong.push('there is tracking');
  if (claims.saysUnshipped && truth.window !== null) wrong.push('late, though inside the window');
  // A sentence that this reader does not know would pass for no claim at all.
  if (claims.orders.length === 0) wrong.push('no order named');
  if (claims.statuses.length + claims.windows.length === 0) wrong.push('nothing said that can be read');
  return wrong;
}
