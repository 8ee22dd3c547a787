/** One edit: a letter added, missing, wrong, or two neighbours swapped. */

/** True when `word` and `target` differ by at most one edit. */
export function isWithinOneEdit(word: string, target: string): boolean {
  const difference = word.length - target.length;
  const at = firstDifference(word, target);
  if (at === target.length && at === word.length) return true;
  if (difference === 1) return tailsEqual(word, at + 1, target, at);
  if (difference === -1) return tailsEqual(word, at, target, at + 1);
  return (
    tailsEqual(word, at + 1, target, at + 1) || (isSwapAt(word, target, at) && tailsEqual(word, at + 2, target, at + 2))
  );
}

/** True when some beginning of `word` is within one edit of `stem`. */
export function startsWithinOneEdit(word: string, stem: string): boolean {
  const at = firstDifference(word, stem);
  if (at === stem.length) return true;
  if (at === word.length) return word.length === stem.length - 1;
  return (
    startsAt(word, at + 1, stem, at) || // a letter added
    startsAt(word, at, stem, at + 1) || // a letter missing
    startsAt(word, at + 1, stem, at + 1) || // a letter wrong
    (isSwapAt(word, stem, at) && startsAt(word, at + 2, stem, at + 2))
  );
}

function firstDifference(a: string, b: string): number {
  const limit = Math.min(a.length, b.length);
  let at = 0;
  while (at < limit && a.charCodeAt(at) === b.charCodeAt(at)) at += 1;
  return at;
}

function isSwapAt(a: string, b: string, at: number): boolean {
  return at + 1 < a.length && a[at] === b[at + 1] && a[at + 1] === b[at];
}

function tailsEqual(a: string, from: number, b: string, to: number): boolean {
  return a.length - from === b.length - to && startsAt(a, from, b, to);
}

/** True when `word` from `from` on begins with all of `stem` from `to` on. */
function startsAt(word: string, from: number, stem: string, to: number): boolean {
  for (let i = 0; to + i < stem.length; i += 1) {
    if (word.charCodeAt(from + i) !== stem.charCodeAt(to + i)) return false;
  }
  return true;
}
