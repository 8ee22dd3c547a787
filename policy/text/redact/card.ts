/** Payment cards: 13 to 19 digits that pass Luhn, in the groups people write them in (platform §4.3). */
import type { Detector, Span } from './detector.ts';

/** Digits in groups, one separator apart. */
const GROUPED = /\d+(?:[ .\-/]\d+)*/g;
/** USPS prints its numbers in blocks of four. */
const BLOCKS_OF_A_PARCEL = /^(?:420 ?\d{5} ?)?9[1-5]\d{2}(?: \d{4}){4}/;
const LEAST = 13;
const MOST = 19;

type Group = { readonly start: number; readonly end: number; readonly digits: string };

export const card: Detector = {
  code: 'card',
  find: (text) => [...text.matchAll(GROUPED)].flatMap((match) => cardsIn(match[0], match.index)),
};

function cardsIn(run: string, offset: number): Span[] {
  const groups = [...run.matchAll(/\d+/g)].map(({ 0: digits, index }): Group => {
    const start = offset + index;
    return { start, end: start + digits.length, digits };
  });
  const all = spanOf(groups, 0, groups.length - 1);
  if (isCardLayout(groups.map(({ digits }) => digits.length))) return all;
  if (BLOCKS_OF_A_PARCEL.test(run)) return [];
  const spans: Span[] = [];
  for (let first = 0; first < groups.length; ) {
    const last = lastGroupOfCard(groups, first);
    if (last !== null) spans.push(...spanOf(groups, first, last));
    first = (last ?? first) + 1;
  }
  return spans;
}

function spanOf(groups: readonly Group[], first: number, last: number): Span[] {
  const [from, to] = [groups[first], groups[last]];
  return from && to ? [{ start: from.start, end: to.end, placeholder: '[CARD]' }] : [];
}

/** Index of the group with which a card that begins at `first` ends, the longest one; `null` when none begins there. */
function lastGroupOfCard(groups: readonly Group[], first: number): number | null {
  let digits = '';
  let found: number | null = null;
  for (let last = first; last < groups.length && digits.length < MOST; last += 1) {
    digits += groups[last]?.digits ?? '';
    if (digits.length < LEAST || digits.length > MOST) continue;
    if (!passesLuhn(digits)) continue;
    if (isWrittenAsCard(groups.slice(first, last + 1).map((group) => group.digits.length))) found = last;
  }
  return found;
}

/** One run, groups of three and more, or digit by digit: "38 39 40 41 42 43 44" are sizes. */
function isWrittenAsCard(sizes: readonly number[]): boolean {
  return sizes.length === 1 || sizes.every((size) => size >= 3) || sizes.every((size) => size === 1);
}

/** The layouts that are nothing but cards: a mistyped digit makes them no less private. */
function isCardLayout(sizes: readonly number[]): boolean {
  return ['4 4 4 4', '4 6 5', '4 6 4'].includes(sizes.join(' '));
}

function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) {
    const digit = Number(digits[digits.length - 1 - place]);
    const doubled = place % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
