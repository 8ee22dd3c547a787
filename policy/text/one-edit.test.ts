import { describe, expect, it } from 'vitest';
import { isWithinOneEdit, startsWithinOneEdit } from './one-edit.ts';

const LETTERS = ['a', 'b', 'c'];

/** All words of up to `most` letters, the empty one included. */
function wordsOfUpTo(most: number): string[] {
  if (most === 0) return [''];
  const shorter = wordsOfUpTo(most - 1);
  return ['', ...shorter.flatMap((word) => LETTERS.map((letter) => word + letter))];
}

/** The word and all that one edit makes of it, done one by one. */
function withOneEdit(word: string): ReadonlySet<string> {
  const made = [word];
  for (let at = 0; at <= word.length; at += 1) {
    const [before, after] = [word.slice(0, at), word.slice(at)];
    made.push(before + after.slice(1));
    made.push(before + after.slice(1, 2) + after.slice(0, 1) + after.slice(2));
    for (const letter of LETTERS) made.push(before + letter + after);
    if (after !== '') for (const letter of LETTERS) made.push(before + letter + after.slice(1));
  }
  return new Set(made);
}

const WORDS = wordsOfUpTo(5);
const TARGETS = wordsOfUpTo(4).filter((word) => word !== '');

describe('one edit: a letter added, missing, wrong, or two neighbours swapped', () => {
  it.each([
    ['lawyer', 'lawyer', true],
    ['lawyeer', 'lawyer', true],
    ['lawer', 'lawyer', true],
    ['lawyar', 'lawyer', true],
    ['laywer', 'lawyer', true],
    ['layewr', 'lawyer', false],
    ['lawr', 'lawyer', false],
    ['lawyeers', 'lawyer', false],
  ])('%s for %s: %s', (word, target, expected) => {
    expect(isWithinOneEdit(word, target)).toBe(expected);
  });

  it('holds for each pair of short words just where one edit makes one of the other', () => {
    const wrong = TARGETS.flatMap((target) => {
      const near = withOneEdit(target);
      return WORDS.filter((word) => isWithinOneEdit(word, target) !== near.has(word)).map((word) => [word, target]);
    });
    expect(wrong).toEqual([]);
  });

  it('a word starts within one edit of a stem just where a beginning of it is within one edit', () => {
    const wrong = TARGETS.flatMap((stem) => {
      const near = withOneEdit(stem);
      const starts = (word: string) => Array.from({ length: word.length + 1 }, (_, at) => word.slice(0, at));
      return WORDS.filter(
        (word) => startsWithinOneEdit(word, stem) !== starts(word).some((part) => near.has(part)),
      ).map((word) => [word, stem]);
    });
    expect(wrong).toEqual([]);
  });
});
