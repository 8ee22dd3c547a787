/** Is a corpus varied (issue 5, "Done when")? No two rows of an intent alike, none that stands in the golden file, and no intent that hangs on five words. */
import { INTENTS, type Intent } from '../../events/words.ts';
import { EVERYDAY_WORDS } from '../../policy/text/english-everyday.ts';
import { foldText } from '../../policy/text/normalise.ts';
import { isFunctionWord } from './function-words.ts';
import type { CorpusRow } from './source.ts';

export const MOST_ALIKE = 0.5;
export const LEAST_WITHOUT_KEYWORDS = 0.6;
const KEYWORDS_AN_INTENT = 5;

export type Alike = { readonly one: CorpusRow; readonly other: CorpusRow; readonly jaccard: number };
export type GoldenText = { readonly id: string; readonly text: string };
export type KnownRow = { readonly row: CorpusRow; readonly golden: string; readonly jaccard: number };
export type KeywordUse = {
  readonly intent: Intent;
  readonly rows: number;
  readonly keywords: readonly string[];
  /** Share of rows that hold none of them. */
  readonly without: number;
};

const PRODUCTS = new Set(EVERYDAY_WORDS.split(/\s+/).filter(Boolean));

/** Words of a text, folded. */
function wordsOf(text: string): string[] {
  return foldText(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** Words with names (capitals inside a sentence), numbers and products masked. */
export function maskedWords(text: string): string[] {
  const named = text.replace(/(?<=[\p{Ll},;] )\p{Lu}\p{Ll}+/gu, ' name ');
  return wordsOf(named).map((word) => {
    if (/\d/.test(word)) return '0';
    return PRODUCTS.has(word) || PRODUCTS.has(word.replace(/s$/, '')) ? 'item' : word;
  });
}

/** Token trigrams of the masked words; of a shorter text, the words themselves, and of one without words what is written. */
function trigramsOf(text: string): Set<string> {
  const words = maskedWords(text);
  if (words.length < 3) return new Set([words.length === 0 ? text.trim() : words.join(' ')]);
  return new Set(words.slice(2).map((word, at) => `${words[at]} ${words[at + 1]} ${word}`));
}

function jaccard(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const [small, large] = one.size < other.size ? [one, other] : [other, one];
  let shared = 0;
  for (const gram of small) if (large.has(gram)) shared += 1;
  return shared / (one.size + other.size - shared);
}

/** Pairs of rows of one intent that are as good as the same. */
export function alikeRows(rows: readonly CorpusRow[]): Alike[] {
  return INTENTS.flatMap((intent) => {
    const grams = rows.filter((row) => row.intent === intent).map((row) => ({ row, grams: trigramsOf(row.text) }));
    return grams.flatMap((one, at) =>
      grams.slice(at + 1).flatMap((other) => {
        const share = jaccard(one.grams, other.grams);
        return share >= MOST_ALIKE ? [{ one: one.row, other: other.row, jaccard: share }] : [];
      }),
    );
  });
}

/** Rows, of whatever intent, that are as good as the same as a golden one: a figure on that one would measure memory (decisions §8.2). */
export function goldenRows(rows: readonly CorpusRow[], golden: readonly GoldenText[]): KnownRow[] {
  const read = golden.map((one) => ({ one, grams: trigramsOf(one.text) }));
  const holders = Map.groupBy(
    read.flatMap((entry) => [...entry.grams].map((gram) => ({ gram, entry }))),
    ({ gram }) => gram,
  );
  return rows.flatMap((row) => {
    const grams = trigramsOf(row.text);
    const near = new Set([...grams].flatMap((gram) => (holders.get(gram) ?? []).map(({ entry }) => entry)));
    return [...near].flatMap(({ one, grams: others }) => {
      const share = jaccard(grams, others);
      return share >= MOST_ALIKE ? [{ row, golden: one.id, jaccard: share }] : [];
    });
  });
}

/** The five words most rows of an intent hold, and how many rows do without all of them. */
export function keywordUse(rows: readonly CorpusRow[]): KeywordUse[] {
  return INTENTS.flatMap((intent) => {
    const words = rows.filter((row) => row.intent === intent).map((row) => new Set(wordsOf(row.text)));
    if (words.length === 0) return [];
    const counts = new Map<string, number>();
    for (const word of words.flatMap((set) => [...set])) {
      if (word.length > 1 && !/\d/.test(word) && !isFunctionWord(word)) counts.set(word, (counts.get(word) ?? 0) + 1);
    }
    const keywords = [...counts]
      .sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))
      .slice(0, KEYWORDS_AN_INTENT)
      .map(([word]) => word);
    const without = words.filter((set) => !keywords.some((word) => set.has(word))).length;
    return [{ intent, rows: words.length, keywords, without: without / words.length }];
  });
}
