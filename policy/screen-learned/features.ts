/** What the learnt part of the screen sees: words, letters and concepts of a stretch of text, never what a rule said of it. */
import { conceptGrams, featureHash, letterHashes, wordNamesOf } from '../embedded/grams.ts';
import type { Feature } from '../embedded/linear.ts';
import type { Sentence } from '../embedded/tokens.ts';

/** The length of each group of features: what it counts beside the others. */
const LENGTHS = { words: 2, letters: 0.8, concepts: 0.5 } as const;

/** Reads one message: letters of a word that comes again, in the next sentence or the next copy, are not hashed again. */
export function threatReader(): (sentences: readonly Sentence[]) => Feature[][] {
  const known = new Map<string, readonly number[]>();
  const lettersOf = (word: string): readonly number[] => {
    const before = known.get(word);
    if (before !== undefined) return before;
    const ids = letterHashes(word);
    known.set(word, ids);
    return ids;
  };
  return (sentences) => {
    const words: number[] = [];
    const letters: number[] = [];
    const concepts: number[] = [];
    for (const sentence of sentences) {
      for (const name of wordNamesOf(sentence)) words.push(featureHash('words', name));
      for (const word of sentence) for (const id of lettersOf(word)) letters.push(id);
      for (const name of conceptGrams(sentence)) concepts.push(featureHash('concepts', name));
    }
    return [weighted(LENGTHS.words, words), weighted(LENGTHS.letters, letters), weighted(LENGTHS.concepts, concepts)];
  };
}

/** Sorted and counted in runs: a map of some hundred thousand entries a long message would take most of the time. */
function weighted(length: number, hashes: readonly number[]): Feature[] {
  const ids = new Uint32Array(hashes).sort();
  const found: [number, number][] = [];
  let square = 0;
  for (let from = 0, to = 0; from < ids.length; from = to) {
    while (to < ids.length && ids[to] === ids[from]) to += 1;
    const value = weightOf(to - from);
    square += value ** 2;
    found.push([ids[from] as number, value]);
  }
  const scale = length / Math.sqrt(square);
  for (const feature of found) feature[1] *= scale;
  return found;
}

function weightOf(count: number): number {
  return count === 1 ? 1 : 1 + Math.log(count);
}
