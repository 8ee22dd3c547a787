/** Scores → probabilities: for each group of intents one curve, fitted on messages written apart from the training. */
import type { Scores } from '../../events/decision.ts';
import type { Intent } from '../../events/words.ts';
import {
  CALIBRATION_GROUPS,
  type CalibrationMap,
  type Curve,
  evidenceOf,
  onCurve,
} from '../../policy/embedded/calibration.ts';
import { CALIBRATION_VERSIONS } from '../../policy/versions.ts';

/** A message of the calibration split, or two of them in one, with what it asks for. */
export type Scored = { readonly intents: readonly Intent[]; readonly weight: number; readonly raw: Scores };

const STEPS = 3_000;
const RATE = 0.5;
const PRIOR = 1e-3; // keeps the curve finite where a group is told apart without an error
/** Below this a score says "not that", whatever the curve; such pairs would drown the rest. */
const LEAST_SCORE = 0.01;

type Pair = {
  readonly inputs: readonly [number, number, number, number];
  readonly isRight: boolean;
  readonly weight: number;
};

export function fitCalibration(scored: readonly Scored[], weights: string): CalibrationMap {
  const curves = Object.entries(CALIBRATION_GROUPS).map(([group, intents]) => {
    const pairs = scored.flatMap(({ intents: right, weight, raw }) =>
      intents
        .filter((one) => (raw[one] ?? 0) >= LEAST_SCORE)
        .map((one): Pair => {
          const { own, lead, lag } = evidenceOf(raw, one);
          return { inputs: [1, own, lead, lag], isRight: right.includes(one), weight };
        }),
    );
    return [group, fitCurve(pairs)] as const;
  });
  return {
    version: CALIBRATION_VERSIONS.embedded,
    weights,
    curves: Object.fromEntries(curves) as CalibrationMap['curves'],
  };
}

/** Gradient descent on the log-likelihood; no coefficient may turn the order of scores around. */
function fitCurve(pairs: readonly Pair[]): Curve {
  const curve = { offset: 0, slope: 1, ahead: 0, behind: 0 };
  const names = ['offset', 'slope', 'ahead', 'behind'] as const;
  for (let step = 0; step < STEPS; step += 1) {
    const slopes = [PRIOR * curve.offset, PRIOR * (curve.slope - 1), PRIOR * curve.ahead, PRIOR * curve.behind];
    for (const { inputs, isRight, weight } of pairs) {
      const [, own, lead, lag] = inputs;
      const error = (onCurve(curve, { own, lead, lag }) - (isRight ? 1 : 0)) * (weight / pairs.length);
      for (const at of names.keys()) slopes[at] = (slopes[at] ?? 0) + error * (inputs[at] ?? 0);
    }
    for (const [at, name] of names.entries()) {
      const next = curve[name] - RATE * (slopes[at] ?? 0);
      curve[name] = name === 'offset' ? next : Math.max(0, next);
    }
  }
  const round = (value: number): number => Math.round(value * 1e4) / 1e4;
  return {
    slope: round(curve.slope),
    offset: round(curve.offset),
    ahead: round(curve.ahead),
    behind: round(curve.behind),
  };
}
