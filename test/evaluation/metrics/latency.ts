/** Latencies in buckets that grow by 2 %: any percentile to that, in the same memory for any number of rows. */

const GROWTH = Math.log(1.02);
const LEAST_MS = 0.001;
const BUCKETS = 1_100; // up to 48 minutes

export type Latencies = { readonly buckets: Float64Array };

export function emptyLatencies(): Latencies {
  return { buckets: new Float64Array(BUCKETS) };
}

export function countLatency({ buckets }: Latencies, ms: number): void {
  const bucket = Math.min(BUCKETS - 1, Math.max(0, Math.ceil(Math.log(Math.max(ms, LEAST_MS) / LEAST_MS) / GROWTH)));
  buckets[bucket] = (buckets[bucket] ?? 0) + 1;
}

/** The upper edge of the bucket in which that share of the rows is reached, milliseconds; 0 without rows. */
export function percentile({ buckets }: Latencies, part: number): number {
  const total = buckets.reduce((sum, count) => sum + count, 0);
  if (total === 0) return 0;
  let seen = 0;
  for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
    seen += buckets[bucket] ?? 0;
    if (seen >= total * part) return Math.round(LEAST_MS * Math.exp(bucket * GROWTH) * 1000) / 1000;
  }
  return 0;
}
