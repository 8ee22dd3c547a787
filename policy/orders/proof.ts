/** What proves that an order is the asker's own when the helpdesk links none: M2 and M3 (replies §2.2). */
import type { Channel } from '../../events/words.ts';
import { namedOrderNumbers, normaliseOrderNumber } from '../text/order-numbers.ts';
import { emailForm, emailsIn, phonesIn, withoutContacts } from './contacts.ts';
import type { NormalisedOrder } from './normalise.ts';

/** An order number, and a contact to hold against the order's own; at least one of the two is there. */
export type Evidence = {
  /** Normalised: upper case, no `#`, no blanks, no store prefix. */
  readonly number: string;
  readonly email: string | null;
  /** E.164. */
  readonly phone: string | null;
};

export type Told = {
  readonly channel: Channel;
  /** Address of the ticket's customer; in e-mail that is who sent it. */
  readonly senderEmail: string | null;
  /** The customer's own words since we, or a colleague, wrote last, newest first: no quote, no signature, no attachment. */
  readonly texts: readonly string[];
};

/** In the answer to our question a number may stand by itself; of other things that look so, the contact decides. */
const BARE_NUMBER = /(?<![\p{L}\p{N}#.,:/-])(?:[A-Z]{1,5}-?)?\d{3,9}(?![\p{L}\p{N}]|[.,:/-]\d)/giu;

/**
 * What was told, or `null` when it proves nothing: no number or two in one message, no contact, or in e-mail an address
 * that is not the sender's. What was told last counts: people correct themselves. A chat's profile is filled in by
 * whoever writes, so only what was typed counts there.
 */
export function evidenceIn({ channel, senderEmail, texts }: Told): Evidence | null {
  const number = onlyOne(lastOf(texts, numbersIn));
  if (number === null) return null;
  const emails = lastOf(texts, emailsIn);
  const phone = onlyOne(lastOf(texts, phonesIn));
  if (channel === 'email') {
    const sender = senderEmail === null ? null : emailForm(senderEmail);
    if (emails.some((typed) => typed !== sender)) return null;
    return sender === null && phone === null ? null : { number, email: sender, phone };
  }
  if (channel !== 'livechat') return null;
  const email = onlyOne(emails);
  return email === null && phone === null ? null : { number, email, phone };
}

/** Does the order answer to number and contact? Exactly, and nothing else is said of one that does not. */
export function isProven(order: NormalisedOrder, { number, email, phone }: Evidence): boolean {
  const { names } = order.identity;
  if (!names.some((name) => normaliseOrderNumber(name) === number)) return false;
  const { contact } = order;
  return (email !== null && contact.email === email) || (phone !== null && contact.phones.includes(phone));
}

function numbersIn(text: string): readonly string[] {
  const plain = withoutContacts(text);
  const named = namedOrderNumbers(plain);
  if (named.length > 0) return named;
  return [...new Set((plain.normalize('NFKC').match(BARE_NUMBER) ?? []).map(normaliseOrderNumber))];
}

/** What the newest text that holds any of it holds. */
function lastOf(texts: readonly string[], find: (text: string) => readonly string[]): readonly string[] {
  for (const text of texts) {
    const found = find(text);
    if (found.length > 0) return found;
  }
  return [];
}

function onlyOne(values: readonly string[]): string | null {
  const [first, another] = values;
  return first !== undefined && another === undefined ? first : null;
}
