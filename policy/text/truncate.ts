/** What of a long text is kept: its beginning and its end, so that a trailing demand survives (decisions §3.3 step 7). */

export type TextCap = { readonly head: number; readonly tail: number };

/** What the classifier reads. */
export const CLASSIFIER_CAP: TextCap = { head: 3_000, tail: 1_000 };
/** Under `reduced_tokens`, after an incomplete answer, and what the vault keeps for the verifier. */
export const REDUCED_CAP: TextCap = { head: 1_500, tail: 500 };
/** No cap may let more through (platform §4.3). */
export const MOST_INPUT_CHARS = 8_000;

const GAP = '[…]';

/** The text itself where it fits; else its head, a mark, and its tail. In UTF-16 units; never splits a surrogate pair. */
export function truncateText(text: string, { head, tail }: TextCap): string {
  const kept = text.length <= head + tail ? text : `${beginning(text, head)}${GAP}${end(text, tail)}`;
  return beginning(kept, MOST_INPUT_CHARS);
}

/** At most so many UTF-16 units, and whole characters. */
export function beginning(text: string, most: number): string {
  const isSplit = text.length > most && isHighSurrogate(text.charCodeAt(most - 1));
  return text.slice(0, isSplit ? most - 1 : most);
}

function end(text: string, most: number): string {
  const from = text.length - most;
  return text.slice(isLowSurrogate(text.charCodeAt(from)) ? from + 1 : from);
}

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;
const isLowSurrogate = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;
