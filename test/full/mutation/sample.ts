/** Draws edits: every place in policy/ is as likely as any other, then every edit of the place. */
import type { Edit } from './edits.ts';

export type Random = () => number;

/** Mulberry32: small, and the same everywhere. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Different edits, in the order drawn; fewer than `count` only when there are no more places. */
export function drawEdits(edits: readonly Edit[], count: number, random: Random): Edit[] {
  const places = [...Map.groupBy(edits, ({ file, kind, place }) => `${file}:${place}:${kind}`).values()];
  const drawn: Edit[] = [];
  while (drawn.length < count && places.length > 0) {
    const [place = []] = places.splice(Math.floor(random() * places.length), 1);
    const edit = place[Math.floor(random() * place.length)];
    if (edit) drawn.push(edit);
  }
  return drawn;
}
