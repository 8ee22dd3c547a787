/** The embedded classifier: weights of the repository, no network, the same answer for the same text (decisions §3.8). */
import { calibrate } from '../../../policy/embedded/calibration.ts';
import { CALIBRATION } from '../../../policy/embedded/generated/calibration.ts';
import { WEIGHTS } from '../../../policy/embedded/generated/weights.ts';
import { scoreText, unpackWeights } from '../../../policy/embedded/model.ts';
import { CLASSIFIER_VERSIONS } from '../../../policy/versions.ts';
import type { Classifier } from '../ports.ts';

/** Unpacks the weights; a container does it once. */
export function embeddedClassifier(): Classifier {
  const model = unpackWeights(WEIGHTS);
  return {
    kind: 'embedded',
    version: CLASSIFIER_VERSIONS.embedded,
    calibration: CALIBRATION.version,
    calibrate: (raw) => calibrate(CALIBRATION, raw),
    classify: async ({ text, channel }) => ({ raw: scoreText(model, text, channel), tokensIn: 0, tokensOut: 0 }),
  };
}
