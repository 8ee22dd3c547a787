/** Is a text written to be read? What is encoded, turned around or shifted by letters is told from it and goes to a person (decisions §7 A13). */
import { isEnglishWord } from './english-words.ts';
import { plainCopy } from './normalise.ts';

/** Runs that stand for letters and are none: percent, escapes, hex, bits, letter numbers, Morse, base64. */
const ENCODED: readonly RegExp[] = [
  /(?:%[0-9a-f]{2}){4,}/gi,
  /(?:(?:\\u[0-9a-f]{4}|\\x[0-9a-f]{2}|&#x?[0-9a-f]{2,6};)\s?){3,}/gi,
  /(?<![\w-])(?:[0-9a-f]{2}[\s:,]){6,}[0-9a-f]{2}(?![\w-])/gi,
  /(?<!\w)(?:[01]{7,8}\s){2,}[01]{7,8}(?!\w)/g,
  /(?<![\w.,-])(?:\d{1,2}[\s/,-]{1,3}){8,}\d{1,2}(?![\w.-])/g,
  /(?<!\S)(?:[.·-]{1,5}[ /]{1,3}){5,}[.·-]{1,5}(?!\S)/g,
  /(?<![\w./:-])(?=[A-Za-z0-9+/]{0,60}[a-z][A-Z0-9])(?=[A-Za-z0-9+/]{0,60}[A-Z][a-z0-9])[A-Za-z0-9+/]{24,}={0,2}(?![\w./-])/g,
];

const MAX_CHARS = 1_000;
const FEWEST_WORDS = 4;
/** Shares of English words: as it stands it has hardly any, and read another way it has many. */
const LEAST_KNOWN = 0.2;
const MOST_HIDDEN = 0.5;

/** The text without its encoded runs. Linear. */
export function withoutEncoded(text: string): string {
  return ENCODED.reduce((rest, run) => rest.replace(run, ' '), text).trim();
}

/** `false` where nothing but encoded runs is there, or where the words make sense only backwards or with other letters. */
export function isReadable(text: string): boolean {
  const beginning = text.slice(0, MAX_CHARS).trim();
  const rest = withoutEncoded(beginning);
  if (!/[\p{L}\p{N}]/u.test(rest)) return rest === beginning;
  const words = wordsOf(rest);
  if (words.length < FEWEST_WORDS || knownShare(words) >= LEAST_KNOWN) return true;
  return !otherReadings(words).some((reading) => knownShare(reading) >= MOST_HIDDEN);
}

/** A single letter is a word by chance. */
function wordsOf(text: string): string[] {
  return (plainCopy(text).match(/\p{L}+/gu) ?? []).filter((word) => word.length > 1);
}

function knownShare(words: readonly string[]): number {
  return words.filter(isEnglishWord).length / words.length;
}

/** Backwards, the alphabet turned around, and the letters shifted by one to twenty-five. */
function otherReadings(words: readonly string[]): string[][] {
  const lettersBy = (other: (letter: number) => number): string[] =>
    words.map((word) =>
      word.replace(/[a-z]/g, (letter) => String.fromCharCode(97 + (other(letter.charCodeAt(0) - 97) % 26))),
    );
  const shifts = Array.from({ length: 25 }, (_, by) => lettersBy((letter) => letter + by + 1));
  return [words.map((word) => [...word].reverse().join('')), lettersBy((letter) => 25 - letter), ...shifts];
}
