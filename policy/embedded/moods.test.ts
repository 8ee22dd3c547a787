import { describe, expect, it } from 'vitest';
import { moodsOf } from './moods.ts';

const moods = (sentence: string): string[] => moodsOf(sentence.split(' '));

describe('the mood of a sentence', () => {
  it.each([
    {
      mood: 'settled',
      shows: ['all good', 'it works now', 'found it', 'all sorted', 'thanks for the help', 'ya llego'],
    },
    {
      mood: 'supposed',
      shows: ['if we go for it', 'what if it breaks', 'do you sell cups', 'before buying one', 'si compro dos'],
    },
    {
      mood: 'placed',
      shows: ['i ordered two', 'my parcel is late', 'just placed an order', 'about shapenumber', 'mi pedido'],
    },
    {
      mood: 'refused',
      shows: ['do not cancel', 'never cancel', 'no need to return it', 'not asking for money', 'no quiero eso'],
    },
  ])('$mood: $shows', ({ mood, shows }) => {
    for (const sentence of shows) expect(moods(sentence), sentence).toEqual([mood]);
  });

  it.each([
    { says: 'where is it', moods: [] },
    { says: 'it works badly', moods: [] },
    { says: 'order two cups', moods: [] },
    { says: 'knot tied', moods: [] },
    { says: 'where is it ?', moods: ['asking'] },
    { says: 'do you sell cups ?', moods: ['supposed', 'asking'] },
    { says: 'found my parcel', moods: ['settled', 'placed'] },
    { says: 'never mind', moods: ['settled', 'refused'] },
  ])('$says: $moods', ({ says, moods: expected }) => {
    expect(moods(says)).toEqual(expected);
  });
});
