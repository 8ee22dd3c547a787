/** Postal addresses of the United States, the United Kingdom and Spain, by heuristics (platform §4.3). */
import {
  COUNT_NOUNS,
  FUNCTION_WORDS,
  PROVINCES,
  STATES,
  STREETS,
  UK_AREAS,
  WEAK_STREETS,
  WHOLE_STREETS,
  WORDLIKE_STATES,
} from './address-words.ts';
import { type Detector, type Span, spansOf } from './detector.ts';

const either = (words: readonly string[]): string => words.join('|');

const STATE = `(?:${either([...STATES, ...WORDLIKE_STATES])})`;
/** A line of its own may have been taken for an order's. */
const ZIP = '(?:\\d{5}(?: ?- ?\\d{4})?(?!\\d)|\\[ORDER_ID\\])';
const GAP = '[,;/|·_ \\t\\n-]{1,3}';
const NAME = "[\\p{L}\\p{M}'’.-]{1,25}";
/** A number before it may have been taken for an order's. */
const UNIT =
  '(?:[,;/|·_ \\t\\n-]{1,3}(?:(?:apt|apartment|unit|suite|ste|flat|floor|fl|room|rm|bldg|piso|puerta|esc)\\.?[ \\t]{0,2}#?[ \\t]?|#[ \\t]?)(?:[A-Z]?-?\\d{1,5}[A-Z]?|[A-Z]|\\[ORDER_ID\\])(?![\\p{L}\\p{N}]))?';
const US_CITY = `(?:${GAP}${NAME}(?:[ \\t]${NAME}){0,2})?${GAP}${STATE}\\.?[,;/|·_ \\t\\n-]{0,3}${ZIP}`;
const UK_CODE = `(?:${either(UK_AREAS)})\\d[\\dA-HJKPSTUW]?[ \\t\\n-]{0,2}\\d[ABD-HJLNP-UW-Z]{2}`;
const TAIL = `(?<tail>${UNIT}(?:${US_CITY}|(?:${GAP}${NAME}){1,3}${GAP}${UK_CODE}(?![\\p{L}\\p{N}]))?)`;

/** Behind "10:" and "$" it is no house; behind a word only where a blank was forgotten. */
const HOUSE =
  '(?<!\\p{N}|\\p{N}[.,:/-]|[#$€£])(?:(?<!\\p{L})|(?<=(?<!\\p{L})(?:at|to|is|in|on|address|direcci[oó]n)))(?<house>\\d{1,6}(?:[-/]\\d{1,4})?[A-Z]?(?: 1/2)?)';
const WORD_GAP = '(?:[ \\t]{1,2}|[ \\t]?[\\-_·\\n][ \\t]?)';

/** House number, one to five words, a word for a street; or a street whose name is that word. */
const STREET = new RegExp(
  `${HOUSE},?(?:${WORD_GAP}(?<words>(?:(?:\\d{1,3}(?:st|nd|rd|th)|${NAME})${WORD_GAP}){1,5}?)(?<kind>${either([...STREETS, ...WEAK_STREETS])})|[ \\t]{1,2}(?<whole>${either(WHOLE_STREETS)}))(?![\\p{L}\\p{N}])\\.?(?:[ \\t](?:${either(STREETS)})(?![\\p{L}\\p{N}])\\.?)?(?:[ \\t](?:[NSEW]{1,2}|North|South|East|West)(?![\\p{L}\\p{N}]))?${TAIL}`,
  'giu',
);
/** Without a word for a street what follows must be the rest of an address: "12 Rambla del Mar, Reno, NV 89501". */
const UNNAMED = new RegExp(
  `${HOUSE},?[ \\t]{1,2}(?<words>${NAME}(?:[ \\t]${NAME}){0,3}?)${UNIT}${GAP}${NAME}(?:[ \\t]${NAME}){0,2}${GAP}(?<state>${STATE})\\.?[,;/|·_ \\t\\n-]{0,3}${ZIP}`,
  'giu',
);
const SPANISH_STREET =
  /(?<![\p{L}\p{N}])(?:c\/[ \t]{0,2}|(?:calle|avda\.?|avenida|av\.|plaza|pza\.?|paseo|camino|carrer|ronda|traves[ií]a|glorieta)[ \t]{1,2})(?:[\p{L}\p{M}'’.-]{1,25}[ \t]{1,2}){0,5}?[\p{L}\p{M}'’.-]{1,25}(?:[,;_/-][ \t\n]{0,2}|[ \t\n]{1,2})(?:n(?:[.ºo°]|[úu]m\.?)?[ \t]{0,2})?\d{1,4}[A-Z]?(?![\p{L}\p{N}]|[.,:/]\d)(?:[, \t\n]{1,3}\d{1,2}[ \t]?[ºª°oa](?:[, \t]{0,2}[A-Z]\b)?)?(?:[, \t\n]{1,3}\d{5}(?!\d)(?:[, \t\n]{1,2}\p{Lu}[\p{L}\p{M}'’-]{2,24})?)?/giu;
const BOX =
  /(?<![\p{L}\p{N}])(?:p\.?[ \t_-]?o\.?[ \t_-]?box|post office box|apartado(?: de correos| postal)?)[ \t\n]{0,2}(?:n?[ºo°.]|[#:_,-]|num\.?|number|is)?[ \t\n]{0,2}#?(?:\d{1,7}|\[ORDER_ID\])(?![\p{L}\p{N}])/giu;
const MILITARY =
  /(?<![\p{L}\p{N}])(?:(?:PSC|UNIT|CMR)[ \t]\d{1,5}[, \t\n]{1,3}(?:BOX[ \t]\d{1,5}[, \t\n]{1,3})?)?(?:APO|FPO|DPO)[, \t\n-]{1,3}(?:AA|AE|AP)[, \t\n-]{1,3}(?:\d{5}(?:-\d{4})?(?!\d)|\[ORDER_ID\])/giu;
/** "Springfield, IL 62704", "TX 78701"; states that are English words count in capitals only. */
const STATE_ZIP = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:(?<city>${NAME}(?:[ \\t]${NAME}){0,2}[,;/|·][ \\t\\n]{0,2})(?<town>${STATE})\\.?[,;/|·_ \\t\\n-]{0,3}|(?<state>${STATE})\\.?,?[ \\t\\n]{1,3})(?<zip>\\d{5}(?: ?- ?\\d{4})?)(?![\\p{N}\\p{L}]|[.,]\\d)`,
  'giu',
);
const UK_POSTCODE = new RegExp(`(?<![\\p{L}\\p{N}])${UK_CODE}(?![\\p{L}\\p{N}])`, 'giu');
const CANADIAN =
  /(?<![\p{L}\p{N}])(?:[ABCEGHJ-NPRSTVXY]\d[A-Z][ \t\n-]{0,2}\d[A-Z]\d|[abceghj-nprstvxy]\d[a-z][ \t\n-]{1,2}\d[a-z]\d)(?![\p{L}\p{N}])/gu;
const CODE_BY_WORD =
  /(?<![\p{L}\p{N}])(?:zip(?: ?code)?|post(?:al)? ?code|c[oó]digo postal|c\.?p\.)(?:[ \t\n]{0,2}(?:is|was|es|to|[:=#_,.("'-])){0,3}[ \t\n]{0,2}(?<at>\d{5}(?: ?- ?\d{4})?)(?![\p{L}\p{N}])/giu;
const SPANISH_CITY = new RegExp(
  `(?<![\\p{L}\\p{N}#$€.,])\\d{5}[,(/_ \\t\\n-]{1,3}(?:${either(PROVINCES)})(?![\\p{L}])`,
  'giu',
);

export const address: Detector = {
  code: 'address',
  find: (text): readonly Span[] => [
    ...spansOf(text, STREET, '[ADDRESS]', isStreet),
    ...[SPANISH_STREET, BOX, MILITARY, UK_POSTCODE, CANADIAN, CODE_BY_WORD, SPANISH_CITY].flatMap((pattern) =>
      spansOf(text, pattern, '[ADDRESS]'),
    ),
    ...spansOf(text, UNNAMED, '[ADDRESS]', isUnnamedStreet),
    ...spansOf(text, STATE_ZIP, '[ADDRESS]', isStateAndZip).map((span) => withoutVerb(text, span)),
  ],
};

function isStateAndZip({ groups }: RegExpMatchArray): boolean {
  const state = groups?.state ?? groups?.town ?? '';
  return STATES.includes(state.toUpperCase()) || state === state.toUpperCase();
}

/** "ship to Reno, NV 89501": a town begins with a capital. */
function withoutVerb(text: string, span: Span): Span {
  const found = text.slice(span.start, span.end);
  const verb = /^(?:\p{Ll}[^\s,]*[ \t])+(?=\p{Lu})/u.exec(found)?.[0] ?? '';
  return { ...span, start: span.start + verb.length };
}

/** "24 hours drive" and "2 of the lane" are none; a word such as "way" needs capitals or the rest of an address beside it. */
function isStreet({ 0: found, groups }: RegExpMatchArray): boolean {
  const house = groups?.house ?? '';
  const hasTail = (groups?.tail ?? '') !== '';
  if (groups?.whole !== undefined) return hasTail || house.length >= 3;
  const words = wordsOf(groups?.words);
  if (!mayBeNames(words)) return false;
  if (!hasTail && isBroken(found, house, groups?.words ?? '', words)) return false;
  const isWeak = WEAK_STREETS.includes((groups?.kind ?? '').toLowerCase());
  return hasTail || isInCapitals(words) || (!isWeak && house.length >= 2);
}

/** In two lines, or with signs for blanks and small letters: "1042\nRose Gardens", "24-led string gardens". */
function isBroken(found: string, house: string, written: string, words: readonly string[]): boolean {
  const between = found.slice(house.length, house.length + 2) + written;
  return between.includes('\n') || (/[_·-]/.test(between) && !isInCapitals(words));
}

function isUnnamedStreet(match: RegExpMatchArray): boolean {
  const words = wordsOf(match.groups?.words);
  return (
    isStateAndZip(match) &&
    mayBeNames(words) &&
    isInCapitals(words.filter((word) => !PARTICLES.has(word.toLowerCase())))
  );
}

const PARTICLES: ReadonlySet<string> = new Set(['de', 'del', 'la', 'las', 'los', 'el', 'du', 'des', 'van', 'von']);

const wordsOf = (written = ''): readonly string[] => written.trim().split(/[\s_·]+/);

/** None of them is a word of a sentence, and the first is nothing that is counted. */
function mayBeNames(words: readonly string[]): boolean {
  const first = (words[0] ?? '').toLowerCase();
  return !COUNT_NOUNS.has(first) && words.every((word) => !FUNCTION_WORDS.has(word.toLowerCase()));
}

const isInCapitals = (words: readonly string[]): boolean => words.every((word) => /^[\p{Lu}\p{N}]/u.test(word));
