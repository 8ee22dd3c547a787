/** Places things below each other in a given order, each as near as can be to where it wants to be. Pure. */
import { STEP } from './parts.ts';

export type Item = {
  readonly key: string;
  readonly height: number;
  readonly wants: number;
  readonly gapBefore: number;
};

/** Tops by key, on the grid, none above 0 and none below `room` unless they do not fit. */
export function stacked(items: readonly Item[], room: number): Map<string, number> {
  let offset = 0;
  const offsets = items.map(({ height, gapBefore }, index) => {
    const at = offset + (index === 0 ? 0 : gapBefore);
    offset = at + height;
    return at;
  });
  // Pools neighbours that would overlap and gives a pool the mean of its wishes.
  const pools: { sum: number; count: number }[] = [];
  for (const [index, { wants }] of items.entries()) {
    pools.push({ sum: wants - (offsets[index] ?? 0), count: 1 });
    while (pools.length > 1 && meanOf(pools.at(-2)) > meanOf(pools.at(-1))) {
      const last = pools.pop();
      const before = pools.at(-1);
      if (last === undefined || before === undefined) break;
      before.sum += last.sum;
      before.count += last.count;
    }
  }
  const most = Math.max(0, room - offset);
  const shifts = pools.flatMap((pool) => Array.from({ length: pool.count }, () => meanOf(pool)));
  return new Map(
    items.map(({ key }, index) => {
      const shift = Math.min(most, Math.max(0, shifts[index] ?? 0));
      return [key, Math.floor(shift / STEP) * STEP + (offsets[index] ?? 0)];
    }),
  );
}

const meanOf = (pool: { sum: number; count: number } | undefined): number =>
  pool === undefined ? 0 : pool.sum / pool.count;
