/** From raw scores of a classifier to calibrated ones: a map of monotone curves, one for each group of intents (decisions §5.4). */
import type { Scores } from '../events/decision.ts';
import { INTENTS } from '../events/words.ts';
import type { PriorityClass } from './intents.ts';
import { classOf } from './matrix.ts';

/** Intents whose scores err alike are fitted together. */
const CALIBRATION_GROUPS = ['P0', 'P1', 'P2+P3', 'P4', 'P5', 'P6', 'P7'] as const;
type CalibrationGroup = (typeof CALIBRATION_GROUPS)[number];

const GROUP_OF_CLASS: Readonly<Record<PriorityClass, CalibrationGroup>> = {
  0: 'P0',
  1: 'P1',
  2: 'P2+P3',
  3: 'P2+P3',
  4: 'P4',
  5: 'P5',
  6: 'P6',
  7: 'P7',
};

export type CalibrationCurve =
  /** Straight lines between (raw, calibrated); level before the first point and behind the last. */
  | { readonly kind: 'linear'; readonly points: readonly (readonly [raw: number, calibrated: number])[] }
  /** 1 / (1 + e^−(slope × logit(raw) + intercept)); slope 1 and intercept 0 change nothing. */
  | { readonly kind: 'logistic'; readonly slope: number; readonly intercept: number };

export type CalibrationMap = {
  readonly version: string;
  /** The classifier version whose scores it was fitted on; those of another mean something else. */
  readonly classifier: string;
  /** A group that is not here keeps its raw scores. */
  readonly groups: Readonly<Partial<Record<CalibrationGroup, CalibrationCurve>>>;
};

/** Calibrated scores, 0 to 1, not rounded; only intents that have a raw score get one. */
export function calibrate({ groups }: CalibrationMap, raw: Scores): Scores {
  const calibrated: Scores = {};
  for (const intent of INTENTS) {
    const score = raw[intent];
    if (score === undefined) continue;
    const curve = groups[GROUP_OF_CLASS[classOf(intent)]];
    calibrated[intent] = curve === undefined ? score : onCurve(curve, score);
  }
  return calibrated;
}

function onCurve(curve: CalibrationCurve, raw: number): number {
  return curve.kind === 'linear' ? between(curve.points, raw) : logistic(curve, raw);
}

function between(points: readonly (readonly [number, number])[], raw: number): number {
  const above = points.findIndex(([at]) => raw <= at);
  const [x1, y1] = points.at(above) ?? [raw, raw];
  // Before the first point and behind the last the curve is level.
  if (above <= 0) return y1;
  const [x0, y0] = points[above - 1] ?? [x1, y1];
  return y0 + ((y1 - y0) * (raw - x0)) / (x1 - x0);
}

function logistic({ slope, intercept }: { slope: number; intercept: number }, raw: number): number {
  if (raw <= 0) return 0;
  if (raw >= 1) return 1;
  return 1 / (1 + Math.exp(-(slope * Math.log(raw / (1 - raw)) + intercept)));
}

/** What is wrong with a map, by group; empty when every curve rises, or at least never falls, within 0 to 1. */
export function calibrationProblems({ groups }: Pick<CalibrationMap, 'groups'>): string[] {
  return CALIBRATION_GROUPS.flatMap((group) => {
    const curve = groups[group];
    const problem = curve === undefined ? null : problemOf(curve);
    return problem === null ? [] : [`${group}: ${problem}`];
  });
}

function problemOf(curve: CalibrationCurve): string | null {
  if (curve.kind === 'logistic') {
    return curve.slope > 0 && Number.isFinite(curve.slope + curve.intercept) ? null : 'a slope above 0, finite numbers';
  }
  const isInside = curve.points.flat().every((value) => value >= 0 && value <= 1);
  const isRising = curve.points.every(([x, y], at) => {
    const [before, level] = curve.points[at - 1] ?? [-1, 0];
    return x > before && y >= level;
  });
  return curve.points.length > 0 && isInside && isRising ? null : 'points that rise, 0 to 1, one at least';
}
