/** What the embedded classifier sees of a message: hashed word and letter n-grams, concepts, phrase rules. */
import type { Channel } from '../../events/words.ts';
import { readByRules } from '../text/keywords.ts';
import { conceptsOf } from './concepts.ts';
import { withoutDenied } from './denied.ts';
import { conceptGrams, featureHash, letterGrams, wordNamesOf } from './grams.ts';
import type { Features } from './linear.ts';
import { moodsOf } from './moods.ts';
import { type Sentence, sentencesOf } from './tokens.ts';

/** The length of each group of features, how much it counts beside the others: tried on author files that were left out of the training. */
const WEIGHT = { words: 2, letters: 0.8, concepts: 0.5, rules: 0.7, moods: 0.6, last: 0.4, channel: 0.8 } as const;

type Group = keyof typeof WEIGHT;

/** @param channel  where it was written: a bare "hello" on TikTok asks for help there */
export function featuresOf(text: string, channel: Channel): Features {
  const meant = withoutDenied(text);
  const sentences = sentencesOf(meant);
  const features = new Map<number, number>();
  for (const [group, names] of [
    ['words', sentences.flatMap(wordNamesOf)],
    ['letters', sentences.flatMap(letterGrams)],
    ['concepts', sentences.flatMap(conceptGrams)],
    ['rules', ruleNames(meant)],
    ['moods', moodNames(sentences)],
    ['channel', [channel]],
    // The wish tends to stand at the end.
    ['last', sentences.slice(-1).flatMap(wordNamesOf)],
  ] as const)
    addGroup(features, group, names);
  return features;
}

function addGroup(features: Map<number, number>, group: Group, names: readonly string[]): void {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  const values = [...counts].map(([name, count]) => [name, 1 + Math.log(count)] as const);
  const length = Math.sqrt(values.reduce((sum, [, value]) => sum + value * value, 0));
  for (const [name, value] of values) features.set(featureHash(group, name), (WEIGHT[group] * value) / length);
}

/** Moods, and which concepts they stand beside. */
function moodNames(sentences: readonly Sentence[]): string[] {
  return sentences.flatMap((words) => {
    const moods = moodsOf(words);
    const concepts = [...new Set(words.flatMap(conceptsOf))];
    return moods.flatMap((mood) => [mood, ...concepts.map((concept) => `${mood}&${concept}`)]);
  });
}

/** What the phrase rules say, right or wrong: how far to believe them is learnt. Never what the screen says: two detectors are to be two. */
function ruleNames(text: string): string[] {
  const { ruleIds, scores } = readByRules(text);
  return [
    ...ruleIds,
    ...Object.entries(scores).flatMap(([intent, score]) => (score > 0 ? [`${intent}=${score}`] : [])),
  ];
}
