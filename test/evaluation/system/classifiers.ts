/** The classifiers that an evaluation can ask. */
import { keywordClassifier } from '../../../functions/shared/classifier/keyword.ts';
import type { Classifier } from '../../../functions/shared/ports.ts';

export const CLASSIFIER_NAMES = ['embedded', 'openai'] as const;
export type ClassifierName = (typeof CLASSIFIER_NAMES)[number];

/** The one switch: `embeddedClassifier` of `functions/shared/classifier/embedded.ts` belongs here. */
export const EMBEDDED: Classifier = keywordClassifier;
