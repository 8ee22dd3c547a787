/**
 * Phrase rules over words: a small pattern language, compiled once and matched in linear time.
 *
 * A phrase is a row of elements: `bank|issuer` (either), `disput*` (stem), `@bank` (a named class of phrases),
 * `my?` (may be absent). Between elements stands nothing (adjacent), `~4` (in this order, at most four words between) or
 * `&4` (in either order). Long literals forgive one edit.
 */
import { type Element, type Join, parsePhrase, type Step, type Tokens, tokenize } from './phrase-syntax.ts';
import { Vocabulary } from './phrase-vocabulary.ts';

export type PhraseRule = { readonly id: string; readonly phrases: readonly string[] };

/** Rules with the classes and harmless expressions that hold for them alone. */
export type PhrasePart = {
  /** Named phrases for `@name`; a class may use those before it. */
  readonly classes?: Readonly<Record<string, readonly string[]>>;
  /** Harmless fixed expressions ("bank holiday"): their words are invisible to the rules; after `^` only the first is. */
  readonly benign?: readonly string[];
  readonly rules: readonly PhraseRule[];
};

export type PhraseReading = {
  /** `sentence`: a phrase does not reach over a full stop. */
  readonly reach: 'sentence' | 'text';
  /** Literals of at least this many letters forgive one edit. */
  readonly forgivingFrom: number;
  /** Literals of at least this many letters forgive a shuffled inside ("laywer"); left out, none do. */
  readonly shuffledFrom?: number;
};

export type PhraseBookSource = PhrasePart & PhraseReading;

/** Ids of the rules that match a normalised copy. */
export type PhraseBook = (copy: string) => ReadonlySet<string>;

/** Where something matched: first and last word, sorted by last word. */
type Span = { readonly start: number; readonly end: number };
/** `^bank account`: only "bank" is harmless here. */
type Benign = { readonly phrase: readonly Step[]; readonly firstWordOnly: boolean };

/** Index of the last span in `spans` (sorted by `key`) whose key is ≤ limit, or −1. */
function lastAtOrBefore(keys: readonly number[], limit: number): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((keys[middle] ?? 0) <= limit) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function byEnd(spans: Span[]): Span[] {
  return spans.sort((a, b) => a.end - b.end || b.start - a.start);
}

function joinSpans(
  left: readonly Span[],
  right: readonly Span[],
  join: Join,
  /** Words between two places, or infinity where a phrase may not reach. */
  between: (a: number, b: number) => number,
): Span[] {
  const ends = left.map((span) => span.end);
  const byStart = join.anyOrder ? [...left].sort((a, b) => a.start - b.start) : [];
  const starts = byStart.map((span) => span.start);
  const found: Span[] = [];
  for (const span of right) {
    const before = left[lastAtOrBefore(ends, span.start - 1)];
    if (before && between(before.end, span.start) <= join.gap) {
      found.push({ start: before.start, end: span.end });
      continue;
    }
    const after = join.anyOrder ? byStart[lastAtOrBefore(starts, span.end) + 1] : undefined;
    if (after && between(span.end, after.start) <= join.gap) {
      found.push({ start: span.start, end: after.end });
    }
  }
  return byEnd(found);
}

/** Phrases, and where in the list those stand that begin with a literal or a class. */
type Phrases<T> = {
  readonly all: readonly T[];
  readonly byLiteral: readonly (readonly number[] | undefined)[];
  readonly byClass: readonly (readonly [string, readonly number[]])[];
};

function byBeginning<T>(all: readonly T[], phraseOf: (entry: T) => readonly Step[]): Phrases<T> {
  const byLiteral: number[][] = [];
  const byClass = new Map<string, number[]>();
  all.forEach((entry, place) => {
    const first = phraseOf(entry)[0]?.element;
    for (const id of new Set(first?.literals)) byLiteral[id] = [...(byLiteral[id] ?? []), place];
    for (const name of new Set(first?.classes)) byClass.set(name, [...(byClass.get(name) ?? []), place]);
  });
  return { all, byLiteral, byClass: [...byClass] };
}

/** Where the literals of a book stand in one text. */
class Literals {
  /** By id of the literal. */
  readonly spans: (Span[] | undefined)[] = [];
  readonly ids: number[] = [];
  readonly tokens: Tokens;

  constructor(tokens: Tokens, vocabulary: Vocabulary) {
    this.tokens = tokens;
    const idsOfWord = new Map<string, number[]>();
    tokens.words.forEach((word, at) => {
      const ids = idsOfWord.get(word) ?? vocabulary.idsOf(word);
      idsOfWord.set(word, ids);
      for (const id of ids) this.#add(id, { start: at, end: at });
      const next = tokens.words[at + 1];
      if (next === undefined || tokens.stops[at] !== tokens.stops[at + 1]) return;
      for (const id of vocabulary.idsOfJoined(word, next)) this.#add(id, { start: at, end: at + 1 });
    });
  }

  #add(id: number, span: Span): void {
    const spans = this.spans[id];
    if (spans) {
      spans.push(span);
      return;
    }
    this.spans[id] = [span];
    this.ids.push(id);
  }
}

/** Positions of literals and classes in one text, as one part of a book sees them. */
class Occurrences {
  readonly #literals: Literals;
  readonly #byClass = new Map<string, readonly Span[]>();
  readonly #wholeText: boolean;
  #hidden: ReadonlySet<number> = new Set();

  constructor(literals: Literals, wholeText: boolean) {
    this.#literals = literals;
    this.#wholeText = wholeText;
  }

  /** With `firstWordOnly` the other words still count, and the expression must stand in one sentence ("… my bank. Account …"). */
  hide(expressions: Phrases<Benign>): void {
    const hidden = new Set<number>();
    const { sentences } = this.#literals.tokens;
    for (const { phrase, firstWordOnly } of this.candidatesIn(expressions)) {
      for (const { start, end } of this.find(phrase)) {
        if (firstWordOnly && sentences[start] !== sentences[end]) continue;
        for (let at = start; at <= (firstWordOnly ? start : end); at += 1) hidden.add(at);
      }
    }
    this.#hidden = hidden;
  }

  define(name: string, phrases: Phrases<Step[]>): void {
    this.#byClass.set(name, byEnd(this.candidatesIn(phrases).flatMap((phrase) => this.find(phrase))));
  }

  /** Phrases that begin with something in the text: of a book's thousands, a few dozen. */
  candidatesIn<T>(phrases: Phrases<T>): T[] {
    const found = new Set<number>(phrases.byClass.flatMap(([name, places]) => (this.#hasClass(name) ? places : [])));
    for (const id of this.#literals.ids) for (const place of phrases.byLiteral[id] ?? []) found.add(place);
    return [...found].sort((a, b) => a - b).map((place) => phrases.all[place] as T);
  }

  find(phrase: readonly Step[]): Span[] {
    if (!phrase.every(({ element }) => this.#occurs(element))) return [];
    let spans: Span[] | null = null;
    for (const { join, element } of phrase) {
      const here = this.#spansOf(element);
      if (here.length === 0) return [];
      spans = spans === null ? here : joinSpans(spans, here, join, (a, b) => this.#between(a, b));
      if (spans.length === 0) return [];
    }
    return spans ?? [];
  }

  #occurs({ literals, classes }: Element): boolean {
    return (
      literals.some((id) => this.#literals.spans[id] !== undefined) || classes.some((name) => this.#hasClass(name))
    );
  }

  #hasClass(name: string): boolean {
    return (this.#byClass.get(name)?.length ?? 0) > 0;
  }

  #spansOf(element: Element): Span[] {
    const spans = [
      ...element.literals.flatMap((id) => this.#literals.spans[id] ?? []),
      ...element.classes.flatMap((name) => this.#byClass.get(name) ?? []),
    ].filter((span) => !this.#hidden.has(span.start) && !this.#hidden.has(span.end));
    return byEnd(spans);
  }

  #between(a: number, b: number): number {
    const { sentences, stops } = this.#literals.tokens;
    if (!this.#wholeText) return sentences[a] === sentences[b] ? b - a - 1 : Number.POSITIVE_INFINITY;
    return b - a - 1 + (stops[b] ?? 0) - (stops[a] ?? 0);
  }
}

type CompiledPart = {
  readonly classes: readonly { readonly name: string; readonly phrases: Phrases<Step[]> }[];
  readonly benign: Phrases<Benign>;
  readonly rules: Phrases<{ readonly id: string; readonly phrase: Step[] }>;
};

function compilePart(part: PhrasePart, vocabulary: Vocabulary): CompiledPart {
  const known = new Set<string>();
  const parseAll = (phrases: readonly string[]) => phrases.flatMap((phrase) => parsePhrase(phrase, vocabulary));
  const checkClasses = (phrases: readonly Step[][]) => {
    for (const name of phrases.flat().flatMap((step) => step.element.classes)) {
      if (!known.has(name)) throw new Error(`unknown word class @${name}`);
    }
    return phrases;
  };
  const classes = Object.entries(part.classes ?? {}).map(([name, phrases]) => {
    const parsed = checkClasses(parseAll(phrases));
    known.add(name);
    return { name, phrases: byBeginning(parsed, (phrase) => phrase) };
  });
  const benign = (part.benign ?? []).flatMap((expression): Benign[] => {
    const firstWordOnly = expression.startsWith('^');
    return parsePhrase(firstWordOnly ? expression.slice(1) : expression, vocabulary).map((phrase) => ({
      phrase,
      firstWordOnly,
    }));
  });
  const rules = part.rules.flatMap(({ id, phrases }) =>
    checkClasses(parseAll(phrases)).map((phrase) => ({ id, phrase })),
  );
  return {
    classes,
    benign: byBeginning(benign, ({ phrase }) => phrase),
    rules: byBeginning(rules, ({ phrase }) => phrase),
  };
}

function rulesFound({ classes, benign, rules }: CompiledPart, occurrences: Occurrences): Set<string> {
  occurrences.hide(benign);
  for (const { name, phrases } of classes) occurrences.define(name, phrases);
  const found = new Set<string>();
  for (const { id, phrase } of occurrences.candidatesIn(rules))
    if (!found.has(id) && occurrences.find(phrase).length > 0) found.add(id);
  return found;
}

/** Compiles parts that share one reading of the words; a rule sees the classes and harmless expressions of its own part. */
export function compileParts(parts: readonly PhrasePart[], reading: PhraseReading): PhraseBook {
  const vocabulary = new Vocabulary(reading.forgivingFrom, reading.shuffledFrom ?? Number.POSITIVE_INFINITY);
  const compiled = parts.map((part) => compilePart(part, vocabulary));
  return (copy) => {
    const literals = new Literals(tokenize(copy), vocabulary);
    return new Set(
      compiled.flatMap((part) => [...rulesFound(part, new Occurrences(literals, reading.reach === 'text'))]),
    );
  };
}

/** Compiles rules once; the book they make is pure and keeps no state. */
export function compilePhrases(source: PhraseBookSource): PhraseBook {
  return compileParts([source], source);
}
