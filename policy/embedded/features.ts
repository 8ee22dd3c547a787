/** What the embedded classifier sees of a message: hashed word and letter n-grams, concepts, phrase rules. */
import type { Channel } from '../../events/words.ts';
import { readByRules } from '../text/keywords.ts';
import { conceptsOf } from './concepts.ts';
import { withoutDenied } from './denied.ts';
import { moodsOf } from './moods.ts';
import { type Sentence, sentencesOf } from './tokens.ts';

/** Feature hash → value; each group of features has the length that `WEIGHT` gives it. */
export type Features = ReadonlyMap<number, number>;

/** How much each group counts beside the others: tried on author files that were left out of the training. */
const WEIGHT = { words: 2, letters: 0.8, concepts: 0.5, rules: 0.7, moods: 0.6, last: 0.4, channel: 0.8 } as const;

type Group = keyof typeof WEIGHT;

const LETTER_GRAMS = [3, 4, 5];

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

/** Words, pairs, triples, pairs with a gap, and words and pairs without their endings. */
export function wordNamesOf(words: Sentence): string[] {
  const framed = ['^', ...words, '$'];
  const stems = framed.map(stemOf);
  const grams: string[] = [...words, ...stems.slice(1, -1).map((stem) => `~${stem}`)];
  for (let at = 1; at < framed.length; at += 1) {
    const [before, first, second] = [framed[at - 2], framed[at - 1], framed[at]];
    grams.push(`${first} ${second}`, `~${stems[at - 1]} ${stems[at]}`);
    if (before !== undefined) grams.push(`${before} _ ${second}`, `${before} ${first} ${second}`);
  }
  return [...grams, ...deniedNames(words)];
}

const NEGATORS = new Set(
  'not dont doesnt didnt isnt wasnt arent aint no never nor without havent hasnt hadnt wont wouldnt cant cannot nothing nobody none ni sin nunca'.split(
    ' ',
  ),
);
const TURNS = new Set('but just only because so pero sino solo'.split(' '));
const REACH = 4;

/** Words within reach of a negation: "don't cancel it" is no wish to cancel. */
function deniedNames(words: Sentence): string[] {
  const names: string[] = [];
  let left = 0;
  for (const word of words) {
    if (NEGATORS.has(word)) left = REACH;
    else if (TURNS.has(word)) left = 0;
    else if (left > 0) {
      names.push(`!${stemOf(word)}`);
      left -= 1;
    }
  }
  return names;
}

/** Moods, and which concepts they stand beside. */
function moodNames(sentences: readonly Sentence[]): string[] {
  return sentences.flatMap((words) => {
    const moods = moodsOf(words);
    const concepts = [...new Set(words.flatMap(conceptsOf))];
    return moods.flatMap((mood) => [mood, ...concepts.map((concept) => `${mood}&${concept}`)]);
  });
}

function stemOf(word: string): string {
  return word.length > 4 ? word.replace(/(?:ing|edly|ed|es|s|ly)$/, '') : word;
}

function letterGrams(words: Sentence): string[] {
  return words
    .filter((word) => !word.startsWith('shape'))
    .flatMap((word) => {
      const framed = `<${word}>`;
      return LETTER_GRAMS.flatMap((size) =>
        Array.from({ length: Math.max(0, framed.length - size + 1) }, (_, at) => framed.slice(at, at + size)),
      );
    });
}

/** Concepts of a sentence, and which of them stand together. */
function conceptGrams(words: Sentence): string[] {
  const concepts = words.flatMap(conceptsOf);
  const distinct = [...new Set(concepts)].sort();
  return [...concepts, ...distinct.flatMap((one, at) => distinct.slice(at + 1).map((other) => `${one}&${other}`))];
}

/** What the phrase rules say, right or wrong: how far to believe them is learnt. Never what the screen says: two detectors are to be two. */
function ruleNames(text: string): string[] {
  const { ruleIds, scores } = readByRules(text);
  return [
    ...ruleIds,
    ...Object.entries(scores).flatMap(([intent, score]) => (score > 0 ? [`${intent}=${score}`] : [])),
  ];
}

/** FNV-1a over UTF-16 units, 32 bits. */
export function featureHash(group: Group, feature: string): number {
  const name = `${group}:${feature}`;
  let value = 0x811c9dc5;
  for (let at = 0; at < name.length; at += 1) value = Math.imul(value ^ name.charCodeAt(at), 0x01000193);
  return value >>> 0;
}
