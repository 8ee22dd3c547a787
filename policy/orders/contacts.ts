/** E-mail addresses and phone numbers in the one form in which they are compared (replies §2.2). */
import { findPhoneNumbersInText, parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** A number without a country code is read as one of the shop's own country; the spec's zone and carriers are of the US. */
const HOME = 'US';
/** Begun only where no local part runs already, so that a long word is read once. */
const EMAIL =
  /(?<![\p{L}\p{M}\p{N}._%+'’-])[\p{L}\p{M}\p{N}._%+'’-]+@(?:[\p{L}\p{M}\p{N}-]+\.)+[\p{L}\p{M}\p{N}-]{2,24}/gu;
/** Longer texts name no contact that anybody meant; it also bounds what is searched. */
const MAX_CHARS = 5_000;

/** Lower case and trimmed; dots and plus-tags stay. */
export function emailForm(address: string): string {
  return address.trim().toLowerCase();
}

/** E.164, or `null` for what is no valid number. */
export function phoneForm(raw: string): string | null {
  const number = parsePhoneNumberFromString(raw, { defaultCountry: HOME, extract: false });
  return number?.isValid() === true ? number.number : null;
}

/** Addresses in a text, each once, compared forms. */
export function emailsIn(text: string): readonly string[] {
  return [...new Set([...text.slice(0, MAX_CHARS).matchAll(EMAIL)].map(([found]) => emailForm(found)))];
}

/** Valid numbers in a text, each once, in E.164. */
export function phonesIn(text: string): readonly string[] {
  const found = findPhoneNumbersInText(text.slice(0, MAX_CHARS), HOME);
  return [
    ...new Set(
      found
        .map(({ number }) => number)
        .filter((number) => number.isValid())
        .map(({ number }) => number),
    ),
  ];
}

/** The text without addresses and phone numbers, so that their digits are not taken for an order's. */
export function withoutContacts(text: string): string {
  const plain = text.slice(0, MAX_CHARS).replace(EMAIL, ' ');
  return findPhoneNumbersInText(plain, HOME).reduceRight(
    (rest, { startsAt, endsAt }) => `${rest.slice(0, startsAt)} ${rest.slice(endsAt)}`,
    plain,
  );
}
