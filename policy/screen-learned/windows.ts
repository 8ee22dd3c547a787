/** The stretches of a text that are read one by one, so that neither friendly pages hide a threat nor do they add up to one. */
import { type Sentence, sentencesOf } from '../embedded/tokens.ts';

/** Up to here a message is one stretch: what nearly every row of the corpus is, so that thresholds hold for it. */
const WHOLE_WORDS = 150;
/** Words of a stretch of a longer text, cut at the ends of sentences where they have any. */
const STRETCH_WORDS = 80;
/** Beginning and end of a very long text; the rules read the rest of it. */
const END_CHARS = 8_000;
/** No word is longer; what is would cost time by its square. */
const RUN_CHARS = 100;
const ALL = { chars: Number.POSITIVE_INFINITY, words: Number.POSITIVE_INFINITY };

export type Window = readonly Sentence[];

/** @param text  one of the normalised copies */
export function windowsOf(text: string): Window[] {
  const ends = text.length <= 2 * END_CHARS ? [text] : [text.slice(0, END_CHARS), text.slice(-END_CHARS)];
  return ends.flatMap((end) => {
    const sentences = sentencesOf(
      end.replace(/\S{100,}/g, (run) => run.slice(0, RUN_CHARS)),
      ALL,
    );
    const count = sentences.reduce((sum, words) => sum + words.length, 0);
    if (count === 0) return [];
    return count <= WHOLE_WORDS ? [sentences] : stretchesOf(sentences.flatMap(inPieces));
  });
}

function inPieces(words: Sentence): Sentence[] {
  return Array.from({ length: Math.ceil(words.length / STRETCH_WORDS) }, (_, at) =>
    words.slice(at * STRETCH_WORDS, (at + 1) * STRETCH_WORDS),
  );
}

function stretchesOf(sentences: readonly Sentence[]): Sentence[][] {
  const stretches: Sentence[][] = [];
  let count = STRETCH_WORDS;
  for (const words of sentences) {
    if (count + words.length > STRETCH_WORDS) {
      stretches.push([]);
      count = 0;
    }
    stretches.at(-1)?.push(words);
    count += words.length;
  }
  return stretches;
}
