/** The learnt part of the Tier 0 screen: threats in words that no rule names (decisions §2.1). It knows nothing of the classifier. */
import type { RiskFlag } from '../../events/words.ts';
import { type LinearModel, logitsOf, type PackedWeights, unpackLinear } from '../embedded/linear.ts';
import { normalisedCopies } from '../text/normalise.ts';
import { threatReader } from './features.ts';
import { windowsOf } from './windows.ts';

/** Families that are learnt, in the order of the weights; danger and self-harm are left to the rules. */
export const LEARNED_RULES = [
  { id: 'learned.chargeback', family: 'CHARGEBACK_DISPUTE', intent: 'chargeback_dispute' },
  { id: 'learned.legal', family: 'LEGAL_THREAT', intent: 'legal_threat' },
  { id: 'learned.harassment', family: 'HARASSMENT_THREATS', intent: 'harassment_threats' },
  { id: 'learned.fraud', family: 'FRAUD_SUSPECTED', intent: 'fraud_suspected' },
] as const satisfies readonly { id: string; family: RiskFlag; intent: string }[];

/** That a 1 may be an l as well as an i is left to the rules. */
const COPIES = 2;

export type LearnedRule = (typeof LEARNED_RULES)[number];
export type LearnedWeights = PackedWeights & {
  /** Least logit that is a hit, by family. */
  readonly thresholds: readonly number[];
};
export type Detector = { readonly model: LinearModel; readonly thresholds: readonly number[] };

/** @throws when the parts of the weights do not belong together */
export function detectorOf(weights: LearnedWeights): Detector {
  const { length } = LEARNED_RULES;
  if (weights.thresholds.length !== length) throw new Error('learned screen: not one threshold for each family');
  return { model: unpackLinear(weights, length), thresholds: weights.thresholds };
}

/** The family that a stretch of the text is furthest over its threshold for; none where no stretch is over one. */
export function learnedHit({ model, thresholds }: Detector, text: string): LearnedRule | undefined {
  const over = strongestLogits(model, text).map((logit, k) => logit - (thresholds[k] ?? Number.POSITIVE_INFINITY));
  const most = Math.max(...over);
  return most >= 0 ? LEARNED_RULES[over.indexOf(most)] : undefined;
}

/** By family, over all stretches of the plain copy and of one with disguises undone; a stretch that both share is read once. */
export function strongestLogits(model: LinearModel, text: string): number[] {
  const windows = new Map(
    normalisedCopies(text)
      .slice(0, COPIES)
      .flatMap((copy) => windowsOf(copy).map((window) => [JSON.stringify(window), window] as const)),
  );
  const featuresOf = threatReader();
  const logits = [...windows.values()].map((window) => logitsOf(model, ...featuresOf(window)));
  return LEARNED_RULES.map((_, k) => Math.max(Number.NEGATIVE_INFINITY, ...logits.map((one) => one[k] ?? 0)));
}
