import { describe, expect, it } from 'vitest';
import { isReadable, withoutEncoded } from './readable.ts';

const TEXT = 'please send my money back to me today';
const hex = [...TEXT].map((sign) => sign.charCodeAt(0).toString(16));
const shifted = (by: number) =>
  TEXT.replace(/[a-z]/g, (letter) => String.fromCharCode(97 + ((letter.charCodeAt(0) - 97 + by) % 26)));

describe('text that is not written to be read', () => {
  it.each([
    btoa(TEXT),
    hex.join(' '),
    hex.map((pair) => `%${pair}`).join(''),
    hex.map((pair) => `\\u00${pair}`).join(''),
    [...'refund'].map((sign) => sign.charCodeAt(0).toString(2).padStart(8, '0')).join(' '),
    '-- --- -. . -.-- / -. --- .--',
    '16 12 5 1 19 5 / 16 1 25 / 13 5 / 14 15 23',
    [...TEXT].reverse().join(''),
    shifted(13),
    shifted(3),
  ])('%j', (text) => {
    expect(isReadable(text)).toBe(false);
  });

  it.each([
    TEXT,
    '¿Dónde está mi pedido? Lo compré el lunes.',
    'Je voudrais annuler ma commande d’hier',
    'Wo bleibt mein Paket mit den Lampen',
    'cn u snd teh tracknig nr pls thx',
    'asdf qwer zxcv hjkl',
    'Orders 10442, 10443, 10444 and 10445 are late',
    '1Z999AA10123456784',
    'https://shop.example/d2hlcmUgaXMgbXkgb3JkZXIgcGxlYXNl',
    '',
    '???',
    '4471',
  ])('%j is left alone', (text) => {
    expect(isReadable(text)).toBe(true);
  });

  it('an encoded run among words goes, the words stay', () => {
    expect(withoutEncoded(`where is it ${btoa(TEXT)}`)).toBe('where is it');
  });

  it('runs are taken out without what stands around them', () => {
    expect(withoutEncoded('4471 ')).toBe('4471');
    expect(withoutEncoded('a %41%42%43%44 b')).toBe('a   b');
  });
});

describe('words read another way', () => {
  const letters = (text: string, other: (letter: number) => number) =>
    text.replace(/[a-z]/g, (letter) => String.fromCharCode(97 + (other(letter.charCodeAt(0) - 97) % 26)));
  const backwards = (text: string) => [...text].reverse().join('');

  it.each(Array.from({ length: 25 }, (_, at) => at + 1))('letters shifted by %i', (by) => {
    // Long words, which no shift makes others of.
    expect(isReadable(letters('please cancel another subscription tomorrow', (letter) => letter + by))).toBe(false);
  });

  it('letters of the alphabet turned around', () => {
    expect(isReadable(letters(TEXT, (letter) => 25 - letter))).toBe(false);
    expect(isReadable(letters('zebra jazz quiz buzz maze', (letter) => 25 - letter))).toBe(true);
  });

  it.each([
    { what: 'three words say too little', text: backwards('please refund order'), readable: true },
    { what: 'four are told', text: backwards('please refund order today'), readable: false },
    { what: 'a single letter is no word', text: `a i u ${backwards('please refund order')}`, readable: true },
    { what: 'nor an English one', text: `a i a i ${backwards('please refund order today')}`, readable: false },
    { what: 'a fifth of English is some', text: `order ${backwards('please refund today monday')}`, readable: true },
    { what: 'a sixth is hardly any', text: `order ${backwards('please refund today monday money')}`, readable: false },
    { what: 'half makes sense backwards', text: `qwxz zzqj ${backwards('please refund')}`, readable: false },
    {
      what: 'three of seven do not',
      text: `qwxz zzqj xxkz vvqk ${backwards('please refund today')}`,
      readable: true,
    },
  ])('$what: $text', ({ text, readable }) => {
    expect(isReadable(text)).toBe(readable);
  });

  it('the first thousand characters are looked at', () => {
    const encoded = '%41'.repeat(333);
    expect(isReadable(`${encoded}k`)).toBe(true);
    expect(isReadable(`${encoded} k`)).toBe(false);
  });
});
