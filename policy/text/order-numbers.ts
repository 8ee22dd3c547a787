/** The order numbers a message names; values never leave the memory (replies §2.2). */

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
