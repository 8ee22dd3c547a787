/** The classifiers that an evaluation can ask, each with the system around it. */
import { keywordClassifier } from '../../../functions/shared/classifier/keyword.ts';
import type { Classifier } from '../../../functions/shared/ports.ts';
import { embeddedVerifier } from '../../../functions/shared/verifier/embedded.ts';
import { shippedSetting } from './setting.ts';
import type { System } from './system.ts';

export const CLASSIFIER_NAMES = ['embedded', 'openai'] as const;
export type ClassifierName = (typeof CLASSIFIER_NAMES)[number];

/** The one switch: `embeddedClassifier` of `functions/shared/classifier/embedded.ts` belongs here. */
const EMBEDDED: Classifier = keywordClassifier;

export type Equipped = {
  readonly system: System;
  readonly versions: Readonly<Record<string, string>>;
  /** Share of real recordings among the answers used; `null` where no recording was asked. */
  readonly realShare: () => number | null;
};

export async function systemFor(name: ClassifierName): Promise<Equipped> {
  const setting = await shippedSetting();
  const clock = (): number => performance.now();
  if (name === 'embedded') {
    const system = { setting, classifier: EMBEDDED, verifier: embeddedVerifier, standIn: null, clock };
    return { system, versions: {}, realShare: () => null };
  }
  throw new Error('openai: to be joined');
}
