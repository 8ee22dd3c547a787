/** Every row of replies §11 and §3.8 is a test that bears its number. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { ESTIMATE_EXAMPLES } from '../../../policy/orders/fixtures/estimate-examples.ts';

const ROOT = path.join(import.meta.dirname, '..', '..', '..');
/** A row of data with its number, or a title that begins with one. */
const NUMBERED = /(?:\bid: |\bit\(|^\s*)['"`](A\d\d)(?=['" ])/gm;

const numbers = (letter: string, last: number): string[] =>
  Array.from({ length: last }, (_, at) => `${letter}${String(at + 1).padStart(2, '0')}`);

function textsOf(pattern: string): string[] {
  return globSync(pattern, { cwd: ROOT }).map((file) => readFileSync(path.join(ROOT, file), 'utf8'));
}

it('names A01 to A52, the acceptance scenarios (replies §11)', () => {
  const named = textsOf('test/behaviour/replies/*.test.ts').flatMap((text) =>
    [...text.matchAll(NUMBERED)].map(([, number]) => number),
  );
  expect([...new Set(named)].toSorted()).toEqual(numbers('A', 52));
});

it('names E01 to E34 once each, the worked examples of the estimate (replies §3.8)', () => {
  expect(ESTIMATE_EXAMPLES.map(({ id }) => id)).toEqual(numbers('E', 34));
  const titles = textsOf('policy/orders/*.test.ts').flatMap((text) => [
    ...text.matchAll(/\.each\(ESTIMATE_EXAMPLES\)\(\s*['"`](\S+)/g),
  ]);
  expect(titles.map(([, first]) => first)).toContain('$id');
});
