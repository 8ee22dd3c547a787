/** Phone numbers: international, North American, and national ones in the groups of their country (platform §4.3). */
import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import type { Detector, Span } from './detector.ts';
import { phonesInGroups } from './phone-groups.ts';
import { BEGIN, CLOSE } from './phone-words.ts';

/** Nine to sixteen digits, at most two separators apart; begun only where no number runs already. */
const CANDIDATE = new RegExp(
  `(?<![\\p{N}][.,:/-]|[0-9a-f]{4}-)${BEGIN}(?:\\+ ?|\\()?\\d(?:[ ().\\-/]{0,2}\\d){8,15}${CLOSE}`,
  'giu',
);
/** Days and clock times would lend their digits to a phone number. */
const DATE_OR_TIME =
  /(?<!\d|\d[-/.])(?:(?:19|20)\d{2}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{2}|\d{4}))(?![-/.]?\d)|(?<!\d)\d{1,2}:\d{2}(?::\d{2})?(?!\d)/g;
const MASK = '\u0000';
/** "x12", "ext 5": who is asked for behind the number. */
const EXTENSION =
  /[ \t]{0,2}[,;(]?[ \t]{0,2}(?:x|(?:ext(?:ension|n)?|extensi[oó]n|anexo)[ \t:.#-]{0,3})\d{1,6}(?!\d)\)?/iy;

const NORTH_AMERICAN = /^(?:1[ .\-/]?)?\(?\d{3}\)?[ .\-/]{0,2}\d{3}[ .\-/]{0,2}\d{4}$/;
const SPANISH = /^[6789]\d{2}(?:[ .-]\d{3}[ .-]\d{3}|(?:[ .-]\d{2}){3})$/;
/** Countries whose numbers begin with 0 at home. */
const ZERO_COUNTRIES: readonly CountryCode[] = ['GB', 'FR', 'DE', 'IT', 'AU'];
const LEAST_DIGITS = 10; // platform §4.3
const MOST_DIGITS = 15; // E.164

export const phone: Detector = {
  code: 'phone',
  find(text): readonly Span[] {
    const readable = text.replace(DATE_OR_TIME, (found) => MASK.repeat(found.length));
    const isNational = nationalNumbers();
    const tight = [...readable.matchAll(CANDIDATE)]
      .filter(([found]) => isPhone(found, isNational))
      .map(({ 0: found, index }) => ({ start: index, end: index + found.length }));
    return [...tight, ...phonesInGroups(readable, isNational)].map(({ start, end }) => ({
      start,
      end: endWithExtension(readable, end),
      placeholder: '[PHONE]',
    }));
  },
};

function endWithExtension(text: string, end: number): number {
  EXTENSION.lastIndex = end;
  return end + (EXTENSION.exec(text)?.[0].length ?? 0);
}

function isPhone(plain: string, isNational: (digits: string) => boolean): boolean {
  const digits = plain.replace(/\D/g, '');
  if (digits.length > MOST_DIGITS) return false;
  if (plain.startsWith('+') || /^\(?00/.test(plain))
    return digits.length >= LEAST_DIGITS || isPossible(`+${digits}`, undefined);
  if (NORTH_AMERICAN.test(plain) || SPANISH.test(plain)) return true;
  // Ten digits in one piece and more are a number to reach somebody, or a parcel; either way nobody's business.
  if (digits === plain) return digits.length >= LEAST_DIGITS;
  return plain.replace('(', '').startsWith('0') && isNational(digits);
}

/** Says what some country dials at home with a 0; looking it up costs, so each number is looked up once, and only what may be one. */
function nationalNumbers(): (digits: string) => boolean {
  const known = new Map<string, boolean>();
  return (digits) => {
    if (!/^0\d{7,12}$/.test(digits)) return false;
    const answer = known.get(digits) ?? ZERO_COUNTRIES.some((country) => isPossible(digits, country));
    known.set(digits, answer);
    return answer;
  };
}

function isPossible(number: string, country: CountryCode | undefined): boolean {
  return (
    parsePhoneNumberFromString(number, { extract: false, ...(country && { defaultCountry: country }) })?.isPossible() ??
    false
  );
}
