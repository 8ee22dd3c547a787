/**
 * The smallest part of a list for which something still holds, of which no further piece can be left out (Zeller, ddmin).
 *
 * @param holds  is true of the whole; asked about parts only, in order. Answers "no" for good once it wants no more.
 */
export async function ddmin<T>(
  items: readonly T[],
  holds: (kept: readonly T[]) => Promise<boolean>,
  { least = 0 }: { readonly least?: 0 | 1 } = {},
): Promise<readonly T[]> {
  if (items.length > least && (await holds(items.slice(0, least)))) return items.slice(0, least);
  let kept = items;
  let pieces = 2;
  while (kept.length >= 2) {
    const size = Math.ceil(kept.length / pieces);
    const smaller = await firstThat(candidates(kept, size), holds);
    if (smaller) {
      // A piece alone is cut in halves again; without one piece the others stay as they are.
      pieces = smaller.length <= size ? 2 : Math.max(2, pieces - 1);
      kept = smaller;
    } else if (size > 1) pieces = Math.min(kept.length, pieces * 2);
    else break;
  }
  return kept;
}

/** Each piece alone, then all but each piece. */
function candidates<T>(items: readonly T[], size: number): (readonly T[])[] {
  const starts = Array.from({ length: Math.ceil(items.length / size) }, (_value, index) => index * size);
  return [
    ...starts.map((start) => items.slice(start, start + size)),
    ...(starts.length > 2 ? starts.map((start) => items.toSpliced(start, size)) : []),
  ];
}

async function firstThat<T>(
  lists: readonly (readonly T[])[],
  holds: (kept: readonly T[]) => Promise<boolean>,
): Promise<readonly T[] | undefined> {
  for (const list of lists) if (await holds(list)) return list;
  return undefined;
}
