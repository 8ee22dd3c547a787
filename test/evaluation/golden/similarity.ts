/** Near-duplicates: texts that share nearly all their character trigrams (decisions §8.2). */

/** Share of common character trigrams (Jaccard); letter case, accents and punctuation do not count. */
export function similarity(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  const [few, many] = left.size <= right.size ? [left, right] : [right, left];
  let common = 0;
  for (const gram of few) if (many.has(gram)) common += 1;
  const all = left.size + right.size - common;
  return all === 0 ? 1 : common / all;
}

export function trigramsOf(text: string): ReadonlySet<string> {
  const plain = ` ${text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `;
  const grams = new Set<string>();
  for (let at = 0; at + 3 <= plain.length; at += 1) grams.add(plain.slice(at, at + 3));
  return grams;
}
