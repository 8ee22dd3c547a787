/** The stretches of a text that are read one by one, so that neither friendly pages hide a threat nor do they add up to one. */
import { type Sentence, sentencesOf } from '../embedded/tokens.ts';

/** Up to here a message is one stretch: what nearly every row of the corpus is, so that thresholds hold for it. */
const WHOLE_WORDS = 150;
/** Half a stretch: a long text is read in halves, each beside its neighbour, so that no threat is cut in two. */
const HALF_WORDS = 60;
/** Beginning and end of a very long text; the rules read the rest of it. */
const END_CHARS = 8_000;
const ALL = { chars: Number.POSITIVE_INFINITY, words: Number.POSITIVE_INFINITY };

export type Window = readonly Sentence[];

/** @param text  one of the normalised copies */
export function windowsOf(text: string): Window[] {
  const ends = text.length <= 2 * END_CHARS ? [text] : [text.slice(0, END_CHARS), text.slice(-END_CHARS)];
  return ends.flatMap((end) => {
    const sentences = sentencesOf(end, ALL);
    const count = sentences.reduce((sum, words) => sum + words.length, 0);
    if (count === 0) return [];
    if (count <= WHOLE_WORDS) return [sentences];
    const halves = halvesOf(sentences.flatMap(inPieces));
    return halves.slice(1).map((half, at) => [...(halves[at] ?? []), ...half]);
  });
}

function inPieces(words: Sentence): Sentence[] {
  return Array.from({ length: Math.ceil(words.length / HALF_WORDS) }, (_, at) =>
    words.slice(at * HALF_WORDS, (at + 1) * HALF_WORDS),
  );
}

function halvesOf(sentences: readonly Sentence[]): Sentence[][] {
  const halves: Sentence[][] = [[]];
  let count = 0;
  for (const words of sentences) {
    if (count > 0 && count + words.length > HALF_WORDS) {
      halves.push([]);
      count = 0;
    }
    halves.at(-1)?.push(words);
    count += words.length;
  }
  return halves;
}
