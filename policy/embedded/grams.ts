/** Words of a message → names of its n-grams, and names → hashes: what every linear model here sees of a text. */
import { conceptsOf } from './concepts.ts';
import type { Sentence } from './tokens.ts';

const LETTER_GRAMS = [3, 4, 5];

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

function stemOf(word: string): string {
  return word.length > 4 ? word.replace(/(?:ing|edly|ed|es|s|ly)$/, '') : word;
}

export function letterGrams(words: Sentence): string[] {
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
export function conceptGrams(words: Sentence): string[] {
  const concepts = words.flatMap(conceptsOf);
  const distinct = [...new Set(concepts)].sort();
  return [...concepts, ...distinct.flatMap((one, at) => distinct.slice(at + 1).map((other) => `${one}&${other}`))];
}

const FNV_START = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

const LETTERS_START = hashOn(FNV_START, 'letters:');

/** FNV-1a over UTF-16 units, 32 bits. */
export function featureHash(group: string, feature: string): number {
  return hashOn(hashOn(FNV_START, `${group}:`), feature) >>> 0;
}

/** Goes on with a hash over units of a text. */
function hashOn(hash: number, text: string, from = 0, to = text.length): number {
  let value = hash;
  for (let at = from; at < to; at += 1) value = Math.imul(value ^ text.charCodeAt(at), FNV_PRIME);
  return value;
}

/** Hash of the letter grams of a word: `featureHash('letters', gram)` of each, without a string for each. */
export function letterHashes(word: string): number[] {
  if (word.startsWith('shape')) return [];
  const framed = `<${word}>`;
  const hashes: number[] = [];
  for (const size of LETTER_GRAMS)
    for (let at = 0; at + size <= framed.length; at += 1)
      hashes.push(hashOn(LETTERS_START, framed, at, at + size) >>> 0);
  return hashes;
}
