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
});
