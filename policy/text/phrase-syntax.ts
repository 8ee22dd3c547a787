/** The written form of phrase rules and the words of a text: parsing and splitting, no matching (`phrases.ts` matches). */
import type { Vocabulary } from './phrase-vocabulary.ts';

export type Join = { readonly gap: number; readonly anyOrder: boolean };
export type Element = { readonly literals: readonly number[]; readonly classes: readonly string[] };
export type Step = { readonly join: Join; readonly element: Element };

const ADJACENT: Join = { gap: 0, anyOrder: false };

export type Tokens = {
  readonly words: readonly string[];
  readonly sentences: readonly number[];
  /** Full stops before each word; each counts as a word between its neighbours. A line end is none: mail breaks lines anywhere. */
  readonly stops: readonly number[];
};

/** Words of a normalised copy with the number of the sentence each stands in. */
export function tokenize(copy: string): Tokens {
  const words: string[] = [];
  const sentences: number[] = [];
  const stops: number[] = [];
  let sentence = 0;
  let stop = 0;
  for (const [token] of copy.matchAll(/[\p{L}\p{N}]+|[.!?;\n]+/gu)) {
    if (/^[.!?;\n]/.test(token)) {
      sentence += 1;
      if (/[.!?;]/.test(token)) stop += 1;
    } else {
      words.push(token);
      sentences.push(sentence);
      stops.push(stop);
    }
  }
  return { words, sentences, stops };
}

function parseElement(text: string, vocabulary: Vocabulary): Element {
  const parts = text.split('|');
  return {
    literals: parts.filter((part) => !part.startsWith('@')).map((part) => vocabulary.intern(part)),
    classes: parts.filter((part) => part.startsWith('@')).map((part) => part.slice(1)),
  };
}

/** `a b? c` is written out as `a b c` and `a c`. */
function writeOutOptional(parts: readonly string[]): string[][] {
  const at = parts.findIndex((part) => part.endsWith('?'));
  if (at < 0) return [[...parts]];
  const before = parts.slice(0, at);
  const after = parts.slice(at + 1);
  const present = parts[at]?.slice(0, -1) ?? '';
  return [...writeOutOptional([...before, present, ...after]), ...writeOutOptional([...before, ...after])];
}

/** One phrase in all its written-out forms. */
export function parsePhrase(phrase: string, vocabulary: Vocabulary): Step[][] {
  return writeOutOptional(phrase.split(' ').filter((part) => part !== '')).map((parts) => {
    const steps: Step[] = [];
    let join = ADJACENT;
    for (const part of parts) {
      const operator = /^([~&])(\d+)$/.exec(part);
      // Two in a row stand around an element that is absent: their gaps add up.
      if (operator) join = { gap: join.gap + Number(operator[2]), anyOrder: join.anyOrder || operator[1] === '&' };
      else {
        steps.push({ join, element: parseElement(part, vocabulary) });
        join = ADJACENT;
      }
    }
    if (steps.length === 0) throw new Error(`empty phrase: ${phrase}`);
    return steps;
  });
}
