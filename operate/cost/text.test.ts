import { describe, expect, it } from 'vitest';
import { bar, shareText, usdText } from './text.ts';

describe('what people read', () => {
  it.each([
    [0, '$0'],
    [12.4, '$12.40'],
    [0.031234, '$0.0312'],
    [0.000_001_5, '$0.00000150'],
  ])('%d dollars are %s', (usd, text) => expect(usdText(usd)).toBe(text));

  it('a bar shows a share, and something of whatever there is', () => {
    expect([bar(1, 2), bar(0.001, 2), bar(0, 2), bar(1, 0)]).toEqual(['█'.repeat(12), '█', '', '']);
    expect([shareText(1, 4), shareText(1, 0)]).toEqual(['25.0 %', '–']);
  });
});
