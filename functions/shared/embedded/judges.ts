/** Classifier and verifier without a network: the weights of the repository behind both (decisions §3.8, §4). */

import type { Scores } from '../../../events/decision.ts';
import type { Intent } from '../../../events/words.ts';
import { askedIn, askedInTaken } from '../../../policy/embedded/asked.ts';
import { type CalibrationMap, calibrate } from '../../../policy/embedded/calibration.ts';
import { CALIBRATION } from '../../../policy/embedded/generated/calibration.ts';
import type { PackedWeights } from '../../../policy/embedded/linear.ts';
import { type EmbeddedModel, readText, scoreText, unpackWeights } from '../../../policy/embedded/model.ts';
import { readingOf, takenFrom } from '../../../policy/embedded/reading.ts';
import { unaskedIn, withoutUnasked } from '../../../policy/embedded/unasked.ts';
import { WEIGHTS } from '../../../policy/embedded/weights.ts';
import { statedWishes, withStated } from '../../../policy/embedded/wishes.ts';
import { classifyByKeywords } from '../../../policy/text/keywords.ts';
import { ORDER_STATE_LABELS, verifyEmbedded } from '../../../policy/verifier-embedded.ts';
import { CLASSIFIER_VERSIONS } from '../../../policy/versions.ts';
import type { Classifier, Verifier } from '../ports.ts';
import { reveal } from '../restricted.ts';

export type EmbeddedJudges = { readonly classifier: Classifier; readonly verifier: Verifier };

/**
 * The weights are unpacked when they are first asked (tens of milliseconds); a container does it once.
 *
 * Throws when the map was fitted on other weights: its scores would look calibrated and mean nothing.
 */
export function embeddedJudges(weights: PackedWeights = WEIGHTS, map: CalibrationMap = CALIBRATION): EmbeddedJudges {
  if (map.weights !== weights.version)
    throw new Error(`calibration ${map.version} was fitted on weights ${map.weights}, not on ${weights.version}`);
  let unpacked: EmbeddedModel | undefined;
  const model = () => {
    unpacked ??= unpackWeights(weights);
    return unpacked;
  };
  return { classifier: classifierOver(model, map), verifier: verifierOver(model, map) };
}

function classifierOver(model: () => EmbeddedModel, map: CalibrationMap): Classifier {
  return {
    kind: 'embedded',
    version: CLASSIFIER_VERSIONS.embedded,
    calibration: map.version,
    calibrate: ({ raw, stated = [], unasked = null }) =>
      withoutUnasked(withStated(calibrate(map, raw), stated), unasked),
    classify: async ({ text, channel }) => {
      const reading = readingOf(reveal(text));
      if (reading === '') return { raw: {}, tokensIn: 0, tokensOut: 0 };
      const read = readText(model(), reading, channel);
      return {
        raw: read.scores,
        stated: statedWishes(read, classifyByKeywords(reading).scores),
        unasked: unaskedIn(reading),
        tokensIn: 0,
        tokensOut: 0,
      };
    },
  };
}

/** What the reading asks for, and what it left out does. */
function wishesIn(read: (part: string) => Scores, written: string, reading: string): Wishes {
  const taken = takenFrom(written, reading);
  const ruled = (part: string): Scores => classifyByKeywords(part).scores;
  return { wishes: [...askedIn(read, reading), ...askedInTaken(read, ruled, taken.parts)], isTold: taken.speaks };
}

type Wishes = {
  readonly wishes: readonly Intent[];
  /** Something is said in the first person that no reader understood. */
  readonly isTold: boolean;
};
const NO_WISHES: Wishes = { wishes: [], isTold: false };

/** Conflict rules, 1.00 or deny; no network, so it never fails. */
function verifierOver(model: () => EmbeddedModel, map: CalibrationMap): Verifier {
  return {
    kind: 'embedded',
    async verify({ primaryIntent, channel, orderStateLabel, deterministicOrderLink, text: kept, ...signals }) {
      const written = kept && reveal(kept);
      const text = written === null ? null : readingOf(written);
      const read = (part: string) => calibrate(map, scoreText(model(), part, channel));
      const { wishes, isTold } = written === null || text === null ? NO_WISHES : wishesIn(read, written, text);
      const verdict = verifyEmbedded({
        proposedPrimaryIntent: primaryIntent,
        channel,
        orderStateLabel: ORDER_STATE_LABELS.find((label) => label === orderStateLabel) ?? 'unknown',
        deterministicOrderLink,
        text,
        signals: { ...signals, asksSomethingElse: signals.asksSomethingElse || isTold, wishes },
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
