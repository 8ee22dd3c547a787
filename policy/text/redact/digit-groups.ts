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

/** Sizes, years and order numbers one after the other: each within twenty of the one before, none twice. */
export function isSeries(groups: readonly Group[]): boolean {
  const steps = groups.slice(1).map(({ digits }, at) => Math.abs(Number(digits) - Number(groups[at]?.digits)));
  return steps.length > 0 && steps.every((step) => step > 0 && step <= 20);
}

/** "250, 500, 1000": amounts of something. */
export const areRound = (groups: readonly Group[]): boolean => groups.every(({ digits }) => digits.endsWith('0'));
