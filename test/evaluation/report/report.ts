/** Everything a report says. Numbers, ids and names: no text of any message. */
import type { Figures } from '../figures.ts';
import type { Gate } from '../gates/gate.ts';
import type { suiteFigures } from '../gates/suites.ts';
import type { OperatingPoint } from '../operating-points.ts';
import type { OwnFigures } from './own-figures.ts';

export type Report = {
  readonly file: string;
  readonly split: string;
  readonly figures: Figures;
  readonly gates: readonly Gate[];
  /** `null` when the suites were not run. */
  readonly suites: ReturnType<typeof suiteFigures> | null;
  readonly versions: Readonly<Record<string, string>>;
  /** What the training script measured; `null` where it did not. */
  readonly own: OwnFigures | null;
  /** The thresholds against the calibration corpus; `null` where the corpus says nothing of the classifier. */
  readonly points: readonly OperatingPoint[] | null;
  /** The share of real, not authored, recordings among those used; `null` where none was. */
  readonly openaiMeasured: number | null;
};

/** The object of `--json` (interfaces §4). */
export function reportJson({ figures, gates, suites, versions, own, points, file, split }: Report): object {
  return {
    ...figures,
    gates: gates.map(({ checks: _, ...line }) => line),
    versions,
    data: { file, split },
    suites,
    ownData: own,
    operatingPoints: points,
  };
}

export const OPENAI_NOT_MEASURED = 'openai quality: not measured';

export function openaiLine({ openaiMeasured }: Report): string {
  if (openaiMeasured === null || openaiMeasured < 1) return OPENAI_NOT_MEASURED;
  return 'openai quality: measured on real recordings';
}
