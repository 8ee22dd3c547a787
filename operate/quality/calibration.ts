/** How often a confidence is right, by people's labels: ten bins of equal width, and the error over them (decisions §5.4). Pure. */
import type { Standing } from './labels.ts';
import { BINS, ratio } from './shares.ts';

export type CalibrationBin = {
  readonly from: number;
  readonly to: number;
  readonly n: number;
  readonly confidence: number | null;
  readonly correct: number | null;
};
export type Calibration = {
  readonly n: number;
  readonly accuracy: number | null;
  /** Expected calibration error; `null` without labels. */
  readonly ece: number | null;
  readonly bins: readonly CalibrationBin[];
};

/** Messages of the screen have no confidence: they count for the accuracy alone. */
export function calibrationOf(standing: readonly Standing[]): Calibration {
  const known = standing.flatMap(({ label, decided }) =>
    label === null ? [] : [{ confidence: decided.confidence, isRight: label.intent === decided.intent }],
  );
  const scored = known.filter(({ confidence }) => confidence !== null);
  const bins = Array.from({ length: BINS }, (_, bin): CalibrationBin => {
    const own = scored.filter(({ confidence }) => Math.min(BINS - 1, Math.floor((confidence ?? 0) * BINS)) === bin);
    const sum = own.reduce((total, { confidence }) => total + (confidence ?? 0), 0);
    return {
      from: bin / BINS,
      to: (bin + 1) / BINS,
      n: own.length,
      confidence: ratio(sum, own.length),
      correct: ratio(own.filter(({ isRight }) => isRight).length, own.length),
    };
  });
  const off = bins.reduce(
    (sum, { n, confidence, correct }) => sum + n * Math.abs((confidence ?? 0) - (correct ?? 0)),
    0,
  );
  return {
    n: known.length,
    accuracy: ratio(known.filter(({ isRight }) => isRight).length, known.length),
    ece: ratio(off, scored.length),
    bins,
  };
}
