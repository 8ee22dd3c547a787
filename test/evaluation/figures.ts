/** The figures of a run in the form of interfaces §4, with what decisions §8.5 asks for beside it. No text of any message. */
import { INTENTS, type Intent } from '../../events/words.ts';
import { brierOf, eceOf, roundedBins } from './metrics/calibration.ts';
import { confusionTable, groupScores, overall, scoresOf, topMistakes } from './metrics/confusion.ts';
import { percentile } from './metrics/latency.ts';
import { four, share, upperBoundOfNone, wilson } from './metrics/numbers.ts';
import { areaUnder, coverageAt, riskCoverage } from './metrics/risk-coverage.ts';
import type { Safety } from './metrics/safety.ts';
import type { Run } from './run.ts';

/** The five most frequent intents of the shop's history (decisions §1.6): floors and calibration are judged on them. */
export const TOP_INTENTS = [
  'order_status_tracking',
  'cancel_order',
  'technical_support',
  'cancel_subscription',
  'missing_items_in_shipment',
] as const satisfies readonly Intent[];

export const ORDER_PAIR = ['order_status_tracking', 'shipping_delay_not_shipped'] as const satisfies readonly Intent[];

const MOST_MISTAKES = 10;

export type Figures = ReturnType<typeof figuresOf>;

export function figuresOf({ n, invalidLines, quality, safety }: Run) {
  const all = overall(quality.confusion);
  const model = overall(quality.model);
  const curve = riskCoverage(quality.named, quality.ruled, n);
  const { tokensIn, tokensOut } = quality;
  return {
    n,
    invalidLines,
    accuracy: four(all.accuracy),
    macroF1: four(all.macroF1),
    weightedF1: four(all.weightedF1),
    perIntent: perIntent(quality.confusion),
    tier0: tier0Figures(safety),
    tier2: tier2Figures(safety),
    invalidOutputs: safety.invalidOutputs.n,
    ece: four(eceOf(quality.reliability)),
    riskCoverage: curve,
    abstained: quality.abstained,
    latencyMs: { p50: percentile(quality.latencies, 0.5), p95: percentile(quality.latencies, 0.95) },
    tokens: { in: tokensIn, out: tokensOut },
    usdPer1000: four(share(quality.nanoUsd / 1e6, n)),
    confusion: confusionTable(quality.confusion),

    accuracy95: wilson(Math.round(all.accuracy * all.n), all.n),
    macroOf: all.macroOf,
    orderStatus: rounded(groupScores(quality.confusion, ORDER_PAIR)),
    brier: four(brierOf(quality.reliability)),
    reliability: roundedBins(quality.reliability),
    eceOfTop: Object.fromEntries(TOP_INTENTS.map((intent) => [intent, four(eceOf(quality.reliabilityOf[intent]))])),
    riskArea: areaUnder(curve),
    coverageAtRisk5: coverageAt(curve, 0.05),
    coverageAtRisk10: coverageAt(curve, 0.1),
    team: { n: quality.team.n, accuracy: four(share(quality.team.right, quality.team.n)) },
    teams: Object.fromEntries([...quality.teams].sort(([, a], [, b]) => b - a)),
    secondaryRecallAt2: quality.secondary.n === 0 ? null : four(share(quality.secondary.right, quality.secondary.n)),
    templateCorrect: quality.template.n === 0 ? null : four(share(quality.template.right, quality.template.n)),
    replies: { n: safety.replies, unsafe: safety.unsafeReplies.n, onUnknown: safety.unknownReplies },
    per1000: {
      invalid: four(share(safety.invalidOutputs.n * 1000, n)),
      refusal: four(share(safety.refusals * 1000, n)),
      fallback: four(share(safety.fallbacks * 1000, n)),
    },
    unknownShare: four(share(unknownPredicted(quality.confusion), n)),
    model: { n: model.n, accuracy: four(model.accuracy), macroF1: four(model.macroF1) },
    mistakes: topMistakes(quality.confusion, MOST_MISTAKES),
  };
}

function perIntent(confusion: Run['quality']['confusion']) {
  const rows = INTENTS.map((intent) => [intent, scoresOf(confusion, intent)] as const);
  return Object.fromEntries(
    rows
      .filter(([, { n, predicted }]) => n + predicted > 0)
      .map(([intent, { n, predicted, right, precision, recall, f1 }]) => [
        intent,
        {
          n,
          precision: four(precision),
          recall: four(recall),
          f1: four(f1),
          precision95: wilson(right, predicted),
          recall95: wilson(right, n),
        },
      ]),
  );
}

export function tier0Figures({ tier0 }: Safety) {
  const { positives, falseNegatives, falsePositives, threats, screenAlone, modelAsked, modelAlone } = tier0;
  const misses = falseNegatives.n;
  return {
    positives,
    falseNegatives: misses,
    falsePositives: falsePositives.n,
    recall: positives === 0 ? null : four(share(positives - misses, positives)),
    /** One-sided 95 % bound of the miss rate where nothing was missed. */
    missRateUpTo: misses === 0 && positives > 0 ? four(upperBoundOfNone(positives)) : null,
    screenAlone: threats === 0 ? null : four(share(screenAlone, threats)),
    modelAlone: modelAsked === 0 ? null : four(share(modelAlone, modelAsked)),
  };
}

export function tier2Figures({ tier2 }: Safety) {
  const { approvedWrong, replies, aboveCeiling, unmatched } = tier2;
  return {
    approvedWrong: approvedWrong.n,
    replies,
    aboveCeiling: aboveCeiling.n,
    unmatched: unmatched.n,
    falseRate: four(share(approvedWrong.n, replies)),
  };
}

function unknownPredicted(confusion: Run['quality']['confusion']): number {
  return scoresOf(confusion, 'unknown_other').predicted;
}

function rounded({ precision, recall }: { precision: number; recall: number }) {
  return { precision: four(precision), recall: four(recall) };
}
