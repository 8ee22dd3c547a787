import { describe, expect, it } from 'vitest';
import { windowsOf } from './windows.ts';

const wordsIn = (text: string) => windowsOf(text).map((window) => window.flat().length);
const sentence = (count: number, word = 'lamp') => `${Array.from({ length: count }, () => word).join(' ')}. `;

describe('windowsOf', () => {
  it('reads a message of up to 150 words in one', () => {
    expect(wordsIn(sentence(10).repeat(15))).toEqual([150]);
    expect(windowsOf('One lamp. Two lamps?')).toEqual([
      [
        ['one', 'lamp'],
        ['two', 'lamps', '?'],
      ],
    ]);
  });

  it('cuts a longer one between sentences, at most 80 words each, none left out', () => {
    expect(wordsIn(sentence(30).repeat(6))).toEqual([60, 60, 60]);
    expect(wordsIn(sentence(40).repeat(4))).toEqual([80, 80]);
  });

  it('cuts a sentence that never ends', () => {
    expect(wordsIn(sentence(200))).toEqual([80, 80, 40]);
  });

  it('reads beginning and end of a very long text', () => {
    const text = `first ${'x '.repeat(10_000)}last`;
    const seen = windowsOf(text).flat(2);
    expect([seen.includes('first'), seen.includes('last')]).toEqual([true, true]);
    expect(seen.length).toBeLessThanOrEqual(8_002);
  });

  it('reads the beginning of what is too long for a word', () => {
    expect(windowsOf('ab'.repeat(4_000))).toEqual([[['ab'.repeat(12)]]]);
  });

  it('has nothing to read in nothing', () => {
    expect(windowsOf(' \n')).toEqual([]);
  });
});
