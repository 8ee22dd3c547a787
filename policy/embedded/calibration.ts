/** Calibration of scores: one curve for each group of intents, versioned (decisions §5.4). */
import type { Scores } from '../../events/decision.ts';
import { INTENTS, type Intent } from '../../events/words.ts';
import { PRIORITY_CLASSES } from '../intents.ts';

export const CALIBRATION_GROUPS = {
  P0: PRIORITY_CLASSES[0],
  P1: PRIORITY_CLASSES[1],
  P2P3: [...PRIORITY_CLASSES[2], ...PRIORITY_CLASSES[3]],
  P4: PRIORITY_CLASSES[4],
  P5: PRIORITY_CLASSES[5],
  P6: PRIORITY_CLASSES[6],
  P7: PRIORITY_CLASSES[7],
} as const satisfies Record<string, readonly Intent[]>;
type Group = keyof typeof CALIBRATION_GROUPS;

/** Coefficients over the score's logit and over how far it stands from the best other score, both in logits. */
export type Curve = {
  readonly slope: number;
  readonly offset: number;
  readonly ahead: number;
  readonly behind: number;
};

export type CalibrationMap = {
  readonly version: string;
  /** Version of the weights it was fitted on. */
  readonly weights: string;
  /** Calibrated = 1 / (1 + exp(−(offset + slope · own + ahead · lead + behind · lag))), see `evidenceOf`. */
  readonly curves: Readonly<Record<Group, Curve>>;
};

const LEAST = 1e-4;
const FARTHEST = 4;
const FARTHEST_BEHIND = 1.5;

function logitOf(score: number): number {
  const inside = Math.min(1 - LEAST, Math.max(LEAST, score));
  return Math.log(inside / (1 - inside));
}

export type Evidence = { readonly own: number; readonly lead: number; readonly lag: number };

/**
 * What a score is worth depends on its rivals: 0.4 alone on the field is an answer, 0.4 beside 0.9 is an echo. Two wishes with high
 * scores keep both.
 */
export function evidenceOf(raw: Scores, intent: Intent): Evidence {
  const own = logitOf(raw[intent] ?? 0);
  const rivals = INTENTS.filter((other) => other !== intent).map((other) => raw[other] ?? 0);
  const ahead = Math.min(FARTHEST, Math.max(-FARTHEST, own - logitOf(Math.max(0, ...rivals))));
  return { own, lead: Math.max(0, ahead), lag: Math.max(-FARTHEST_BEHIND, Math.min(0, ahead)) };
}

/** Every listed score through its group's curve; what was not scored stays unscored. */
export function calibrate(map: CalibrationMap, raw: Scores): Scores {
  const calibrated: Scores = {};
  for (const [group, intents] of Object.entries(CALIBRATION_GROUPS)) {
    const curve = map.curves[group as Group];
    for (const intent of intents)
      if (raw[intent] !== undefined) calibrated[intent] = onCurve(curve, evidenceOf(raw, intent));
  }
  return calibrated;
}

export function onCurve({ slope, offset, ahead, behind }: Curve, { own, lead, lag }: Evidence): number {
  return 1 / (1 + Math.exp(-(offset + slope * own + ahead * lead + behind * lag)));
}
