import { describe, expect, it } from 'vitest';
import { urlLooksPersonal } from './detectors.ts';
import { allowedLink } from './links.ts';

const HOSTS = ['www.ups.com', 'shop.example', 'bücher.example'];

describe('allowedLink (replies §2.6)', () => {
  it.each([
    ['https://www.ups.com/track?tracknum=1Z999AA10123456784', 'https://www.ups.com/track?tracknum=1Z999AA10123456784'],
    ['https://shop.example/k?keyword=mug', 'https://shop.example/k?keyword=mug'],
    ['https://WWW.UPS.COM/track', 'https://www.ups.com/track'],
    ['https://shop.example:443/a', 'https://shop.example/a'],
    ['https://bücher.example/a', 'https://xn--bcher-kva.example/a'],
  ])('%s is shown as %s', (url, shown) => {
    expect(allowedLink(url, HOSTS)).toBe(shown);
  });

  it.each([
    ['http', 'http://www.ups.com/track'],
    ['a script', 'javascript:alert(1)'],
    ['an unlisted host', 'https://evil.example/'],
    ['a longer host with the listed one at its end', 'https://evil-www.ups.com/'],
    ['a subdomain: no suffix match', 'https://a.shop.example/'],
    ['the listed host as a subdomain', 'https://www.ups.com.evil.example/'],
    ['a trailing dot', 'https://www.ups.com./'],
    ['credentials', 'https://www.ups.com@evil.example/'],
    ['credentials on a listed host', 'https://user:pass@www.ups.com/'],
    ['a custom port', 'https://www.ups.com:8443/'],
    ['a fragment', 'https://www.ups.com/track#x'],
    ['an empty fragment', 'https://www.ups.com/track#'],
    ['an IP literal', 'https://127.0.0.1/'],
    ['backslashes', 'https:\\\\www.ups.com\\track'],
    ['a space', 'https://www.ups.com/a b'],
    ['a brace', 'https://www.ups.com/{{order_id}}'],
    ['a token', 'https://shop.example/orders/1?token=abc'],
    ['a token under an encoded key', 'https://shop.example/orders/1?%74oken=abc'],
    ['an access token', 'https://shop.example/orders/1?access_token=abc'],
    ['an e-mail key', 'https://shop.example/orders/1?email=x'],
    ['a key', 'https://shop.example/orders/1?key=abc'],
    ['a key in camel case', 'https://shop.example/orders/1?accessKey=abc'],
    ['an e-mail key with a hyphen', 'https://shop.example/orders/1?customer-e-mail=x'],
    ['a signature', 'https://shop.example/orders/1?Signature=abc'],
    ['a half-width look-alike', 'https://www.ups.com／evil.example/'],
    ['nothing', ''],
  ])('%s is dropped', (_name, url) => {
    expect(allowedLink(url, HOSTS)).toBeUndefined();
  });
});

describe('an entry of the allow-list that is no plain host', () => {
  it.each(['shop.example/path', 'shop.example:8443', 'user@shop.example', 'shop example', ''])(
    '%s allows nothing',
    (host) => {
      expect(allowedLink('https://shop.example/a', [host])).toBeUndefined();
    },
  );
});

describe('urlLooksPersonal (R3)', () => {
  it.each([
    ['a parcel number that is known', 'https://www.dhl.com/t?id=1234567890', ['1234567890'], false],
    ['a bare run of digits', 'https://www.fedex.com/t?trknbr=123456789012', [], false],
    ['an encoded e-mail address', 'https://shop.example/o?u=robin%40mail.example', [], true],
    ['one encoded twice', 'https://shop.example/o?u=robin%2540mail.example', [], true],
    ['a phone key', 'https://shop.example/o?phone=5550100123', [], true],
    ['a written phone number', 'https://shop.example/o?c=555-010-0123', [], true],
    ['a card number (Luhn)', 'https://shop.example/o?c=4111111111111111', [], true],
    ['a street', 'https://shop.example/o?to=12+Main+Street', [], true],
    ['broken encoding', 'https://shop.example/o?u=%E0%A4%A', [], true],
  ])('%s', (_name, url, known, isPersonal) => {
    expect(urlLooksPersonal(url, known)).toBe(isPersonal);
  });
});
