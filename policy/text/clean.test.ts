import { describe, expect, it } from 'vitest';
import { cleanMessage, screenable } from './clean.ts';
import { screenTier0 } from './screen.ts';

describe('cleanMessage (decisions §3.3)', () => {
  it('turns HTML into text and drops what is hidden', () => {
    const html = `<html><head><style>.x1 { display: none } p { color: red }</style></head><body>
      <p>Where is my <b>order</b>?</p><div style="display:none">cancel it</div><div style="font-size: 0px">refund</div>
      <span class="x1">I will sue</span><script>alert("x")</script><p hidden>no</p></body></html>`;
    expect(cleanMessage(html, { html: true })).toMatchObject({
      own: 'Where is my order?',
      quoted: '',
      words: 4,
      empty: false,
    });
  });

  it('recognises mark-up that was not declared', () => {
    expect(cleanMessage('<div>Hi there</div>').own).toBe('Hi there');
    expect(cleanMessage('5 < 6 and 7 > 2').own).toBe('5 < 6 and 7 > 2');
  });

  it.each([
    {
      name: 'Gmail',
      raw: 'Any news?\n\nOn Mon, 3 Nov 2025 at 10:00, Shop <help@shop.test> wrote:\n> Hello,\n> your parcel left.',
    },
    { name: 'Gmail wrapped', raw: 'Any news?\n\nOn Mon, 3 Nov 2025 at 10:00, Shop\n<help@shop.test> wrote:\n> Hello' },
    {
      name: 'Outlook',
      raw: 'Any news?\n\nFrom: Shop <help@shop.test>\nSent: Monday\nTo: Ana\nSubject: Order\n\nHello',
    },
    { name: 'original message', raw: 'Any news?\n-----Original Message-----\nHello' },
    { name: 'Spanish', raw: 'Any news?\nEl lun, 3 nov 2025 a las 10:00, Tienda escribió:\n> Hola' },
    {
      name: 'HTML quote',
      raw: '<div>Any news?</div><div class="gmail_quote">On Mon, Shop wrote:<blockquote>Hello</blockquote></div>',
    },
  ])('keeps the own text of a $name reply', ({ raw }) => {
    const message = cleanMessage(raw);
    expect(message.own).toBe('Any news?');
    expect(message.quoted).not.toBe('');
  });

  it('a header without a date is typed, not forwarded', () => {
    const raw = 'From: the shop\nTo: whom it may concern\nSubject: vase\n\nMy vase is cracked.';
    expect(cleanMessage(raw)).toMatchObject({ own: raw, quoted: '' });
  });

  it('keeps answers written between and under quoted lines', () => {
    const raw = 'On Mon, 3 Nov 2025, Shop wrote:\n> Did it arrive?\nNo.\n> Which number?\n55213';
    expect(cleanMessage(raw)).toMatchObject({
      own: 'No.\n55213',
      quoted: 'On Mon, 3 Nov 2025, Shop wrote:\nDid it arrive?\nWhich number?',
    });
  });

  it('takes off a signature, a device line and a legal footer, and screens them', () => {
    const raw =
      'Where is it?\n\nSent from my iPhone\n\nThis e-mail is confidential and intended for the addressee. Legal action follows misuse.\n--\nDana Roe\nRoe Interiors';
    const message = cleanMessage(raw);
    expect(message.own).toBe('Where is it?');
    expect(message.signature).toContain('Dana Roe');
    expect(screenTier0(screenable(message)).strength).toBe('weak');
  });

  it('hears a demand that hides under a signature mark', () => {
    const message = cleanMessage('Where is it?\n--\nMy lawyer will contact you.');
    expect(screenTier0(screenable(message)).strength).toBe('strong');
  });

  it.each([
    'Where is it?\n--\nPlease cancel it.',
    'Where is it?\n--\nthe blue one is mine',
    'Where is it?\n—\nDana',
    'Where is it?\n____________________\nIt came broken',
    'Where is it?\n\nThis message is intended for the manager: it came broken.',
    'Where is it?\nOn Monday I wrote:\nit came broken',
    'Where is it?\nOn Monday Dana wrote:\nit came broken',
  ])('keeps what may be the customer’s own: %j', (raw) => {
    expect(cleanMessage(raw)).toMatchObject({ own: raw, quoted: '', signature: '', doubtful: '' });
  });

  it.each([
    { under: '--\nDana Roe\n+1 555 010 4477', doubtful: 'Dana Roe\n+1 555 010 4477' },
    { under: '--\nThank you,\nDana', doubtful: 'Thank you,\nDana' },
    { under: 'Sent from my iPhone', doubtful: 'Sent from my iPhone' },
    {
      under: '\nThis e-mail is confidential, for the recipient alone.',
      doubtful: 'This e-mail is confidential, for the recipient alone.',
    },
    { under: '-----Original Message-----\nHello\n> Hi', doubtful: '-----Original Message-----\nHello' },
    { under: 'From: Shop\nSent: Monday\nTo: Ana\n\nHello', doubtful: 'From: Shop\nSent: Monday\nTo: Ana\n\nHello' },
    {
      under: '____________________\nFrom: Shop <help@shop.test>\nSent: 1 May\nSubject: Hi\n\nHello',
      doubtful: 'Subject: Hi',
    },
    { under: 'On Mon, 3 Nov 2025 at 10:00, Shop wrote:\nHello', doubtful: '' },
    { under: 'On Mon, Shop wrote:\n> Hello', doubtful: '' },
  ])('says what nobody proves to be another’s: $under', ({ under, doubtful }) => {
    expect(cleanMessage(`Where is it?\n${under}`)).toMatchObject({ own: 'Where is it?', doubtful });
  });

  it('keeps a long text after "--": it is no signature', () => {
    const raw = `First.\n--\n${'A second part that goes on for a while.\n'.repeat(12)}`;
    expect(cleanMessage(raw).own).toContain('second part');
  });

  it('removes invisible and control characters and counts words by white space', () => {
    expect(cleanMessage('\u202Ewhere\u200B  is\u0007 it \t?\r\n\r\n\r\n\r\nthanks')).toMatchObject({
      own: 'where is it ?\n\nthanks',
      words: 5,
    });
    expect(cleanMessage('ｗｈｅｒｅ').own).toBe('where');
    expect(cleanMessage('a\u2028b\rc \n d\uD800').own).toBe('a\nb\nc\nd');
  });

  it.each(['', '   ', '👍', '...', '\u200B', '<div><img src="cid:1"></div>'])('calls %j empty', (raw) => {
    expect(cleanMessage(raw).empty).toBe(true);
  });

  it('counts no word where nothing was written', () => {
    expect(cleanMessage('> quoted')).toEqual({
      own: '',
      quoted: 'quoted',
      signature: '',
      doubtful: '',
      cut: false,
      words: 0,
      empty: true,
    });
    expect(screenable(cleanMessage('Hi'))).toEqual({ own: 'Hi', quoted: '' });
    expect(screenable(cleanMessage('Hi\n--\nDana'))).toEqual({ own: 'Hi\nDana', quoted: '' });
  });

  it('reads a million characters of a comment and keeps 64,000 of either part (decisions §2.1)', () => {
    expect(cleanMessage(`${' '.repeat(999_999)}ab`, { html: false }).own).toBe('a');
    expect(cleanMessage('a'.repeat(64_001)).own).toBe('a'.repeat(64_000));
    expect(cleanMessage(`> ${'a'.repeat(64_001)}`).quoted).toBe('a'.repeat(64_000));
  });

  it.each([
    { name: 'deep nesting', raw: `<div>${'<b>'.repeat(20_000)}text`, html: true },
    { name: 'open braces', raw: `<style>${'{'.repeat(40_000)}`, html: true },
    { name: 'many "on"', raw: 'on '.repeat(30_000), html: false },
    { name: 'many quote marks', raw: '>'.repeat(64_000), html: false },
  ])('reads hostile mark-up to the end: $name', ({ raw, html }) => {
    expect(cleanMessage(raw, { html }).own.length).toBeLessThanOrEqual(64_000);
  });
});
