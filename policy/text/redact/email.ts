/** E-mail addresses in any script, and the usual ways of writing one so that machines miss it (platform §4.3). */
import { type Detector, spansOf } from './detector.ts';

const LOCAL = "[\\p{L}\\p{M}\\p{N}._%+'’-]";
const LABEL = '[\\p{L}\\p{M}\\p{N}-]';
/** A local part is begun only where none runs already, so that a long word is read once. */
const BEGIN = `(?<!${LOCAL})`;
const PLAIN = new RegExp(`${BEGIN}${LOCAL}+@{1,2}(?:${LABEL}+\\.)+${LABEL}{2,24}`, 'gu');
/** A host without a dot is one of a company's own network, or of those everybody knows. */
const KNOWN = 'localhost|gmail|googlemail|yahoo|ymail|hotmail|outlook|icloud|aol|proton(?:mail)?|msn|gmx|live';
const DOTLESS = new RegExp(`${BEGIN}${LOCAL}+[ \\t\\n]{0,2}@[ \\t\\n]{0,2}(?:${KNOWN})(?!${LABEL})`, 'giu');

const BLANK = '[ \\t\\n]{0,2}';
const OPEN = '[([{<"\'*_|~-]{1,2}';
const SHUT = '[)\\]}>"\'*_|~-]{1,2}';
const ENDINGS = 'com|net|org|edu|gov|co|uk|us|es|de|fr|it|io|me|info|mx|ca|au|test|example';
/** No words of English or Spanish, which might begin the next sentence. */
const PLAIN_ENDINGS = 'com|net|org|edu|gov|co|uk|de|fr|io|info|mx|test|example';
/** "jane . doe", "jane dot doe". */
const FIRST_NAMES = `(?:${LOCAL}{1,64}(?: \\. | (?:dot|punto|underscore|dash) )){0,2}`;
const SAID_DOT = `(?:${BLANK}${OPEN} ?(?:dot|punto|\\.) ?${SHUT}${BLANK}|[ \\t\\n]{1,2}(?:dot|punto)[ \\t\\n]{1,2})`;
const BRACKETED_AT = `${BLANK}${OPEN} ?(?:at|@|arroba) ?${SHUT}${BLANK}`;
const BARE_AT = '[ \\t\\n]{1,2}(?:at|arroba)[ \\t\\n]{1,2}';

/** The sign itself with gaps around it, or around the dots: "jane@ shop.com", "jane@shop,com", "jane@shop com". */
const TORN = new RegExp(
  `${BEGIN}${FIRST_NAMES}${LOCAL}{1,64}(?:${BLANK}@{1,2}${BLANK}|${BRACKETED_AT})(?:${LABEL}{1,40}(?:${SAID_DOT}|${BLANK}[.,]${BLANK}|[ \\t\\n])){1,3}?(?:${PLAIN_ENDINGS})(?!${LABEL})`,
  'giu',
);
/** Spelt out; the bare word "at" only where the dot is spelt too: "I looked at shop.com" is none. */
const SPELT = new RegExp(
  `${BEGIN}${FIRST_NAMES}${LOCAL}{1,64}(?:(?:${BLANK}@${BLANK}|${BRACKETED_AT})(?:${LABEL}{1,40}(?:${SAID_DOT}|${BLANK}\\.)){1,3}|${BARE_AT}(?:${LABEL}{1,40}(?:${SAID_DOT}|\\.)){0,2}${LABEL}{1,40}${SAID_DOT})(?:${ENDINGS})(?!${LABEL})`,
  'giu',
);
/** "jane.doe at shop.com", "jane at gmail.com", "jane.doe at gmail": a name that is no word, or a host that gives mail only. */
const NAME_AT = new RegExp(
  `${BEGIN}(?:(?=[\\p{L}\\p{M}'’-]{0,64}[.\\d_+])${LOCAL}{1,64}[\\p{L}\\p{N}]${BARE_AT}(?:(?:${KNOWN})(?![.\\p{L}\\p{N}-])|(?:${LABEL}{1,40}\\.){1,3}(?:${ENDINGS})(?!${LABEL}))|${LOCAL}{1,64}${BARE_AT}(?:${KNOWN})(?:\\.${LABEL}{2,10}){1,2})`,
  'giu',
);

export const email: Detector = {
  code: 'email',
  find: (text) => [PLAIN, DOTLESS, TORN, SPELT, NAME_AT].flatMap((pattern) => spansOf(text, pattern, '[EMAIL]')),
};
