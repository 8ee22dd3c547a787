/** The literals of a phrase book: which of them a word of the text is, misspelt or broken in two. */
import { isEnglishWord, isMisspelling } from './english-words.ts';
import { isWithinOneEdit, startsWithinOneEdit } from './one-edit.ts';

const MIN_JOINED_LETTERS = 7; // "law suit", "pay pal": a long word broken in two
const MIN_JOINED_LETTERS_OF_NONWORDS = 6; // "law yer"
const MIN_LETTERS_OF_SECOND_PART = 3; // "pro model" is no "promo"

/** Cheap refusal: one edit leaves the first or the second letter in place, or moves it by one. */
function mayBeOneEditApart(word: string, target: string): boolean {
  return word[0] === target[0] || word[1] === target[1] || word[0] === target[1] || word[1] === target[0];
}

/** The word, and the word with each one of its letters left out: words one edit apart have one of these in common. */
function withOneLetterLess(word: string): readonly string[] {
  return [word, ...Array.from(word, (_, at) => word.slice(0, at) + word.slice(at + 1))];
}

/** Equal for words whose letters between the first and the last stand in another order. */
function shuffleKey(word: string): string {
  return `${word[0]}${[...word.slice(1, -1)].sort().join('')}${word.at(-1)}`;
}

/** Every literal of a book, once, so that a word of the text is looked up once. */
export class Vocabulary {
  readonly #forgivingFrom: number;
  readonly #shuffledFrom: number;
  readonly #ids = new Map<string, number>();
  readonly #exact = new Map<string, number>();
  readonly #stems = new Map<string, number>();
  /** Forgiving whole words by `withOneLetterLess`, shuffled ones by `shuffleKey`; forgiving stems are few. */
  readonly #nearWords = new Map<string, { word: string; id: number }[]>();
  readonly #shuffled = new Map<string, number[]>();
  readonly #forgivingStems: { word: string; id: number }[] = [];
  #shortestStem = Number.POSITIVE_INFINITY;
  #longestStem = 0;
  /** Longer words are like no whole word of the book; the bound keeps an endless one linear. */
  #longestWord = 0;

  constructor(forgivingFrom: number, shuffledFrom: number) {
    this.#forgivingFrom = forgivingFrom;
    this.#shuffledFrom = shuffledFrom;
  }

  intern(text: string): number {
    const known = this.#ids.get(text);
    if (known !== undefined) return known;
    const id = this.#ids.size;
    this.#ids.set(text, id);
    const stem = text.endsWith('*');
    const word = stem ? text.slice(0, -1) : text;
    if (!/^[\p{L}\p{N}]+$/u.test(word)) throw new Error(`not a word in a phrase rule: ${text}`);
    (stem ? this.#stems : this.#exact).set(word, id);
    if (stem) {
      this.#shortestStem = Math.min(this.#shortestStem, word.length);
      this.#longestStem = Math.max(this.#longestStem, word.length);
    }
    if (!stem) this.#longestWord = Math.max(this.#longestWord, word.length);
    if (word.length >= this.#forgivingFrom && stem) this.#forgivingStems.push({ word, id });
    if (word.length >= this.#forgivingFrom && !stem) {
      for (const key of withOneLetterLess(word))
        this.#nearWords.set(key, [...(this.#nearWords.get(key) ?? []), { word, id }]);
    }
    if (word.length >= this.#shuffledFrom && !stem) {
      const key = shuffleKey(word);
      this.#shuffled.set(key, [...(this.#shuffled.get(key) ?? []), id]);
    }
    return id;
  }

  /** Literals that a word of the text matches. */
  idsOf(word: string): number[] {
    const found = this.#plainIdsOf(word);
    // "changing" is no misspelt "charging".
    // A misspelling that one rule lists is still a misspelling for the others.
    // A stem alone settles nothing: "chargebck" begins like "charge" and means the longer word.
    const isSettled = this.#exact.has(word) && !isMisspelling(word);
    const shortest = Math.min(this.#forgivingFrom - 1, this.#shuffledFrom);
    if (word.length < shortest || isSettled || isEnglishWord(word)) return found;
    const near = this.#forgivingStems
      .filter(({ word: stem }) => mayBeOneEditApart(word, stem) && startsWithinOneEdit(word, stem))
      .map(({ id }) => id);
    return [...new Set([...found, ...near, ...this.#nearWholeWords(word)])];
  }

  #nearWholeWords(word: string): number[] {
    if (word.length > this.#longestWord + 1) return [];
    const shuffled = this.#shuffled.get(shuffleKey(word)) ?? [];
    const edited = withOneLetterLess(word)
      .flatMap((key) => this.#nearWords.get(key) ?? [])
      .filter(({ word: target }) => isWithinOneEdit(word, target))
      .map(({ id }) => id);
    return [...shuffled, ...edited];
  }

  /** Literals that two neighbouring words make together; no forgiveness, the gap is the disguise. */
  idsOfJoined(left: string, right: string): number[] {
    const length = left.length + right.length;
    if (length < MIN_JOINED_LETTERS_OF_NONWORDS) return [];
    if (length < MIN_JOINED_LETTERS && isEnglishWord(left) && isEnglishWord(right)) return [];
    return this.#plainIdsOf(left + right, left.length + MIN_LETTERS_OF_SECOND_PART);
  }

  #plainIdsOf(word: string, fewestLetters = 0): number[] {
    const found: number[] = [];
    const exact = word.length < fewestLetters ? undefined : this.#exact.get(word);
    if (exact !== undefined) found.push(exact);
    const longest = Math.min(word.length, this.#longestStem);
    for (let length = Math.max(this.#shortestStem, fewestLetters); length <= longest; length += 1) {
      const stem = this.#stems.get(word.slice(0, length));
      if (stem !== undefined) found.push(stem);
    }
    return found;
  }
}
