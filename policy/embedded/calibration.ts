/** Calibration of scores: one curve for each group of intents, versioned (decisions §5.4). */
import type { Scores } from '../../events/decision.ts';
import type { Intent } from '../../events/words.ts';
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

export type CalibrationMap = {
  readonly version: string;
  /** Calibrated = 1 / (1 + exp(−(slope · logit(raw) + offset))). */
  readonly curves: Readonly<Record<Group, { readonly slope: number; readonly offset: number }>>;
};

const LEAST = 1e-6;

export function logitOf(score: number): number {
  const inside = Math.min(1 - LEAST, Math.max(LEAST, score));
  return Math.log(inside / (1 - inside));
}

/** Every listed score through its group's curve; what was not scored stays unscored. */
export function calibrate(map: CalibrationMap, raw: Scores): Scores {
  const calibrated: Scores = {};
  for (const [group, intents] of Object.entries(CALIBRATION_GROUPS)) {
    const { slope, offset } = map.curves[group as Group];
    for (const intent of intents) {
      const score = raw[intent];
      if (score !== undefined) calibrated[intent] = 1 / (1 + Math.exp(-(slope * logitOf(score) + offset)));
    }
  }
  return calibrated;
}
