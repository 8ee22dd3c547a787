/** What happened within the last seconds: counts by the second, and samples for percentiles. Times are epoch milliseconds. */

export type Rate = {
  add(at: number, count?: number): void;
  /** A second, over the whole window. */
  perSecond(now: number): number;
  /** Within the window. */
  count(now: number): number;
};

/** @param seconds  length of the window */
export function createRate(seconds: number): Rate {
  // One more than the window has: the second that is just running counts beside the full ones.
  const counts = new Array<number>(seconds + 1).fill(0);
  let newest = 0;
  const advance = (now: number): void => {
    const second = Math.floor(now / 1000);
    if (second <= newest) return;
    if (second - newest > seconds) counts.fill(0);
    else for (let at = newest + 1; at <= second; at += 1) counts[at % counts.length] = 0;
    newest = second;
  };
  const count = (now: number): number => {
    advance(now);
    return counts.reduce((sum, one) => sum + one, 0);
  };
  return {
    add(at, added = 1) {
      advance(at);
      // A clock that was set back counts into the newest second.
      counts[newest % counts.length] = (counts[newest % counts.length] ?? 0) + added;
    },
    count,
    perSecond: (now) => count(now) / seconds,
  };
}

export type Samples = {
  add(at: number, value: number): void;
  /** The nearest rank; `null` where nothing was sampled within the window. */
  percentiles(now: number, ...shares: readonly number[]): readonly (number | null)[];
};

/** @param most  the last so many are looked at */
export function createSamples(windowMs: number, most: number): Samples {
  const ats = new Float64Array(most);
  const values = new Float64Array(most);
  let next = 0;
  let filled = 0;
  return {
    add(at, value) {
      ats[next] = at;
      values[next] = value;
      next = (next + 1) % most;
      filled = Math.min(most, filled + 1);
    },
    percentiles(now, ...shares) {
      const young: number[] = [];
      for (let index = 0; index < filled; index += 1)
        if ((ats[index] ?? 0) >= now - windowMs) young.push(values[index] ?? 0);
      young.sort((one, other) => one - other);
      return shares.map((share) => young[Math.max(0, Math.ceil(young.length * share) - 1)] ?? null);
    },
  };
}
