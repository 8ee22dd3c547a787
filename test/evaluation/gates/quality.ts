/** H7 to H10: how good the decisions must be, against the baseline and absolutely (decisions §8.6, §5.4). */
import { type Figures, TOP_INTENTS } from '../figures.ts';
import type { Baseline } from './baseline.ts';
import { atLeast, atMost, type Check, exactly, type Gate, gate, NO_BASELINE, notApplicable, PHASE_A } from './gate.ts';

/** Below this an intent's figures are no judgement (interfaces §4). */
const LEAST_ROWS = 20;

const two = (value: number): number => Math.round(value * 10_000) / 10_000;

const AGAINST_BASELINE = [
  ['H7', 'global quality'],
  ['H8', 'intent floors'],
] as const;

/** @param isPhaseA  says that a baseline need not be there yet; else its absence is a failure, for nothing would ever be compared */
export function againstBaseline(figures: Figures, baseline: Baseline | null, isPhaseA: boolean): Gate[] {
  if (baseline === null)
    return AGAINST_BASELINE.map(([id, name]) =>
      isPhaseA ? notApplicable(id, name, PHASE_A) : gate(id, name, [exactly('baselines', 0, 1)], NO_BASELINE),
    );
  const floors = TOP_INTENTS.flatMap((intent): Check[] => {
    const before = baseline.perIntent[intent];
    const now = figures.perIntent[intent];
    if (before === undefined) return [];
    return (['recall', 'precision'] as const).map((of) =>
      atLeast(`${intent}.${of}`, now?.[of] ?? 0, two(before[of] - 0.03)),
    );
  });
  return [
    gate(...AGAINST_BASELINE[0], [
      atLeast('macroF1', figures.macroF1, two(baseline.macroF1 - 0.02)),
      atLeast('accuracy', figures.accuracy, two(baseline.accuracy - 0.02)),
    ]),
    gate(...AGAINST_BASELINE[1], floors),
  ];
}

/** H9 and H10, `n/a` while one of the intents they judge has too few rows. */
export function absolute(figures: Figures): Gate[] {
  const thin = TOP_INTENTS.filter((intent) => (figures.perIntent[intent]?.n ?? 0) < LEAST_ROWS);
  if (thin.length > 0) {
    const why = `fewer than ${LEAST_ROWS} rows: ${thin.join(', ')}`;
    return [notApplicable('H9', 'absolute', why), notApplicable('H10', 'calibration', why)];
  }
  return [
    gate('H9', 'absolute', [
      atLeast('macroF1', figures.macroF1, 0.75),
      atLeast('weightedF1', figures.weightedF1, 0.9),
      ...TOP_INTENTS.map((intent) => atLeast(`f1.${intent}`, figures.perIntent[intent]?.f1 ?? 0, 0.85)),
      atLeast('orderStatusPrecision', figures.orderStatus.precision, 0.9),
    ]),
    gate('H10', 'calibration', [
      atMost('ece', figures.ece, 0.05),
      ...TOP_INTENTS.map((intent) => atMost(`ece.${intent}`, figures.eceOfTop[intent] ?? 0, 0.1)),
      ...operatingPoints(figures),
    ]),
  ];
}

/** What issue 5 asks on the project's own test split, above the numbers of the specification, by which other data are judged. */
export function ownDataGoals({ macroF1, weightedF1 }: Figures): Gate {
  return gate('own-data', 'goals', [atLeast('macroF1', macroF1, 0.9), atLeast('weightedF1', weightedF1, 0.93)]);
}

/** The least accurate of the bins whose scores all reach an operating point; no bin there says nothing. */
function operatingPoints({ reliability }: Figures): Check[] {
  const points = [
    { from: 0.7, accuracy: 0.7 },
    { from: 0.9, accuracy: 0.85 },
  ];
  return points.flatMap(({ from, accuracy }) => {
    const bins = reliability.filter((bin) => bin.from >= from);
    if (bins.length === 0) return [];
    return [atLeast(`accuracyFrom${from.toFixed(2)}`, Math.min(...bins.map((bin) => bin.accuracy)), accuracy)];
  });
}
