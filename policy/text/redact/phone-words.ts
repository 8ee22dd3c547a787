/** Words beside a phone number. */

const WORDS =
  'phone|telephone|tel|telf|tlf|tfno|tel[eé]fono|m[oó]vil|celular|cell|cel|mobile|mob|call|text|sms|whats ?app|fax|ph|dial|reach|contact|ll[aá]ma(?:me|dme)';
const BETWEEN =
  "number|numbers|num|no|nr|n[uú]mero|is|its|it'?s|es|me|us|back|at|on|al|en|mi|my|or|phone|cell|mobile|home|work";
/** "call me on", "phone number:" and nothing after it but signs. */
const BEFORE_NUMBER = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:${WORDS})(?:[^\\p{L}\\p{N}]{1,3}(?:${BETWEEN})){0,5}[^\\p{L}\\p{N}]{0,4}$`,
  'iu',
);
const CHARS_BEFORE = 64;

export const isBehindPhoneWord = (text: string, start: number): boolean =>
  BEFORE_NUMBER.test(text.slice(Math.max(0, start - CHARS_BEFORE), start));

/** Where a number may begin: behind no digit and no price, and behind a letter only where a word was forgotten a blank. */
export const BEGIN =
  '(?<![\\p{N}$€£]|[$€£] )(?:(?<!\\p{L})|(?<=(?<![\\p{L}\\p{N}])(?:tel|ph|mob|cel|fax|sms|wa|no|nr|num|me|at|on|is|to|my|or|and|es|al|en)|phone|cell|celular|mobile|m[oó]vil|call|text|whatsapp|number|n[uú]mero|contact))';
/** Where it may end. */
export const CLOSE =
  '(?!\\p{N})(?=$|\\P{L}|x ?\\d|ext|anexo|and|or|thanks?|thx|please|pls|to|if|when|for|is|my|me|after|before|asap|cell|mobile|home|work)';
