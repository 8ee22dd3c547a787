/**
 * Many byte patterns found in one pass (Aho–Corasick). Our own thirty lines: what the registry has for Node matches texts, is
 * years old, or has to be compiled at installation.
 */

/** Tells each pattern's place in the list, and where in the bytes it ends. */
export type Automaton = (bytes: Uint8Array, onHit: (pattern: number, end: number) => void) => void;

const BYTES = 256;

/** @param patterns  none of them empty */
export function automatonOf(patterns: readonly Uint8Array[]): Automaton {
  const most = patterns.reduce((sum, pattern) => sum + pattern.length, 1);
  const next = new Int32Array(most * BYTES);
  const ends: number[][] = [[]];
  for (const [index, pattern] of patterns.entries()) {
    let state = 0;
    for (const byte of pattern) {
      const known = next[state * BYTES + byte] ?? 0;
      if (known === 0) next[state * BYTES + byte] = ends.push([]) - 1;
      state = known === 0 ? ends.length - 1 : known;
    }
    ends[state]?.push(index);
  }
  complete(next, ends);
  const isEnd = Uint8Array.from(ends, (found) => (found.length > 0 ? 1 : 0));
  return (bytes, onHit) => {
    let state = 0;
    for (let at = 0; at < bytes.length; at += 1) {
      state = next[state * BYTES + (bytes[at] ?? 0)] ?? 0;
      if (isEnd[state] === 1) for (const pattern of ends[state] ?? []) onHit(pattern, at + 1);
    }
  };
}

/** Where the trie ends it goes on from the longest end that is a beginning too, level by level. */
function complete(next: Int32Array, ends: number[][]): void {
  const fallback = new Int32Array(ends.length);
  const queue: number[] = [0];
  for (const state of queue) {
    const back = fallback[state] ?? 0;
    if (state !== 0) ends[state]?.push(...(ends[back] ?? []));
    for (let byte = 0; byte < BYTES; byte += 1) {
      const child = next[state * BYTES + byte] ?? 0;
      const other = state === 0 ? 0 : (next[back * BYTES + byte] ?? 0);
      if (child === 0) next[state * BYTES + byte] = other;
      else {
        fallback[child] = other;
        queue.push(child);
      }
    }
  }
}
