import { describe, expect, it } from 'vitest';
import { PLAIN_NUMBER, rowsOf, summaryOf } from './chart-words.ts';

const SERIES = [
  { name: 'routed', values: [1, null, 12_000] },
  { name: 'replied', values: [null, null, 3] },
  { name: 'failed', values: [null, null, null] },
];

describe('what a chart says', () => {
  it('names the last and the highest of each series, and a series without values', () => {
    expect(summaryOf(SERIES, PLAIN_NUMBER)).toBe(
      'routed: last 12,000, highest 12,000. replied: last 3, highest 3. failed: nothing measured.',
    );
  });

  it('has a row for every x at which anything is known, the newest first', () => {
    expect(rowsOf([10, 20, 30], SERIES)).toEqual([
      { at: 30, values: [12_000, 3, null] },
      { at: 10, values: [1, null, null] },
    ]);
  });
});
