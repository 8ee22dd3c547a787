import { describe, expect, it } from 'vitest';
import { aloneAmong } from './chart-points.ts';

describe('a line', () => {
  it.each([
    { when: 'nothing was measured', values: [null, null], alone: [] },
    { when: 'one value is all there is', values: [null, 3], alone: [1] },
    { when: 'a gap stands on both sides, at either end too', values: [1, null, 2, null, 3, 4], alone: [0, 2] },
    { when: 'nought has no neighbour', values: [null, 0, null], alone: [1] },
    { when: 'every value has a neighbour', values: [1, 2, null, 3, 4], alone: [] },
  ])('leads not to $alone when $when', ({ values, alone }) => expect(aloneAmong(values)).toEqual(alone));
});
