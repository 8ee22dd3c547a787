/** The ordered phrase list as a classifier: no network, the same answer for the same text (issue 3, item 5). */
import type { Scores } from '../../../events/decision.ts';
import { classifyByKeywords } from '../../../policy/text/keywords.ts';
import { CLASSIFIER_VERSIONS } from '../../../policy/versions.ts';
import type { Classifier, ClassifierRequest, Scored } from '../ports.ts';

export const keywordClassifier = {
  kind: 'keyword' as const,
  version: CLASSIFIER_VERSIONS.keyword,
  // Its scores are set by hand; there is nothing to fit a map to.
  calibration: 'identity@1.0.0',
  calibrate: (raw: Scores) => raw,
  classify: async ({ text }: Pick<ClassifierRequest, 'channel' | 'text'>): Promise<Scored> => ({
    raw: { ...classifyByKeywords(text).scores },
    tokensIn: 0,
    tokensOut: 0,
  }),
} satisfies Classifier;
