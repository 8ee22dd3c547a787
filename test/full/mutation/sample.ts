/** Draws edits by what a reader calls one thing: every unit of policy/ is as likely as any other, then every place in it. */
import type { Edit } from './edits.ts';
import type { Unit } from './units.ts';

export type Random = () => number;
export type Drawn = Edit & { readonly unit: string };

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

/** One edit of every unit that can be edited, in an order drawn by chance. */
export function* drawEdits(units: readonly Unit[], edits: readonly Edit[], random: Random): Generator<Drawn> {
  const byFile = Map.groupBy(edits, ({ file }) => file);
  const left = [...units];
  while (left.length > 0) {
    const [unit] = left.splice(Math.floor(random() * left.length), 1);
    if (unit === undefined) continue;
    const inside = (byFile.get(unit.file) ?? []).filter(({ start }) => start >= unit.start && start < unit.end);
    const places = [...Map.groupBy(inside, ({ kind, place }) => `${place}:${kind}`).values()];
    const place = places[Math.floor(random() * places.length)] ?? [];
    const edit = place[Math.floor(random() * place.length)];
    if (edit) yield { ...edit, unit: unit.name };
  }
}
