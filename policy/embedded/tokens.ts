/** A message as the words the embedded classifier reads: folded, numbers and addresses by their shape, sentence by sentence. */
import { plainCopy } from '../text/normalise.ts';

/** What stands for a value: that a customer names one says much, which one nothing. */
const SHAPES: readonly (readonly [RegExp, string])[] = [
  // An answer "by return mail" sends nothing back.
  [/\bby return (?:of )?(?:e-?mail|mail|post)\b/g, ' '],
  [/https?:\/\/\S+|www\.\S+/g, ' shapeurl '],
  // Each part ends where the next must begin: what has many `@` and no dot is read once.
  [/(?<!\S)\S[^\s@]*@\S[^\s.]*\.\S+/g, ' shapemail '],
  [
    /[$£€]\s?\d[\d.,]*|\d[\d.,]*\s?(?:dollars?|bucks|euros?|pounds?|usd|eur|gbp|quid|pesos)\b|\d[\d.,]*\s?[$£€]/g,
    ' shapemoney ',
  ],
  [/\d+(?:\.\d+)?\s?%/g, ' shapepercent '],
  [/\b\d{1,2}(?:st|nd|rd|th)\b|\b\d{1,4}[/-]\d{1,2}(?:[/-]\d{1,4})?\b/g, ' shapedate '],
  [/\b\d{1,2}(?::\d{2})? ?(?:am|pm)\b|\b\d{1,2}:\d{2}\b/g, ' shapetime '],
  [/#\s?[a-z]{0,4}-?\d{3,}|\b[a-z]{1,4}-?\d{4,9}\b|\b\d{4,9}\b/g, ' shapenumber '],
  [/\b[a-z0-9]*\d[a-z0-9]{9,}\b/g, ' shapecode '],
  [/\b\d+(?:\.\d+)?\b/g, ' shapedigit '],
];
/** More is history or filler to a classifier. */
const MOST = { chars: 8_000, words: 600 };
const MAX_LETTERS = 24;

export type Sentence = readonly string[];

/** Words of each sentence; `?` and `!` are words. */
export function sentencesOf(text: string, most: typeof MOST = MOST): Sentence[] {
  const copy = SHAPES.reduce((seen, [shape, name]) => seen.replace(shape, name), plainCopy(text.slice(0, most.chars)));
  const sentences: Sentence[] = [];
  let words: string[] = [];
  let count = 0;
  for (const [token] of copy.matchAll(/[\p{L}\p{N}]+|[.;\n]+|[?!]+|\p{Extended_Pictographic}/gu)) {
    const ends = /^[.;\n?!]/.test(token);
    if (/^[?!]/.test(token)) words.push(token.slice(0, 1));
    else if (!ends) words.push(token.replace(/(.)\1{2,}/gu, '$1$1').slice(0, MAX_LETTERS));
    if (ends && words.length > 0) {
      sentences.push(words);
      words = [];
    }
    count += 1;
    if (count >= most.words) break;
  }
  return words.length > 0 ? [...sentences, words] : sentences;
}
