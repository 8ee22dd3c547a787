import { describe, expect, it } from 'vitest';
import { htmlToText } from './html.ts';

describe('the text of a mail in HTML (decisions §3.3 step 1)', () => {
  it.each([
    {
      what: 'a link keeps its words and loses its address',
      html: 'a <a href="https://x.example">link</a>',
      text: 'a link',
    },
    { what: 'a picture is no text', html: 'Hi<img alt="cancel" src="a.png">', text: 'Hi' },
    { what: 'entities are signs', html: 'Ben &amp; Co &lt;3 caf&eacute; &#8364;5', text: 'Ben & Co <3 café €5' },
    ...[1, 2, 3, 4, 5, 6].map((level) => ({
      what: `a heading of level ${level} keeps its case`,
      html: `<h${level}>My order</h${level}>`,
      text: 'My order',
    })),
  ])('$what', ({ html, text }) => {
    expect(htmlToText(html)).toBe(text);
  });

  it('a line is as long as it was written', () => {
    const line = 'word '.repeat(400).trim();
    expect(htmlToText(`<p>${line}</p>`)).toBe(line);
    expect(htmlToText(`${'<div>'.repeat(400)}<p>${line}</p>`).trim()).toBe(line);
  });

  it.each([
    '<head>cancel</head>',
    '<title>cancel</title>',
    '<script>cancel</script>',
    '<style>cancel</style>',
    '<noscript>cancel</noscript>',
    '<template>cancel</template>',
    '<svg><text>cancel</text></svg>',
    '<iframe>cancel</iframe>',
    '<object>cancel</object>',
    '<canvas>cancel</canvas>',
    '<audio>cancel</audio>',
    '<video>cancel</video>',
    '<select><option>cancel</option></select>',
    '<p hidden>cancel</p>',
    '<p aria-hidden="true">cancel</p>',
  ])('%s is read by nobody', (html) => {
    expect(htmlToText(`Hi${html}`)).toBe('Hi');
  });

  it.each([
    '<blockquote>old</blockquote>',
    '<div class="gmail_quote">old</div>',
    '<div class="gmail_extra">old</div>',
    '<div class="yahoo_quoted">old</div>',
    '<div class="moz-cite-prefix">old</div>',
    '<div class="protonmail_quote">old</div>',
    '<div id="divRplyFwdMsg">old</div>',
    '<div type="cite">old</div>',
  ])('%s is a quote', (html) => {
    expect(htmlToText(`Hi${html}`)).toBe('Hi\n\n> old');
  });
});

describe('what is more than any mail', () => {
  const hidden = '<p hidden>cancel</p>Hi';

  it('the first million characters are read', () => {
    const filler = (length: number) => `<!--${'x'.repeat(length - 7)}-->`;
    expect(htmlToText(`${filler(999_998)}Hi`)).toBe('Hi');
    expect(htmlToText(`${filler(999_998)}Hi!`)).toBe('Hi');
  });

  it('three hundred elements in one another are looked through, more are heard without', () => {
    const nested = (count: number) => `${'<div>'.repeat(count)}${hidden}${'</div>'.repeat(count)}`;
    expect(htmlToText(nested(300))).toBe('Hi');
    expect(htmlToText(nested(301))).toBe('cancel Hi');
  });

  it.each([
    { what: 'a thousand open tags', tags: '<b>'.repeat(1_000), heard: false },
    { what: 'one more', tags: '<b>'.repeat(1_001), heard: true },
    { what: 'thousands that are closed again', tags: '<b></b>'.repeat(3_000), heard: false },
    { what: 'every second closed, no more than a thousand open', tags: '<i><b></b>'.repeat(999), heard: false },
    { what: 'every second closed, one more open', tags: '<i><b></b>'.repeat(1_000), heard: true },
    { what: 'closing tags that nothing opened, and then too many', tags: `</b>${'<b>'.repeat(1_001)}`, heard: true },
    {
      what: 'a closing tag that nothing opened, and then a thousand',
      tags: `</b>${'<b>'.repeat(1_000)}`,
      heard: false,
    },
    { what: 'tags that need no end', tags: '<br><p><li>'.repeat(3_000), heard: false },
  ])('$what → structure given up: $heard', ({ tags, heard }) => {
    // In a comment, where they nest nothing.
    expect(htmlToText(`<!--${tags}-->${hidden}`).includes('cancel')).toBe(heard);
  });

  it('the mark for what lies too deep cannot be sent by a customer', () => {
    expect(htmlToText(`\uE000${hidden}`)).toBe('Hi');
  });

  it('scripts and styles are no text without the structure either', () => {
    const html = `${'<div>'.repeat(400)}<script>alert(1 < 2)</script><style>p{color:red}</style>Hi`;
    expect(htmlToText(html).trim()).toBe('Hi');
  });
});
