/** Digits in groups, as cards and phone numbers are written. */

export type Group = {
  /** Half-open, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
  readonly digits: string;
  /** What stands between the group before it and this one; empty for the first of a run. */
  readonly gap: string;
};

const LONGEST_GAP = 5;
/** What people put between groups, as the inside of a class; dashes of every kind are read as "-". */
export const SIGNS_BETWEEN = '\\s.,/\\-_·•‧∙⋅・|*~';

/** Groups that belong together: nothing but what `isGap` accepts stands between one and the next. */
export function runsOf(text: string, isGap: (between: string) => boolean): readonly (readonly Group[])[] {
  const runs: Group[][] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const { 0: digits, index: start } of text.matchAll(/\d+/g)) {
    const gap = start - end <= LONGEST_GAP ? text.slice(end, start) : '';
    const isJoined = gap !== '' && isGap(gap);
    end = start + digits.length;
    const group = { start, end, digits, gap: isJoined ? gap : '' };
    if (isJoined) runs.at(-1)?.push(group);
    else runs.push([group]);
  }
  return runs;
}

/** "4 4 4 4": how many digits each group has. */
export const sizesOf = (groups: readonly Group[]): string => groups.map(({ digits }) => digits.length).join(' ');

/** Sizes, years and order numbers one after the other: up or down all the way, in steps of twenty at most. */
export function isSeries(groups: readonly Group[]): boolean {
  const steps = groups.slice(1).map(({ digits }, at) => Number(digits) - Number(groups[at]?.digits));
  const [first = 0] = steps;
  if (groups.some(({ digits }) => /^0\d/.test(digits))) return false;
  return first !== 0 && steps.every((step) => Math.abs(step) <= 20 && Math.sign(step) === Math.sign(first));
}

/** "250, 500, 1000": amounts of something. */
export const areRound = (groups: readonly Group[]): boolean => groups.every(({ digits }) => digits.endsWith('0'));
