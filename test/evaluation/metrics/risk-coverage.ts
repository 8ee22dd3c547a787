/** Error against the share of messages that are routed, as the threshold sweeps 0.30–0.95 (decisions §8.5). */
import type { Reliability } from './calibration.ts';
import { four, share } from './numbers.ts';

const FIRST = 30;
const LAST = 95;

export type RiskPoint = { readonly threshold: number; readonly coverage: number; readonly risk: number };

/**
 * @param named    confidences of the rows with another prediction than `unknown_other`, which is never routed as an intent
 * @param decided  rows that a rule decided without a confidence: routed at any threshold
 * @param total    all rows
 */
export function riskCoverage(
  named: Reliability,
  decided: { readonly n: number; readonly right: number },
  total: number,
): RiskPoint[] {
  const points: RiskPoint[] = [];
  for (let step = FIRST; step <= LAST; step += 1) {
    const tail = (counts: Float64Array): number => counts.slice(step).reduce((sum, count) => sum + count, 0);
    const covered = tail(named.n) + decided.n;
    const right = tail(named.right) + decided.right;
    points.push({
      threshold: step / 100,
      coverage: four(share(covered, total)),
      risk: four(share(covered - right, covered)),
    });
  }
  return points;
}

/** Area under risk over coverage, by trapezes between the swept thresholds. */
export function areaUnder(points: readonly RiskPoint[]): number {
  const rising = [...points].sort((a, b) => a.coverage - b.coverage || b.threshold - a.threshold);
  return four(
    rising.reduce((area, point, index) => {
      const before = rising[index - 1];
      return before === undefined ? 0 : area + ((point.coverage - before.coverage) * (point.risk + before.risk)) / 2;
    }, 0),
  );
}

/** The most that is covered at no more than this risk; 0 where no threshold keeps it. */
export function coverageAt(points: readonly RiskPoint[], risk: number): number {
  return Math.max(0, ...points.filter((point) => point.risk <= risk).map(({ coverage }) => coverage));
}
