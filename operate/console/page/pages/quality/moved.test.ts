import { describe, expect, it } from 'vitest';
import { movedText } from './moved.ts';

describe('how far a share moved', () => {
  it.each([
    [0.453, null, '–'],
    [0.453, 0, '+45.3'],
    [0.2, 0.25, '−5.0'],
    [0.2, 0.2, ''],
  ])('from %s, before %s: %s', (share, before, text) => expect(movedText(share, before)).toBe(text));
});
