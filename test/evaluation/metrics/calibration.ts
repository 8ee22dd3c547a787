/**
 * Reliability of routing confidences. They have two decimals, so counts per hundredth are all there is to know, and no
 * row has to be kept. Rows of one hundredth are alike: where the end of a bin falls among them, bin and neighbour share
 * them in proportion, so that the figure does not hang on the order of the file.
 */
import { four, share } from './numbers.ts';

const STEPS = 101;
const BINS = 10;

export type Reliability = { readonly n: Float64Array; readonly right: Float64Array };
export type Bin = {
  /** Least and greatest confidence in it. */
  readonly from: number;
  readonly to: number;
  readonly n: number;
  readonly confidence: number;
  readonly accuracy: number;
};

export function emptyReliability(): Reliability {
  return { n: new Float64Array(STEPS), right: new Float64Array(STEPS) };
}

export function countConfidence(reliability: Reliability, confidence: number, isRight: boolean): void {
  const step = Math.round(confidence * 100);
  reliability.n[step] = (reliability.n[step] ?? 0) + 1;
  if (isRight) reliability.right[step] = (reliability.right[step] ?? 0) + 1;
}

/** At most ten bins of equal mass, lowest first; none where nothing was counted. */
export function binsOf({ n, right }: Reliability): Bin[] {
  const total = n.reduce((sum, count) => sum + count, 0);
  const bins: Bin[] = [];
  if (total === 0) return bins;
  const mass = total / BINS;
  let bin = { n: 0, right: 0, sum: 0, from: 0, to: 0 };
  for (let step = 0; step < STEPS; step += 1) {
    let left = n[step] ?? 0;
    const accuracy = share(right[step] ?? 0, left);
    while (left > 1e-9) {
      const taken = Math.min(left, mass - bin.n);
      if (bin.n === 0) bin.from = step / 100;
      bin = {
        n: bin.n + taken,
        right: bin.right + taken * accuracy,
        sum: bin.sum + (taken * step) / 100,
        from: bin.from,
        to: step / 100,
      };
      left -= taken;
      if (bin.n >= mass - 1e-9) {
        bins.push(finished(bin));
        bin = { n: 0, right: 0, sum: 0, from: 0, to: 0 };
      }
    }
  }
  if (bin.n > 1e-6) bins.push(finished(bin));
  return bins;
}

function finished({
  n,
  right,
  sum,
  from,
  to,
}: {
  n: number;
  right: number;
  sum: number;
  from: number;
  to: number;
}): Bin {
  return { from, to, n, confidence: sum / n, accuracy: right / n };
}

/** Expected calibration error: the bins' gaps between confidence and accuracy, by mass. 0 where nothing was counted. */
export function eceOf(reliability: Reliability): number {
  const bins = binsOf(reliability);
  const total = bins.reduce((sum, { n }) => sum + n, 0);
  return share(
    bins.reduce((sum, { n, confidence, accuracy }) => sum + n * Math.abs(accuracy - confidence), 0),
    total,
  );
}

/** Mean squared distance between confidence and being right. */
export function brierOf({ n, right }: Reliability): number {
  let total = 0;
  let sum = 0;
  for (let step = 0; step < STEPS; step += 1) {
    const all = n[step] ?? 0;
    const hits = right[step] ?? 0;
    total += all;
    sum += hits * (1 - step / 100) ** 2 + (all - hits) * (step / 100) ** 2;
  }
  return share(sum, total);
}

/** Bins as a report says them. */
export function roundedBins(reliability: Reliability): Bin[] {
  return binsOf(reliability).map((bin) => ({
    ...bin,
    n: Math.round(bin.n * 10) / 10,
    confidence: four(bin.confidence),
    accuracy: four(bin.accuracy),
  }));
}
