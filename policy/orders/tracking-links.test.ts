import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LINKS, UPS_NUMBER, UPS_URL } from './fixtures/orders.ts';
import {
  buildTrackingUrl,
  carrierOf,
  cleanStatusUrl,
  cleanTrackingNumber,
  cleanTrackingUrl,
  namesOther,
} from './tracking-links.ts';

describe('tracking links (replies §2.6)', () => {
  it.each([
    ['as delivered', UPS_URL, UPS_URL],
    ['host in capitals', `https://WWW.UPS.COM/track?tracknum=${UPS_NUMBER}`, UPS_URL],
    ['port 443 written out', `https://www.ups.com:443/track?tracknum=${UPS_NUMBER}`, UPS_URL],
    ['an undeclared key goes', `${UPS_URL}&utm_source=mail&redirect=x`, UPS_URL],
    ['unknown host', 'https://track.example/TRK0000000001', null],
    ['a host that ends alike', 'https://evil-www.ups.com/track', null],
    ['a host that starts alike', 'https://www.ups.com.evil.example/track', null],
    ['a subdomain', 'https://a.www.ups.com/track', null],
    ['a host with a trailing dot', 'https://www.ups.com./track', null],
    ['look-alike letters', 'https://www.uрs.com/track', null], // Cyrillic er
    ['http', `http://www.ups.com/track?tracknum=${UPS_NUMBER}`, null],
    ['javascript', 'javascript:alert(1)', null],
    ['data', 'data:text/html,hello', null],
    ['credentials', 'https://user:pass@www.ups.com/track', null],
    ['another port', 'https://www.ups.com:8443/track', null],
    ['an address', 'https://192.0.2.7/track', null],
    ['an IPv6 address', 'https://[2001:db8::1]/track', null],
    ['a shortener', 'https://bit.ly/3abcdef', null],
    ['a fragment', `${UPS_URL}#step`, null],
    ['an empty fragment', `${UPS_URL}#`, null],
    ['an e-mail key', `${UPS_URL}&email=nora`, null],
    ['a token key', `${UPS_URL}&token=abc`, null],
    ['a key key', `${UPS_URL}&key=abc`, null],
    ['a signature key', `${UPS_URL}&signature=abc`, null],
    ['a compound token key', `${UPS_URL}&accessToken=abc`, null],
    ['a compound key key', `${UPS_URL}&api_key=abc`, null],
    ['an e-mail as value', 'https://www.ups.com/track?tracknum=nora%40example.test', null],
    ['an e-mail in the path', 'https://www.ups.com/track/nora@example.test', null],
    ['an odd value', 'https://www.ups.com/track?tracknum=%3Cb%3E', null],
    ['too long', `https://www.ups.com/${'a'.repeat(300)}`, null],
    ['a compound token key in one word', `${UPS_URL}&authtoken=abc`, null],
    ['an API key in one word', `${UPS_URL}&ApiKey=abc`, null],
    ['a redirector in the path', 'https://www.ups.com/redirect/https://evil.example/', null],
    ['a redirector in segments', 'https://www.ups.com/redirect/evil.example', null],
    ['an address in segments', 'https://www.ups.com/to/https/evil.example', null],
    ['a session in the path', `https://www.ups.com/track;jsessionid=abc?tracknum=${UPS_NUMBER}`, null],
    ['a doubly encoded address', 'https://www.ups.com/track/nora%2540example.test', null],
    ['a control character', 'https://www.ups.com/tr\u0000ack', null],
    ['a line break that a parser would mend', 'https://www.ups.com/tr\nack', null],
    ['a tab in the host', 'https://www.ups\t.com/track', null],
    ['backslashes', 'https:\\\\www.ups.com\\track', null],
    ['a right-to-left override', 'https://www.ups.com/\u202Ekcart', null],
    ['full-width letters are the same host', 'https://ｗｗｗ.ups.com/track', 'https://www.ups.com/track'],
    ['no scheme', '//www.ups.com/track', null],
    ['credentials that look like the host', 'https://www.ups.com@evil.example/track', null],
    ['an address as one number', 'https://3221225991/track', null],
    ['a template', 'https://www.ups.com/{{order_id}}', null],
    ['a blob', 'blob:https://www.ups.com/abc', null],
    ['no link', 'see the mail', null],
    ['the shop’s own page', 'https://shop.example/track', 'https://shop.example/track'],
    ['as long as may be', `https://www.ups.com/${'a'.repeat(280)}`, `https://www.ups.com/${'a'.repeat(280)}`],
    ['one longer', `https://www.ups.com/${'a'.repeat(281)}`, null],
    [
      'a value as long as may be',
      `https://www.ups.com/track?tracknum=${'A'.repeat(64)}`,
      `https://www.ups.com/track?tracknum=${'A'.repeat(64)}`,
    ],
    ['a value one longer', `https://www.ups.com/track?tracknum=${'A'.repeat(65)}`, null],
    ['one odd value of two', `${UPS_URL}&tracknum=%3Cb%3E`, null],
  ])('%s', (_, raw, clean) => {
    expect(cleanTrackingUrl(raw, LINKS)).toBe(clean);
  });

  it('whatever comes in, only https on a listed host comes out', () => {
    const hosts = ['www.ups.com', 'wwwapps.ups.com', 'tools.usps.com', 'shop.example'];
    const near = fc
      .tuple(
        fc.constantFrom('https://', 'http://', '//', ''),
        fc.constantFrom(...hosts, 'a.example'),
        fc.webPath(),
        fc.webQueryParameters(),
      )
      .map(([scheme, host, path, query]) => `${scheme}${host}${path}?${query}`);
    fc.assert(
      fc.property(fc.oneof(fc.webUrl(), fc.string(), near), (raw) => {
        const clean = cleanTrackingUrl(raw, LINKS);
        if (clean === null) return;
        const url = new URL(clean);
        expect(url.protocol).toBe('https:');
        expect(hosts).toContain(url.hostname);
        expect(url.username + url.password + url.port + url.hash).toBe('');
        expect(clean.length).toBeLessThanOrEqual(300);
      }),
    );
  });
});

describe('a link beside a number', () => {
  const OTHER = '1Z999AA10999999999';
  it.each([
    ['its own in the query', UPS_URL, false],
    ['its own in the path', `https://www.ups.com/track/${UPS_NUMBER}/trackdetails`, false],
    ['none', 'https://www.ups.com/track?loc=us', false],
    ['another in the query', `https://www.ups.com/track?tracknum=${OTHER}`, true],
    ['another in the path', `https://www.ups.com/track/${OTHER}/trackdetails`, true],
    ['another beside its own', `${UPS_URL}&trackNums=${OTHER}`, true],
    ['another under the same key', `${UPS_URL}&tracknum=${OTHER}`, true],
  ])('%s', (_, link, isOther) => {
    expect(namesOther(link, UPS_NUMBER)).toBe(isOther);
  });
});

describe('order page', () => {
  it.each([
    ['https://shop.example/orders/abc123', 'https://shop.example/orders/abc123'],
    ['https://shop.example/orders/abc123?key=xyz', null],
    ['https://shop.example/orders/abc123?token=xyz', null],
    ['https://shop.example/orders/token/abc123', null],
    ['https://shop.example/orders/abc123?utm_source=mail', 'https://shop.example/orders/abc123'],
    ['https://www.ups.com/orders/abc123', null], // a carrier's host is no page of the shop
    ['https://other.example/orders/abc123', null],
  ])('%s → %s', (raw, clean) => {
    expect(cleanStatusUrl(raw, LINKS)).toBe(clean);
  });
});

describe('tracking numbers (replies §1.5)', () => {
  it.each([
    ['1Z 999 AA1 01 2345 6784', UPS_NUMBER],
    ['1z999aa1-0123-456784', UPS_NUMBER],
    ['TRK0000000001', 'TRK0000000001'],
    ['12345678', '12345678'],
    ['1234567', null], // seven characters
    [`1${'A'.repeat(33)}`, `1${'A'.repeat(33)}`],
    [`1${'A'.repeat(34)}`, null], // thirty-five
    ['1Z999/AA10123', null],
    ['NOTAVAILABLE', null],
    ['', null],
  ])('%j → %s', (raw, clean) => {
    expect(cleanTrackingNumber(raw)).toBe(clean);
  });
});

describe('carriers', () => {
  it.each([
    ['UPS', 'UPS'],
    [' ups ', 'UPS'],
    ['US  Postal', 'USPS'],
    ['ExampleShip', null],
    ['upsy', null],
    [undefined, null],
  ])('%s is %s', (raw, label) => {
    expect(carrierOf(raw, LINKS.carriers)?.label ?? null).toBe(label);
  });

  it('a link is built only when carrier and number fit each other', () => {
    const ups = carrierOf('ups', LINKS.carriers);
    expect(buildTrackingUrl(ups, UPS_NUMBER)).toBe(UPS_URL);
    expect(buildTrackingUrl(ups, 'TRK0000000001')).toBeNull();
    expect(buildTrackingUrl(ups, undefined)).toBeNull();
    expect(buildTrackingUrl(null, UPS_NUMBER)).toBeNull();
  });
});
