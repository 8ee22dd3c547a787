/** What a measurement says (interfaces §6), and the machine it says it of. */

import { availableParallelism } from 'node:os';
import { createHistogram } from 'node:perf_hooks';

export type BenchRow = {
  readonly name: string;
  readonly unit: string;
  readonly value: number;
  readonly p50?: number;
  readonly p99?: number;
  /** How many single measurements are behind the value. */
  readonly n: number;
  readonly node: string;
  readonly cores: number;
  /** What the row is about, where a name has several: a function, a rate. */
  readonly of?: string;
  /** Compressed bytes (`bundle`). */
  readonly gzip?: number;
};

export type Measured = Omit<BenchRow, 'node' | 'cores'>;

export function benchRow(measured: Measured): BenchRow {
  return { ...measured, node: process.version.slice(1), cores: availableParallelism() };
}

/** Percentiles of times in milliseconds, kept to the microsecond. */
export function percentiles(times: readonly number[]): { p50: number; p99: number; max: number } {
  const histogram = createHistogram({ lowest: 1, highest: 3_600_000_000, figures: 4 });
  for (const ms of times) histogram.record(Math.max(1, Math.round(ms * 1000)));
  const at = (share: number): number => rounded(histogram.percentile(share) / 1000, 2);
  return { p50: at(50), p99: at(99), max: at(100) };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  if (middle === undefined) throw new Error('nothing was measured');
  return middle;
}

export function rounded(value: number, digits = 1): number {
  return Number(value.toFixed(digits));
}
