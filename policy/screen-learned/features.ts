/** What the learnt part of the screen sees: words, letters and concepts of a stretch of text, never what a rule said of it. */
import { conceptGrams, featureHash, letterGrams, wordNamesOf } from '../embedded/grams.ts';
import type { Features } from '../embedded/linear.ts';
import type { Sentence } from '../embedded/tokens.ts';

/** The length of each group of features: what it counts beside the others. */
const GROUPS = [
  { name: 'words', weight: 2, gramsOf: wordNamesOf },
  { name: 'letters', weight: 0.8, gramsOf: letterGrams },
  { name: 'concepts', weight: 0.5, gramsOf: conceptGrams },
] as const;

export function threatFeatures(sentences: readonly Sentence[]): Features {
  const features = new Map<number, number>();
  for (const { name, weight, gramsOf } of GROUPS) {
    const counts = new Map<string, number>();
    for (const words of sentences) for (const gram of gramsOf(words)) counts.set(gram, (counts.get(gram) ?? 0) + 1);
    const values = [...counts].map(([gram, count]) => [gram, 1 + Math.log(count)] as const);
    const length = Math.sqrt(values.reduce((sum, [, value]) => sum + value * value, 0));
    for (const [gram, value] of values) features.set(featureHash(name, gram), (weight * value) / length);
  }
  return features;
}
