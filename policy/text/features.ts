/** Presence of identifiers in a message, and the order numbers it names; values never leave the memory (decisions §3.2, replies §2.2). */

export type MessageFeatures = {
  readonly has_order_number: boolean;
  readonly has_email: boolean;
  readonly has_phone: boolean;
  readonly has_tracking_number: boolean;
  readonly has_attachments: boolean;
};

const EMAIL = /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,4}/u;

/** Shapes of the carriers in the shop's map; ten to fourteen bare digits could be anything and need a keyword. */
const CARRIER_SHAPED =
  /\b(?:1Z[0-9A-Z]{16}|9[1-5]\d{18,24}|[A-Z]{2}\d{9}[A-Z]{2}|JD\d{16,18}|TBA\d{12}|420\d{5}9[1-5]\d{18,24})\b/;
const TRACKING_BY_KEYWORD =
  /(?:track(?:ing)?|seguimiento|rastreo|waybill|gu[ií]a)(?:[ -]?(?:number|no|num|id|code|n[uú]mero|#))?[^\p{L}\p{N}]{0,4}(?:is|es)?[^\p{L}\p{N}]{0,3}(?=[A-Z0-9]*\d{6})([A-Z0-9]{10,34})(?![\p{L}\p{N}])/iu;

/** An order number is short; ten digits and more are a phone or a parcel. A store prefix is two to five letters. */
const NUMBER = '(?:[A-Z]{1,5}-?)?\\d{3,9}';
const ORDER_WORD = '(?:orders?|ordr|purchase|pedidos?|orden(?:es)?|compra|invoice|confirmation)';
const NUMBER_WORD = '(?:\\s*(?:number|num|numbers|no|nr|id|ids|name|n[uú]mero)\\.?)?';
const BY_KEYWORD = new RegExp(
  `(?<![\\p{L}\\p{N}])${ORDER_WORD}${NUMBER_WORD}\\s*(?:is|are|was|es|:|=|-|#|n[º°o])?\\s*[#:(]?\\s*(${NUMBER})(?![\\p{L}\\p{N}]|[.,:/-]\\d)`,
  'giu',
);
const BY_HASH = new RegExp(`(?<![\\p{L}\\p{N}&])#\\s?(${NUMBER})(?![\\p{L}\\p{N}])`, 'giu');
/** "orders 1001 and 1002", "order 1001, 1002": the numbers after the first. */
const FOLLOWING = new RegExp(`^\\s*(?:,|and|or|y|&|\\+|/)\\s*#?\\s*(${NUMBER})(?![\\p{L}\\p{N}]|[.,:/-]\\d)`, 'iu');
/** What a number counts when it is no order ("order 500 ml", "order 250 units"). */
const UNIT_AFTER =
  /^\s*(?:ml|oz|lb|kg|g|cm|mm|inch|inches|ft|usd|eur|dollars?|euros?|days?|weeks?|hours?|minutes?|months?|units?|pcs|pieces|bottles?|items?|more|of|extra|x)\b|^\s*[%$€£]/i;

/** Ten digits (platform §4.3) to fifteen (E.164). */
const PHONE_CANDIDATE = /(?<![\p{L}\p{N}#])(?:\+|\()?\d(?:[ ().\-/]{0,2}\d){9,14}(?![\p{L}\p{N}])/gu;

/** `#`, blanks and a leading store prefix away, upper case; no fuzzy matching (replies §2.2). */
export function normaliseOrderNumber(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/[\s#]/g, '')
    .toUpperCase()
    .replace(/^[A-Z]{1,5}-?(?=\d)/, '');
}

export type FoundOrderNumber = {
  /** Where the number stands, a "#" before it included; half-open, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
  readonly number: string;
};

/** Order numbers as written, in order of appearance. */
export function findOrderNumbers(text: string): readonly FoundOrderNumber[] {
  const found: FoundOrderNumber[] = [];
  const add = (end: number, number: string) => {
    const start = end - number.length;
    const hash = /#\s?$/.exec(text.slice(Math.max(0, start - 2), start))?.[0] ?? '';
    found.push({ start: start - hash.length, end, number });
  };
  for (const pattern of [BY_KEYWORD, BY_HASH]) {
    for (const match of text.matchAll(pattern)) {
      let end = match.index + match[0].length;
      if (UNIT_AFTER.test(text.slice(end, end + 20))) continue;
      add(end, match[1] ?? '');
      for (
        let next = FOLLOWING.exec(text.slice(end, end + 40));
        next;
        next = FOLLOWING.exec(text.slice(end, end + 40))
      ) {
        end += next[0].length;
        add(end, next[1] ?? '');
      }
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

/** Order numbers that the text names, normalised, each once, in order of appearance. For comparison only; never stored. */
export function namedOrderNumbers(text: string): readonly string[] {
  return [...new Set(findOrderNumbers(text.normalize('NFKC')).map(({ number }) => normaliseOrderNumber(number)))];
}

/** Separated as a phone is, or bare as one in North America. */
function isPhone(candidate: string): boolean {
  const digits = candidate.replace(/\D/g, '');
  return /^\+|[ ().\-/]/.test(candidate) || digits.length === 10 || (digits.length === 11 && digits.startsWith('1'));
}

function hasTrackingNumber(text: string): boolean {
  return CARRIER_SHAPED.test(text.toUpperCase()) || TRACKING_BY_KEYWORD.test(text);
}

/** Presence booleans for the classifier's input block. */
export function extractFeatures(text: string, attachments: number): MessageFeatures {
  const plain = text.normalize('NFKC');
  const withoutMail = plain.replace(new RegExp(EMAIL, 'gu'), ' ');
  return {
    has_order_number: namedOrderNumbers(plain).length > 0,
    has_email: EMAIL.test(plain),
    has_phone: (withoutMail.match(PHONE_CANDIDATE) ?? []).some(isPhone),
    has_tracking_number: hasTrackingNumber(plain),
    has_attachments: attachments > 0,
  };
}
