import { describe, expect, it } from 'vitest';
import { cleanMessage } from './clean.ts';
import { hides } from './hidden.ts';

const own = (html: string) => cleanMessage(html, { html: true }).own;

describe('hides', () => {
  it.each([
    'display:none',
    'DISPLAY : NONE !important',
    'color:red;display:none;margin:0',
    'visibility:hidden',
    'visibility: collapse',
    'opacity:0',
    'opacity:0.0',
    'font-size:0',
    'font-size:0px',
    'font-size:1px',
    'max-height:0',
    'height:0;overflow:hidden',
    'width:0px;overflow:hidden',
    'max-width:0;overflow:hidden',
    'mso-hide:all',
    'position:absolute;left:-9999px',
    'text-indent:-1000em',
    'top:-10000px;position:fixed',
    'left:-500px',
    'right:-500px',
    'top:-500px',
    'margin-left:-500px',
    'display:none;display',
    'display:none;displayx',
    'clip:rect(0,0,0,0)',
    'transform:scale(0)',
    'color:transparent',
    'color:#fff;background-color:#fff',
    'background:white;color:white',
  ])('%s', (style) => {
    expect(hides(style)).toBe(true);
  });

  it.each([
    '',
    'color:red',
    'font-size:0.875rem',
    'font-size:10px',
    'opacity:0.8',
    'display:block',
    'height:0',
    'width:0',
    'max-width:0',
    'overflow:hidden',
    'height:1px;overflow:hidden',
    'opacity:1',
    'opacity:-1',
    'font-size:2px',
    'font-size:-1px',
    'max-height:1px',
    'max-height:-1px',
    'background-color:red',
    'background:red',
    'mso-hide:none',
    'visibility:visible',
    'clip:rect(1px,0,0,0)',
    'transform:scale(1)',
    'color:none',
    'left:-2px',
    'left:-499px',
    'bottom:-9999px',
    'margin-left:-10px',
    'max-height:100px;overflow:hidden',
    'color:#fff;background-color:#000',
    'display',
    ';;;',
    'text-indent:-1em',
  ])('but not %s', (style) => {
    expect(hides(style)).toBe(false);
  });
});

describe('what a mail hides from its reader', () => {
  it.each([
    { by: 'its own style', html: '<p>Hi</p><div style="display:none">cancel</div>' },
    { by: 'single quotes', html: "<p>Hi</p><div style='opacity:0'>cancel</div>" },
    { by: 'no quotes', html: '<p>Hi</p><div style=display:none>cancel</div>' },
    { by: 'a class', html: '<style>.x{display:none}</style><p>Hi</p><div class="a x b">cancel</div>' },
    { by: 'an id', html: '<style>#x{visibility:hidden}</style><p>Hi</p><div id=x>cancel</div>' },
    { by: 'a tag with class', html: '<style>span.x{font-size:0}</style><p>Hi</p><span class=x>cancel</span>' },
    { by: 'a tag', html: '<style>aside{display:none}</style><p>Hi</p><aside>cancel</aside>' },
    { by: 'one of many selectors', html: '<style>p.y, .x ,#z{display:none}</style><p>Hi</p><i class="x">cancel</i>' },
    {
      by: 'a second sheet',
      html: '<style>p{color:red}</style><style>.x{display:none}</style>Hi<i class="x">cancel</i>',
    },
    { by: 'a rule behind a comment', html: '<style>/* a{b} */.x{display:none}</style>Hi<i class="x">cancel</i>' },
    {
      by: 'a rule behind 4,000 others',
      html: `<style>${'.a{color:red}'.repeat(4_000)}.x{display:none}</style>Hi<i class="x">cancel</i>`,
    },
    { by: 'a rule behind a bracket too many', html: '<style>}.x{display:none}</style>Hi<i class="x">cancel</i>' },
    {
      by: 'a rule behind one for small screens',
      html: '<style>@media print{p{color:red}}.x{display:none}</style>Hi<i class="x">cancel</i>',
    },
    { by: 'a rule with another inside', html: '<style>.x{b{color:red} display:none}</style>Hi<i class="x">cancel</i>' },
    { by: 'a sheet that is never closed', html: '<p>Hi</p><i class="x">cancel</i><style>.x{display:none}' },
    { by: 'a sheet in capitals', html: '<STYLE type="text/css">.x{display:none}</STYLE>Hi<i class="x">cancel</i>' },
    { by: 'an unquoted and a spaced attribute', html: '<style>.x{opacity:0}</style>Hi<i id=y class = "x">cancel</i>' },
    { by: 'the attribute', html: '<p>Hi</p><p hidden>cancel</p>' },
    { by: 'a comment', html: '<p>Hi</p><!-- cancel -->' },
    { by: 'a script', html: '<p>Hi</p><script>cancel</script>' },
    { by: 'the head', html: '<head><title>cancel</title></head><body>Hi</body>' },
    { by: 'a template', html: '<p>Hi</p><template>cancel</template><noscript>cancel</noscript>' },
    { by: 'a frame', html: '<p>Hi</p><iframe>cancel</iframe><svg><text>cancel</text></svg>' },
    { by: 'an outer element', html: '<p>Hi</p><div style="display:none"><p>cancel <b>now</b></p></div>' },
  ])('by $by is not read', ({ html }) => {
    expect(own(html).trim()).toBe('Hi');
  });

  it.each([
    {
      what: 'a rule for small screens',
      html: '<style>@media (max-width:9px){.x{display:none}}</style><p class="x">Hi</p>',
    },
    { what: 'a selector that says more', html: '<style>.a .x{display:none}</style><p class="x">Hi</p>' },
    { what: 'a small font', html: '<p style="font-size:0.9em">Hi</p>' },
    { what: 'a style that is only written about', html: '<p>Hi</p>' },
    { what: 'a sheet that is never closed', html: '<p>Hi</p><style>.x{display:none}' },
    { what: 'a rule in a comment', html: '<style>/*.x{display:none}*/.y{color:red}</style><p class="x">Hi</p>' },
    { what: 'a comment that is never closed', html: '<style>.y{top:0}/*.x{display:none}</style><p class="x">Hi</p>' },
    { what: 'a rule inside another', html: '<style>.x{.y{display:none}}</style><p class="x">Hi</p>' },
    {
      what: 'a rule for something inside another that hides',
      html: '<style>.y{.x{color:red} display:none}</style><p class="x">Hi</p>',
    },
    { what: 'a rule for another class', html: '<style>.xy{display:none}</style><p class="x" id="xy">Hi</p>' },
    { what: 'a rule for another id', html: '<style>#xy{display:none}</style><p id="x" class="xy">Hi</p>' },
    { what: 'a rule for the class of another tag', html: '<style>b.x{display:none}</style><p class="x">Hi</p>' },
    { what: 'a rule without a selector', html: '<style>{display:none}</style><p class="" id="">Hi</p>' },
    { what: 'a sheet whose tag never ends', html: '<p class="x">Hi</p><style .x{display:none}' },
    { what: 'half a rule', html: '<style>.x{display:none</style><p class="x">Hi</p>' },
    { what: 'hiding everything', html: '<style>body{display:none}</style><body>Hi</body>' },
  ])('$what hides nothing', ({ html }) => {
    expect(own(html)).toBe('Hi');
  });

  it('a rule that is only written about, outside of any sheet, hides nothing', () => {
    expect(own('<style>a{top:0}</style>a{top:0}.x{display:none}<p class="x">Hi</p>')).toMatch(/Hi$/);
  });

  it('what is nested out of reach is heard all the same', () => {
    const html = `${'<div>'.repeat(40_000)}I will sue you${'</div>'.repeat(40_000)}`;
    expect(own(html)).toBe('I will sue you');
  });

  it('a long thread keeps its quotes quotes', () => {
    const html = `Any news?${'<div class="gmail_quote"><blockquote><div>'.repeat(60)}I will sue you`;
    expect(cleanMessage(html, { html: true })).toMatchObject({ own: 'Any news?', quoted: 'I will sue you' });
  });

  it('an embedded picture does not push the text out', () => {
    const html = `<img src="data:image/png;base64,${'iVBORw0KGgo'.repeat(120_000)}"><p>Where is my order?</p>`;
    expect(own(html)).toBe('Where is my order?');
  });
});
