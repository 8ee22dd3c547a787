/** What a detector is: it finds spans of one kind of private thing and names the placeholder for each (platform §4.3). */

export const PLACEHOLDERS = [
  '[URL]',
  '[TRACKING]',
  '[EMAIL]',
  '[CARD]',
  '[ORDER_ID]',
  '[PHONE]',
  '[ADDRESS]',
  '[SECRET]',
] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];

/** Half-open, in UTF-16 units. */
export type Span = { readonly start: number; readonly end: number; readonly placeholder: Placeholder };

export type RedactContext = {
  /** Hosts of carriers' tracking pages, lower case, from the shop's configuration. */
  readonly carrierHosts: readonly string[];
};

export type Detector = {
  /** Names the detector in `RedactionFailed`. */
  readonly code: 'url' | 'email' | 'iban' | 'card' | 'tracking' | 'order' | 'phone' | 'address' | 'secret';
  /** In any order; may overlap. Linear in the length of the text. */
  readonly find: (text: string, context: RedactContext) => readonly Span[];
};

/** Spans of the whole match of a global pattern, or of its group `at` where the pattern has one. */
export function spansOf(
  text: string,
  pattern: RegExp,
  placeholder: Placeholder,
  accepts: (match: RegExpMatchArray) => boolean = () => true,
): Span[] {
  return [...text.matchAll(pattern)].filter(accepts).map((match) => {
    const value = match.groups?.at ?? match[0];
    // The value is the last thing in a pattern that has words before it.
    const end = match.index + match[0].length;
    return { start: end - value.length, end, placeholder };
  });
}

/** The text with each span replaced; of spans that overlap, the one that begins first stands, the longer of two that begin together. */
export function replaceSpans(text: string, spans: readonly Span[]): string {
  const inOrder = spans.toSorted((a, b) => a.start - b.start || b.end - a.end);
  const parts: string[] = [];
  let done = 0;
  for (const { start, end, placeholder } of inOrder) {
    if (start < done) {
      // What sticks out of an overlap belongs to the thing that was replaced.
      done = Math.max(done, end);
      continue;
    }
    parts.push(text.slice(done, start), placeholder);
    done = end;
  }
  return parts.join('') + text.slice(done);
}

/** Without the spans that begin or end within something longer that another detector finds: "#555" of "#555 123 4567" is no order. */
export function notWithin(spans: readonly Span[], find: () => readonly Span[]): readonly Span[] {
  if (spans.length === 0) return spans;
  const inner = new Set(
    find().flatMap(({ start, end }) => Array.from({ length: Math.max(0, end - start - 1) }, (_, at) => start + 1 + at)),
  );
  return spans.filter(({ start, end }) => !inner.has(start) && !inner.has(end));
}
