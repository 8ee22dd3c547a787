/** Choices from a stream of chances. */

export type Chance = () => number;

export function pick<T>(chance: Chance, from: readonly [T, ...T[]]): T {
  return from[Math.floor(chance() * from.length)] ?? from[0];
}

/** One of several by weight. */
export function pickWeighted<T>(chance: Chance, from: readonly [readonly [number, T], ...(readonly [number, T])[]]): T {
  let left = chance() * from.reduce((sum, [weight]) => sum + weight, 0);
  for (const [weight, value] of from) {
    left -= weight;
    if (left < 0) return value;
  }
  return from[0][1];
}

/** A whole number from `low` to `high`, both included. */
export function between(chance: Chance, low: number, high: number): number {
  return low + Math.floor(chance() * (high - low + 1));
}
