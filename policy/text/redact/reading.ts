/** A text as detectors read it: digits of every script as 0–9, one kind of dash and blank, nothing invisible (platform §4.3). */
import type { Span } from './detector.ts';

export type Reading = {
  readonly text: string;
  /** Where something found in `text` stands in what was written. */
  readonly written: (span: Span) => Span;
};

/** What may read otherwise than it is written; marks on a digit (a keycap, a line through it) go as one. */
const ODD =
  /(?<=\p{N})\p{M}+|[[\p{Nd}\p{Pd}\p{Zs}\p{Cf}\p{Changes_When_NFKC_Casefolded}\u2028\u2029\u2212]--[\0-\x7f]]/gv;
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

export function readingOf(text: string): Reading {
  const parts: string[] = [];
  /** For each unit of the reading the unit it begins with in what was written; for ends the one behind it. */
  const begins: number[] = [];
  const ends: number[] = [];
  let done = 0;
  const copy = (until: number) => {
    parts.push(text.slice(done, until));
    for (; done < until; done += 1) {
      begins.push(done);
      ends.push(done + 1);
    }
  };
  for (const { 0: sign, index } of text.matchAll(ODD)) {
    copy(index);
    done += sign.length;
    const plain = plainOf(sign);
    parts.push(plain);
    // What is seen of nothing goes with what stands before it.
    if (plain === '' && ends.length > 0) ends[ends.length - 1] = done;
    for (let unit = 0; unit < plain.length; unit += 1) {
      begins.push(index);
      ends.push(done);
    }
  }
  if (done === 0) return { text, written: (span) => span };
  copy(text.length);
  return {
    text: parts.join(''),
    written: ({ start, end, placeholder }) => ({
      start: begins[start] ?? text.length,
      end: ends[end - 1] ?? text.length,
      placeholder,
    }),
  };
}

function plainOf(sign: string): string {
  if (/^\p{M}/u.test(sign)) return '';
  if (/^[\p{Pd}\u2212]/u.test(sign)) return '-';
  if (/^\p{Zs}/u.test(sign)) return ' ';
  if (/^[\u2028\u2029]/.test(sign)) return '\n';
  const plain = sign.normalize('NFKC').replace(INVISIBLE, '');
  return /^[^0-9]$/u.test(plain) && /^\p{Nd}$/u.test(plain) ? digitOf(plain) : plain;
}

/** Every script has its ten digits in a row, the zero first. */
function digitOf(digit: string): string {
  const point = digit.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(point - value - 1))) value += 1;
  return String(value);
}
