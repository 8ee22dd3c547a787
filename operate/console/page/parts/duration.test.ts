import { expect, it } from 'vitest';
import { durationText } from './duration.ts';

it.each([
  [0, '0 ms'],
  [950, '950 ms'],
  [12_400, '12 s'],
  [90_000, '1 min 30 s'],
  [12_000_000, '3 h 20 min'],
  [172_800_000, '2 d'],
])('%d ms is %s', (ms, text) => expect(durationText(ms)).toBe(text));
