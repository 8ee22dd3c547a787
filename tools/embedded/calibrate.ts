/** Scores → probabilities: for each group of intents a logistic curve over the score's logit, fitted on messages written apart from the training. */
import { CALIBRATION_GROUPS, type CalibrationMap, logitOf } from '../../policy/embedded/calibration.ts';
import type { Scores } from '../../events/decision.ts';
import type { Intent } from '../../events/words.ts';

export type Scored = { readonly intent: Intent; readonly also: readonly Intent[]; readonly raw: Scores };

const STEPS = 200;
const PRIOR = 1e-3; // keeps the curve finite where a group is told apart without an error
/** Below this a score says "not that", whatever the curve; such pairs would drown the rest. */
const LEAST_SCORE = 0.01;

export function fitCalibration(scored: readonly Scored[], version: string): CalibrationMap {
  const curves = Object.entries(CALIBRATION_GROUPS).map(([group, intents]) => {
    const pairs = scored.flatMap(({ intent, also, raw }) =>
      intents
        .filter((one) => (raw[one] ?? 0) >= LEAST_SCORE)
        .map((one) => ({ x: logitOf(raw[one] ?? 0), y: one === intent || also.includes(one) ? 1 : 0 })),
    );
    return [group, fitCurve(pairs)] as const;
  });
  return { version, curves: Object.fromEntries(curves) as CalibrationMap['curves'] };
}

/** Newton's method on the log-likelihood of `y = 1 / (1 + exp(-(slope * x + offset)))`. */
function fitCurve(pairs: readonly { x: number; y: number }[]): { slope: number; offset: number } {
  let [slope, offset] = [1, 0];
  for (let step = 0; step < STEPS; step += 1) {
    let [g0, g1, h00, h01, h11] = [PRIOR * offset, PRIOR * (slope - 1), PRIOR, 0, PRIOR];
    for (const { x, y } of pairs) {
      const p = 1 / (1 + Math.exp(-(slope * x + offset)));
      const w = p * (1 - p);
      g0 += p - y;
      g1 += (p - y) * x;
      h00 += w;
      h01 += w * x;
      h11 += w * x * x;
    }
    const det = h00 * h11 - h01 * h01;
    offset -= (h11 * g0 - h01 * g1) / det;
    slope -= (h00 * g1 - h01 * g0) / det;
  }
  const round = (value: number): number => Math.round(value * 1e4) / 1e4;
  return { slope: round(slope), offset: round(offset) };
}
