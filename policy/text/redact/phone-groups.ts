/** Phone numbers in groups with more between them than one sign, or with other numbers beside them. */
import { areRound, type Group, isSeries, runsOf, SIGNS_BETWEEN, sizesOf } from './digit-groups.ts';
import { BEGIN, CLOSE, isBehindPhoneWord } from './phone-words.ts';

type Place = { readonly start: number; readonly end: number };

const LEAST_DIGITS = 10; // platform §4.3
const MOST_DIGITS = 15; // E.164
const GAP = new RegExp(`^\\)?[${SIGNS_BETWEEN}]{0,3}\\(?$`);
/** "100, 250" is a list, "555,123" hardly one. */
const LIST_GAP = /,\s/;
const MAY_BEGIN = new RegExp(`${BEGIN}(?=[+(]?\\d)`, 'iuy');
const MAY_BEGIN_SHAPED = /(?<![\p{N}$€£\p{L}]|[$€£] )|(?<=\p{L}{2})/uy;
const MAY_END = new RegExp(CLOSE, 'iuy');
const MAY_END_SHAPED = /(?!\p{N}|\p{L}(?!\p{L}|\d))/uy;
const CHARS_OF_PLUS = 3;

const NORTH_AMERICAN: ReadonlySet<string> = new Set(['3 3 4', '1 3 3 4', '3 7', '6 4', '1 3 7', '1 6 4', '1 10']);
const SPANISH: ReadonlySet<string> = new Set(['3 3 3', '3 2 2 2']);
const MOST_GROUPS = 6;

/** @param isNational  digits that some country dials at home with a 0 before them */
export function phonesInGroups(text: string, isNational: (digits: string) => boolean): readonly Place[] {
  const holds = (pattern: RegExp, at: number): boolean => {
    pattern.lastIndex = at;
    return pattern.test(text);
  };
  return runsOf(text, (between) => GAP.test(between)).flatMap((run) =>
    run.flatMap((group, first): Place[] => {
      const announced = isAnnounced(text, group) ? reach(run, first) : [];
      const shaped = announced.length > 0 ? [] : shapedFrom(run, first, isNational);
      const found = announced.length > 0 ? announced : shaped;
      const last = found.at(-1);
      if (!last) return [];
      const isGrouped = found.length > 1;
      const isFree =
        holds(isGrouped ? MAY_BEGIN_SHAPED : MAY_BEGIN, group.start) &&
        holds(isGrouped ? MAY_END_SHAPED : MAY_END, last.end);
      return isFree ? [{ start: group.start - signsBefore(text, group), end: last.end }] : [];
    }),
  );
}

/** By a "+", by "00", or by a word. */
function isAnnounced(text: string, { start, digits, gap }: Group): boolean {
  return (
    plusBefore(text, start) > 0 ||
    (digits.startsWith('00') && digits.length <= 6) ||
    (gap === '' && isBehindPhoneWord(text, start))
  );
}

function plusBefore(text: string, start: number): number {
  const before = text.slice(Math.max(0, start - CHARS_OF_PLUS), start);
  return before.includes('+') ? (/\+[ (]{0,2}$/.exec(before)?.[0].length ?? 0) : 0;
}

function signsBefore(text: string, { start }: Group): number {
  return plusBefore(text, start) || (text[start - 1] === '(' ? 1 : 0);
}

/** On until there are ten digits, and further while the gaps stay as they were; nothing where it becomes too long or counts something. */
function reach(run: readonly Group[], first: number): readonly Group[] {
  let digits = 0;
  let last = first;
  for (; last < run.length; last += 1) {
    const group = run[last];
    if (!group) break;
    const size = group.digits.length;
    const goesOn = digits < LEAST_DIGITS || group.gap === run[first + 1]?.gap;
    if (digits + size > MOST_DIGITS || !goesOn) break;
    digits += size;
  }
  const groups = run.slice(first, last);
  const isSpanish = SPANISH.has(sizesOf(groups)) && /^[6-9]/.test(groups[0]?.digits ?? '');
  return (digits >= LEAST_DIGITS || isSpanish) && !areRound(groups) && !isSeries(groups) ? groups : [];
}

/** What is a phone number by its groups alone, the longest. */
function shapedFrom(run: readonly Group[], first: number, isNational: (digits: string) => boolean): readonly Group[] {
  if (first === 0 && isSpeltOut(run)) return run;
  const begin = run[first]?.digits ?? '';
  let found: readonly Group[] = [];
  let sizes = '';
  for (let count = 1; count <= MOST_GROUPS && first + count <= run.length; count += 1) {
    const next = run[first + count - 1];
    if (count > 1 && LIST_GAP.test(next?.gap ?? '')) break;
    sizes += `${count > 1 ? ' ' : ''}${next?.digits.length}`;
    if (!mayBeShape(sizes, count, begin)) continue;
    const groups = run.slice(first, first + count);
    const gaps = groups.slice(1).map(({ gap }) => gap);
    if (isApart(run, first, first + count, gaps) && isShaped(groups, gaps, isNational)) found = groups;
  }
  return found;
}

/** What is worth a closer look. */
function mayBeShape(sizes: string, count: number, begin: string): boolean {
  if (count === 1) return begin.length >= LEAST_DIGITS;
  return NORTH_AMERICAN.has(sizes) || SPANISH.has(sizes) || (begin.startsWith('0') && begin.length >= 2);
}

function isShaped(groups: readonly Group[], gaps: readonly string[], isNational: (digits: string) => boolean): boolean {
  const sizes = sizesOf(groups);
  const digits = groups.map((group) => group.digits).join('');
  if (groups.length === 1) return digits.length >= LEAST_DIGITS && digits.length <= MOST_DIGITS;
  if (areRound(groups) || isSeries(groups)) return false;
  if (NORTH_AMERICAN.has(sizes)) return !sizes.startsWith('1') || digits.startsWith('1');
  const isEven = gaps.every((gap) => gap === gaps[0]);
  if (SPANISH.has(sizes) && isEven && /^[6-9]/.test(digits)) return !/[,/\n]/.test(gaps[0] ?? '');
  return isEven && isNational(digits);
}

/** Nothing that goes on in the same way before or behind it: "100 200 300 4000". A sign right behind a number is part of it: "49.5550104477". */
function isApart(run: readonly Group[], first: number, end: number, gaps: readonly string[]): boolean {
  const before = first > 0 ? (run[first]?.gap ?? '') : '';
  const after = run[end]?.gap ?? '';
  if (gaps.length === 0) return !/^[.,:/-]$/.test(before);
  return !gaps.includes(before) && !gaps.includes(after);
}

/** Ten digits one by one. */
function isSpeltOut(run: readonly Group[]): boolean {
  const gap = run[1]?.gap ?? '';
  return (
    run.length >= LEAST_DIGITS &&
    run.length <= LEAST_DIGITS + 1 &&
    !LIST_GAP.test(gap) &&
    !isSeries(run) &&
    run.every(({ digits }, at) => digits.length === 1 && (at === 0 || run[at]?.gap === gap))
  );
}
