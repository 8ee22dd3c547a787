/** Postal addresses of the United States, the United Kingdom and Spain, by heuristics (platform §4.3). */
import {
  COUNT_NOUNS,
  FUNCTION_WORDS,
  PROVINCES,
  STATES,
  STREETS,
  UK_AREAS,
  WEAK_STREETS,
  WORDLIKE_STATES,
} from './address-words.ts';
import { type Detector, type Span, spansOf } from './detector.ts';

const either = (words: readonly string[]): string => words.join('|');

const STATE = `(?:${either([...STATES, ...WORDLIKE_STATES])})`;
const ZIP = '\\d{5}(?:-\\d{4})?(?!\\d)';
const NAME = "[\\p{L}\\p{M}'’.-]{1,25}";
/** A number before it may have been taken for an order's. */
const UNIT =
  '(?:[, \\t\\n]{1,3}(?:(?:apt|apartment|unit|suite|ste|flat|floor|fl|room|rm|bldg|piso|puerta|esc)\\.?[ \\t]{0,2}#?[ \\t]?|#[ \\t]?)(?:[A-Z]?-?\\d{1,5}[A-Z]?|[A-Z]|\\[ORDER_ID\\])(?![\\p{L}\\p{N}]))?';
const US_CITY = `(?:[, \\t\\n]{1,3}${NAME}(?:[ \\t]${NAME}){0,2})?[, \\t\\n]{1,3}${STATE}\\.?[, \\t\\n]{1,3}${ZIP}`;
const UK_CODE = `(?:${either(UK_AREAS)})\\d[\\dA-HJKPSTUW]?[ \\t]?\\d[ABD-HJLNP-UW-Z]{2}`;
const TAIL = `(?<tail>${UNIT}(?:${US_CITY}|(?:[, \\t\\n]{1,3}${NAME}){1,3}[, \\t\\n]{1,3}${UK_CODE}(?![\\p{L}\\p{N}]))?)`;

/** House number, one to five words, a word for a street. */
const STREET = new RegExp(
  `(?<![\\p{L}\\p{N}#$€£.,:/-])(?<house>\\d{1,6}(?:[-/]\\d{1,4})?[A-Z]?),?[ \\t]{1,2}(?<words>(?:(?:\\d{1,3}(?:st|nd|rd|th)|${NAME})[ \\t]{1,2}){1,5}?)(?<kind>${either([...STREETS, ...WEAK_STREETS])})(?![\\p{L}\\p{N}])\\.?(?:[ \\t](?:${either(STREETS)})(?![\\p{L}\\p{N}])\\.?)?(?:[ \\t](?:[NSEW]{1,2}|North|South|East|West)(?![\\p{L}\\p{N}]))?${TAIL}`,
  'giu',
);
const SPANISH_STREET =
  /(?<![\p{L}\p{N}])(?:c\/[ \t]{0,2}|(?:calle|avda\.?|avenida|av\.|plaza|pza\.?|paseo|camino|carrer|ronda|traves[ií]a|glorieta)[ \t]{1,2})(?:[\p{L}\p{M}'’.-]{1,25}[ \t]{1,2}){0,5}?[\p{L}\p{M}'’.-]{1,25},?[ \t]{1,2}(?:n(?:[.ºo°]|[úu]m\.?)?[ \t]{0,2})?\d{1,4}[A-Z]?(?![\p{L}\p{N}]|[.,:/]\d)(?:[, \t\n]{1,3}\d{1,2}[ \t]?[ºª°oa](?:[, \t]{0,2}[A-Z]\b)?)?(?:[, \t\n]{1,3}\d{5}(?!\d)(?:[, \t\n]{1,2}\p{Lu}[\p{L}\p{M}'’-]{2,24})?)?/giu;
const BOX =
  /(?<![\p{L}\p{N}])(?:p\.?[ \t]?o\.?[ \t]?box|post office box|apartado(?: de correos| postal)?)[ \t]{0,2}(?:n?[ºo°.]|#|num\.?)?[ \t]{0,2}(?:\d{1,7}|\[ORDER_ID\])(?![\p{L}\p{N}])/giu;
const MILITARY =
  /(?<![\p{L}\p{N}])(?:(?:PSC|UNIT|CMR) \d{1,5},? (?:BOX \d{1,5},? )?)?(?:APO|FPO|DPO),? (?:AA|AE|AP),? \d{5}(?:-\d{4})?(?!\d)/giu;
/** "Springfield, IL 62704", "TX 78701"; states that are English words count in capitals only. */
const STATE_ZIP = new RegExp(
  `(?<![\\p{L}\\p{N}])(?<city>${NAME}(?:[ \\t]${NAME}){0,2},[ \\t]{0,2})?(?<state>${STATE})\\.?,?[ \\t\\n]{1,2}(?<zip>\\d{5}(?:-\\d{4})?)(?![\\p{N}\\p{L}]|[.,]\\d)`,
  'giu',
);
const UK_POSTCODE = new RegExp(`(?<![\\p{L}\\p{N}])${UK_CODE}(?![\\p{L}\\p{N}])`, 'giu');
const CANADIAN = /(?<![\p{L}\p{N}])[ABCEGHJ-NPRSTVXY]\d[A-Z][ -]?\d[A-Z]\d(?![\p{L}\p{N}])/gu;
const CODE_BY_WORD =
  /(?<![\p{L}\p{N}])(?:zip(?: ?code)?|post(?:al)? ?code|c[oó]digo postal|c\.?p\.)[ \t]{0,2}(?:is|was|es|to|:|=|#|-){0,2}[ \t]{0,2}(?<at>\d{5}(?:-\d{4})?)(?![\p{L}\p{N}])/giu;
const SPANISH_CITY = new RegExp(
  `(?<![\\p{L}\\p{N}#$€.,])\\d{5},?[ \\t]{1,2}(?:${either(PROVINCES)})(?![\\p{L}])`,
  'giu',
);

export const address: Detector = {
  code: 'address',
  find: (text): readonly Span[] => [
    ...spansOf(text, STREET, '[ADDRESS]', isStreet),
    ...[SPANISH_STREET, BOX, MILITARY, UK_POSTCODE, CANADIAN, CODE_BY_WORD, SPANISH_CITY].flatMap((pattern) =>
      spansOf(text, pattern, '[ADDRESS]'),
    ),
    ...spansOf(text, STATE_ZIP, '[ADDRESS]', isStateAndZip).map((span) => withoutVerb(text, span)),
  ],
};

function isStateAndZip({ groups }: RegExpMatchArray): boolean {
  const state = groups?.state ?? '';
  return STATES.includes(state.toUpperCase()) || state === state.toUpperCase();
}

/** "ship to Reno, NV 89501": a town begins with a capital. */
function withoutVerb(text: string, span: Span): Span {
  const found = text.slice(span.start, span.end);
  const verb = /^(?:\p{Ll}[^\s,]*[ \t])+(?=\p{Lu})/u.exec(found)?.[0] ?? '';
  return { ...span, start: span.start + verb.length };
}

/** "24 hours drive" and "2 of the lane" are none; a word such as "way" needs capitals or the rest of an address beside it. */
function isStreet({ groups }: RegExpMatchArray): boolean {
  const words = (groups?.words ?? '').trim().split(/\s+/);
  const house = groups?.house ?? '';
  const kind = (groups?.kind ?? '').toLowerCase();
  const first = (words[0] ?? '').toLowerCase();
  if (COUNT_NOUNS.has(first) || words.some((word) => FUNCTION_WORDS.has(word.toLowerCase()))) return false;
  const hasTail = (groups?.tail ?? '') !== '';
  const isCapitalised = words.every((word) => /^[\p{Lu}\p{N}]/u.test(word));
  const isWeak = WEAK_STREETS.includes(kind);
  return hasTail || isCapitalised || (!isWeak && house.length >= 2);
}
