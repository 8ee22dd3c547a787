import { expect, it } from 'vitest';
import { readPart } from '../corpus/source.ts';
import { authorFolds } from './folds.ts';

it('puts every row of train and benign in one fold, and every author in one', () => {
  const folds = authorFolds();
  const ids = folds.flatMap((rows) => rows.map(({ id }) => id));
  expect(ids.toSorted()).toEqual([...readPart('train'), ...readPart('benign')].map(({ id }) => id).toSorted());
  const authors = folds.map((rows) => new Set(rows.map(({ author }) => author)));
  expect(authors.reduce((sum, { size }) => sum + size, 0)).toBe(new Set(authors.flatMap((set) => [...set])).size);
  expect(folds.length).toBe(5);
  expect(folds.every((rows) => rows.length > 1_000)).toBe(true);
});
