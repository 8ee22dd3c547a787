/** Classifier and verifier without a network: the weights of the repository behind both (decisions §3.8, §4). */

import { askedIn } from '../../../policy/embedded/asked.ts';
import { calibrate } from '../../../policy/embedded/calibration.ts';
import { CALIBRATION } from '../../../policy/embedded/generated/calibration.ts';
import { type EmbeddedModel, readText, scoreText, unpackWeights } from '../../../policy/embedded/model.ts';
import { readingOf } from '../../../policy/embedded/reading.ts';
import { WEIGHTS } from '../../../policy/embedded/weights.ts';
import { statedWishes, withStated } from '../../../policy/embedded/wishes.ts';
import { classifyByKeywords } from '../../../policy/text/keywords.ts';
import { ORDER_STATE_LABELS, verifyEmbedded } from '../../../policy/verifier-embedded.ts';
import { CLASSIFIER_VERSIONS } from '../../../policy/versions.ts';
import type { Classifier, Verifier } from '../ports.ts';

export type EmbeddedJudges = { readonly classifier: Classifier; readonly verifier: Verifier };

/** Unpacks the weights (tens of milliseconds); a container does it once. */
export function embeddedJudges(): EmbeddedJudges {
  const model = unpackWeights(WEIGHTS);
  return { classifier: classifierOver(model), verifier: verifierOver(model) };
}

function classifierOver(model: EmbeddedModel): Classifier {
  return {
    kind: 'embedded',
    version: CLASSIFIER_VERSIONS.embedded,
    calibration: CALIBRATION.version,
    calibrate: ({ raw, stated = [] }) => withStated(calibrate(CALIBRATION, raw), stated),
    classify: async ({ text, channel }) => {
      const reading = readingOf(text);
      if (reading === '') return { raw: {}, tokensIn: 0, tokensOut: 0 };
      const read = readText(model, reading, channel);
      return {
        raw: read.scores,
        stated: statedWishes(read, classifyByKeywords(reading).scores),
        tokensIn: 0,
        tokensOut: 0,
      };
    },
  };
}

/** Conflict rules, 1.00 or deny; no network, so it never fails. */
function verifierOver(model: EmbeddedModel): Verifier {
  return {
    kind: 'embedded',
    async verify({ primaryIntent, channel, orderStateLabel, deterministicOrderLink, text: written, ...signals }) {
      const text = written === null ? null : readingOf(written);
      const read = (part: string) => calibrate(CALIBRATION, scoreText(model, part, channel));
      const verdict = verifyEmbedded({
        proposedPrimaryIntent: primaryIntent,
        channel,
        orderStateLabel: ORDER_STATE_LABELS.find((label) => label === orderStateLabel) ?? 'unknown',
        deterministicOrderLink,
        text,
        signals: { ...signals, wishes: text === null ? [] : askedIn(read, text) },
      });
      return {
        kind: 'embedded',
        failure: null,
        allow: verdict.allow_tier2,
        confidence: verdict.confidence,
        downgradeTo: verdict.downgrade_to_tier,
        reasonCode: verdict.reason_code,
      };
    },
  };
}
