import { describe, expect, it } from 'vitest';
import { normalisedCopies, plainCopy } from './normalise.ts';

describe('normalisation (decisions §2.1)', () => {
  it.each([
    ["I DON'T  know\u00A0it", 'i dont know it'],
    ['ＣＡＦÉ', 'cafe'],
    ['za\u200Bp\u00ADped', 'zapped'],
    ['a\n\n b', 'a\nb'],
    ['Straße', 'strasse'],
  ])('the plain copy of %j is %j', (text, expected) => {
    expect(plainCopy(text)).toBe(expected);
  });

  it.each([
    ['ch@rge', 'charge'],
    ['l3g4l', 'legal'],
    ['$ue', 'sue'],
    ['k1ll', 'kill'],
    ['1awyer', 'lawyer'],
    ['с\u0430sh', 'cash'],
    ['l a w', 'law'],
    ['k.i.l.l', 'kill'],
    ['char*ge', 'charge'],
    ['charge-back', 'chargeback'],
    ['i w i l l s u e', 'iwillsue i will sue'],
    ['s - u  - e', 'sue'],
    ['\u{1F1F8}\u{1F1FA}\u{1F1EA}', 'sue'],
    ['\u{1F162}\u{1F164}\u{1F154}', 'sue'],
    ['suuuue', 'sue'],
    ['s\u{1F525}ue', 'sue'],
  ])('an undisguised copy of %j is %j', (text, expected) => {
    expect(normalisedCopies(text)).toContain(expected);
  });

  it('leaves numbers, closing signs and ordinary text alone', () => {
    expect(normalisedCopies('order 10457 is late!')).toEqual(['order 10457 is late!']);
    expect(normalisedCopies('where is it?')).toEqual(['where is it?']);
  });
});
