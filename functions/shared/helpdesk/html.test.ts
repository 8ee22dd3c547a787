import { describe, expect, it } from 'vitest';
import { asHtml, decodeEntities } from './html.ts';

describe('decodeEntities (reference §11.3)', () => {
  it.each([
    ['&lt;CAx+1@mail.test&gt;', '<CAx+1@mail.test>'],
    ['a&amp;b &quot;c&apos; &#39; &#x3C;', "a&b \"c' ' <"],
    ['&amp;lt;', '&lt;'],
    ['&nbsp; &#0; &#x110000; & plain', '&nbsp; &#0; &#x110000; & plain'],
  ])('%s', (escaped, plain) => {
    expect(decodeEntities(escaped)).toBe(plain);
  });
});

it('writes plain text as HTML that shows the same (reference §3.5)', () => {
  expect(asHtml('a & b < c > d &lt;\r\nnext\n\nlast')).toBe('a &amp; b &lt; c &gt; d &amp;lt;<br>next<br><br>last');
});
