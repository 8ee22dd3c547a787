/** What figures on the project's own data are worth: read from what the training script leaves beside the weights (issue 5). */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';

const OWN_FIGURES_FILE = fileURLToPath(new URL('../../../policy/embedded/own-figures.json', import.meta.url));

const Share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

/** Further keys are ignored. */
const OwnFiguresSchema = v.object({
  /** Whole author files left out of training, one after the other. */
  leaveOneAuthorOut: v.object({ macroF1: Share, byAuthor: v.optional(v.record(v.string(), Share)) }),
  /** Each intent's strongest n-grams masked in the test texts. */
  maskedNgrams: v.object({ perIntent: v.number(), macroF1: Share }),
});
export type OwnFigures = v.InferOutput<typeof OwnFiguresSchema>;

/** `null` when nothing was measured. Throws when the file holds something else. */
export function readOwnFigures(file = OWN_FIGURES_FILE): OwnFigures | null {
  return existsSync(file) ? v.parse(OwnFiguresSchema, JSON.parse(readFileSync(file, 'utf8'))) : null;
}
