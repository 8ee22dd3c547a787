/** How alike two texts are (TL19, and the drift of macros in replies §6). */

function tokensOf(text: string): Set<string> {
  return new Set(text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? []);
}

/** Share of common words, 0..1 (Jaccard). */
export function similarity(a: string, b: string): number {
  const [left, right] = [tokensOf(a), tokensOf(b)];
  const common = [...left].filter((token) => right.has(token)).length;
  return common / (left.size + right.size - common || 1);
}
