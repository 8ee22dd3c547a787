/** Payment cards: 13 to 19 digits that pass Luhn, in the groups people write them in (platform §4.3). */
import type { Detector, Span } from './detector.ts';
import { type Group, isSeries, runsOf, sizesOf } from './digit-groups.ts';

/** One sign between digits, as cards are written most. */
const isTight = (gap: string): boolean => /^[ .\-/]$/.test(gap);
/** Up to three, line breaks among them. */
const isLoose = (gap: string): boolean => /^[\s.,/\-_·•‧∙⋅・|*~]{1,3}$/.test(gap);
/** USPS prints its numbers in blocks of four. */
const BLOCKS_OF_A_PARCEL = /^(?:420[ -]?\d{5}[ -]?)?9[1-5]\d{2}(?:[ -]\d{4}){4}/;
const PARCEL_CHARS = 36;
/** Cards begin so (ISO/IEC 7812); asked only where the gaps could be those of a list. */
const ISSUER = /^(?:[3-6]|2[2-7])/;
const ORDER_WORD = /(?:orders?|ordr|purchases?|pedidos?|orden(?:es)?|invoices?)[^\p{L}\p{N}]{0,4}$/iu;
const LEAST = 13;
const MOST = 19;

export const card: Detector = {
  code: 'card',
  find: (text) => [
    ...runsOf(text, isTight).flatMap((run) => (isCardLayout(run) ? spanOf(run) : [])),
    ...runsOf(text, isLoose).flatMap((run) => [
      ...stretchesOf(run).flatMap((stretch) => (isCardLayout(stretch) && !isSeries(stretch) ? spanOf(stretch) : [])),
      ...cardsIn(run, text),
    ]),
  ],
};

/** Parts of a run with the same gap throughout; a list has commas. */
function stretchesOf(run: readonly Group[]): Group[][] {
  const stretches: Group[][] = [];
  for (const group of run) {
    const last = stretches.at(-1);
    const gap = last?.[1]?.gap ?? group.gap;
    if (last && group.gap === gap && !gap.includes(',')) last.push(group);
    else stretches.push([group]);
  }
  return stretches;
}

function cardsIn(run: readonly Group[], text: string): Span[] {
  const spans: Span[] = [];
  for (let first = 0, parcelEnd = 0; first < run.length; first += 1) {
    const start = run[first]?.start ?? 0;
    const parcel = BLOCKS_OF_A_PARCEL.exec(text.slice(start, start + PARCEL_CHARS));
    if (parcel) parcelEnd = start + parcel[0].length;
    if (start >= parcelEnd) spans.push(...spanOf(longestCard(run, first, text)));
  }
  return spans;
}

/** The longest card that begins with the group `first`; without a group when none does. */
function longestCard(run: readonly Group[], first: number, text: string): readonly Group[] {
  let digits = '';
  let found: readonly Group[] = [];
  for (let last = first; last < run.length && digits.length < MOST; last += 1) {
    digits += run[last]?.digits ?? '';
    if (digits.length < LEAST || digits.length > MOST || !passesLuhn(digits)) continue;
    const groups = run.slice(first, last + 1);
    if (isWrittenAsCard(groups) && (isTightlyWritten(groups) || !isList(groups, digits, text))) found = groups;
  }
  return found;
}

function spanOf(groups: readonly Group[]): Span[] {
  const [from, to] = [groups[0], groups.at(-1)];
  return from && to ? [{ start: from.start, end: to.end, placeholder: '[CARD]' }] : [];
}

/** One run, groups of three and more, or digit by digit: "38 39 40 41 42 43 44" are sizes. */
function isWrittenAsCard(groups: readonly Group[]): boolean {
  return (
    groups.length === 1 ||
    groups.every(({ digits }) => digits.length >= 3) ||
    groups.every(({ digits }) => digits.length === 1)
  );
}

const isTightlyWritten = (groups: readonly Group[]): boolean => groups.slice(1).every(({ gap }) => isTight(gap));

/** "orders 4101, 4102, 4103, 4104", "250, 500, 750, 1000, 1250 ml". */
function isList(groups: readonly Group[], digits: string, text: string): boolean {
  const start = groups[0]?.start ?? 0;
  const size = groups[0]?.digits.length ?? 0;
  const hasComma = groups.some(({ gap }) => gap.includes(','));
  return (
    !ISSUER.test(digits) ||
    isSeries(groups) ||
    size === 3 ||
    (hasComma && ORDER_WORD.test(text.slice(Math.max(0, start - 16), start)))
  );
}

/** The layouts that are nothing but cards: a mistyped digit makes them no less private. */
function isCardLayout(groups: readonly Group[]): boolean {
  return ['4 4 4 4', '4 6 5', '4 6 4'].includes(sizesOf(groups));
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
