/** Payment cards: 13 to 19 digits that pass Luhn, in the groups people write them in (platform §4.3). */
import type { Detector, Span } from './detector.ts';
import { type Group, isSeries, runsOf, SIGNS_BETWEEN, sizesOf } from './digit-groups.ts';

/** One sign between digits, as cards are written most. */
const isTight = (gap: string): boolean => /^[ .\-/]$/.test(gap);
/** Up to three, line breaks among them. */
const LOOSE = new RegExp(`^[${SIGNS_BETWEEN}]{1,3}$`);
const isLoose = (gap: string): boolean => LOOSE.test(gap);
/** USPS prints its numbers in blocks of four. */
const BLOCKS_OF_A_PARCEL = /^(?:420[\s.\-_/·]{0,2}\d{5}[\s.\-_/·]{0,2})?9[1-5]\d{2}(?:[\s.\-_/·]{1,2}\d{4}){4}/;
const PARCEL_CHARS = 48;
/** Cards begin so (ISO/IEC 7812); asked only where the gaps could be those of a list. */
const ISSUER = /^(?:[3-6]|2[2-7])/;
const ORDER_WORD = /(?:orders?|ordr|purchases?|pedidos?|orden(?:es)?|invoices?)[^\p{L}\p{N}]{0,4}$/iu;
const LIST_GAP = /^,\s+$/;
const CHARS_OF_WORD = 16;
const LEAST = 13;
const MOST = 19;
const CODE_OF_ZERO = 48;

export const card: Detector = {
  code: 'card',
  find: (text) =>
    runsOf(text, isLoose).flatMap((run) => {
      const parcels = parcelsIn(run, text);
      const isListOfOrders = isOfOrders(run, text);
      const isFree = ([first]: readonly Group[]) => first !== undefined && !parcels.has(first);
      return [
        ...split(run, ({ gap }) => isTight(gap)).filter(isCardLayout),
        ...split(run, isAlike).filter((part) => isCardLayout(part) && !isSeries(part)),
        ...run.map((_, first) => longestCard(run, first, isListOfOrders)),
      ]
        .filter(isFree)
        .flatMap(spanOf);
    }),
};

/** Groups of numbers that USPS prints in blocks of four. */
function parcelsIn(run: readonly Group[], text: string): ReadonlySet<Group> {
  let end = 0;
  return new Set(
    run.filter(({ start, digits }) => {
      const isFirst = /^(?:420|9[1-5])/.test(digits);
      const parcel = isFirst ? BLOCKS_OF_A_PARCEL.exec(text.slice(start, start + PARCEL_CHARS)) : null;
      if (parcel) end = start + parcel[0].length;
      return start < end;
    }),
  );
}

/** Parts of a run within which each group goes with the one before it. */
function split(run: readonly Group[], goes: (group: Group, part: readonly Group[]) => boolean): readonly Group[][] {
  const parts: Group[][] = [];
  for (const group of run) {
    const part = parts.at(-1);
    if (part && goes(group, part)) part.push(group);
    else parts.push([group]);
  }
  return parts;
}

/** The same gap throughout; with commas it is a list. */
const isAlike = ({ gap }: Group, part: readonly Group[]): boolean =>
  !gap.includes(',') && gap === (part[1]?.gap ?? gap);

/**
 * The longest card that begins with the group `first`; without a group when none does. One run, groups of three and more,
 * or digit by digit: "38 39 40 41 42 43 44" are sizes.
 */
function longestCard(run: readonly Group[], first: number, isListOfOrders: boolean): readonly Group[] {
  const isSpelt = run[first]?.digits.length === 1;
  let digits = '';
  let isTightly = true;
  let end = first;
  for (let last = first; last < run.length; last += 1) {
    const next = run[last]?.digits ?? '';
    if (last > first && (isSpelt ? next.length !== 1 : next.length < 3 || digits.length < 3)) break;
    digits += next;
    isTightly &&= last === first || isTight(run[last]?.gap ?? '');
    if (digits.length > MOST) break;
    if (digits.length < LEAST || !passesLuhn(digits)) continue;
    if (isTightly || !isList(run.slice(first, last + 1), digits, isListOfOrders)) end = last + 1;
  }
  return run.slice(first, end);
}

function spanOf(groups: readonly Group[]): Span[] {
  const [from, to] = [groups[0], groups.at(-1)];
  return from && to ? [{ start: from.start, end: to.end, placeholder: '[CARD]' }] : [];
}

/** "orders 4101, 4102, 4103, 4104", "250, 500, 750, 1000, 1250 ml". */
function isList(groups: readonly Group[], digits: string, isOfOrders: boolean): boolean {
  const isListed = isOfOrders && groups.slice(1).every(({ gap }) => LIST_GAP.test(gap));
  return !ISSUER.test(digits) || isSeries(groups) || groups[0]?.digits.length === 3 || isListed;
}

/** Behind a word for orders, and with nothing at its end that makes the last one something else. */
function isOfOrders(run: readonly Group[], text: string): boolean {
  const [first, last] = [run[0], run.at(-1)];
  if (!first || !last || !LIST_GAP.test(last.gap)) return false;
  return (
    ORDER_WORD.test(text.slice(Math.max(0, first.start - CHARS_OF_WORD), first.start)) &&
    !/^\p{L}/u.test(text.slice(last.end, last.end + 1))
  );
}

/** The layouts that are nothing but cards: a mistyped digit makes them no less private. */
function isCardLayout(groups: readonly Group[]): boolean {
  return ['4 4 4 4', '4 6 5', '4 6 4'].includes(sizesOf(groups));
}

function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - place) - CODE_OF_ZERO;
    const doubled = place % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
