/** HTML of a mail to plain text: nothing hidden survives, quoted parts keep a "> " in front (decisions §3.3 step 1). */
import { convert, type HtmlToTextOptions } from 'html-to-text';

const MAX_HTML_CHARS = 1_000_000;

/** Ways to hide an element in its own attributes; style values are written with and without a space. */
const HIDDEN_SELECTORS = [
  'head',
  'script',
  'style',
  'noscript',
  'template',
  'svg',
  '[hidden]',
  '[aria-hidden="true"]',
  ...['display:none', 'visibility:hidden', 'font-size:0', 'opacity:0', 'mso-hide:all', 'max-height:0'].flatMap(
    (rule) => [`[style*="${rule}" i]`, `[style*="${rule.replace(':', ': ')}" i]`],
  ),
];
/** Containers that mail programs put around the history. */
const QUOTE_SELECTORS = [
  'blockquote',
  '.gmail_quote',
  '.gmail_extra',
  '.yahoo_quoted',
  '.moz-cite-prefix',
  '.protonmail_quote',
  '#divRplyFwdMsg',
  '[type="cite"]',
];

const HIDING_RULE =
  /([^{}]{1,200})\{[^{}]{0,400}?(?:display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d]))[^{}]{0,400}\}/gi;

/** Plain class and id selectors that a style sheet in the mail hides. */
function selectorsHiddenByStyleSheets(html: string): string[] {
  const sheets = [...html.matchAll(/<style[^>]{0,500}>([\s\S]{0,50000}?)<\/style>/gi)].map((match) => match[1] ?? '');
  const lists = sheets.flatMap((sheet) => [...sheet.matchAll(HIDING_RULE)].map((match) => match[1] ?? ''));
  return lists
    .flatMap((list) => list.split(','))
    .map((selector) => selector.trim())
    .filter((selector) => /^[.#][A-Za-z_][\w-]{0,60}$/.test(selector));
}

/** Text of an HTML fragment; links keep their words and lose their address. */
export function htmlToText(html: string): string {
  const limited = html.slice(0, MAX_HTML_CHARS);
  const hidden = [...HIDDEN_SELECTORS, ...new Set(selectorsHiddenByStyleSheets(limited))];
  const options: HtmlToTextOptions = {
    wordwrap: false,
    limits: { maxDepth: 60, maxInputLength: MAX_HTML_CHARS },
    selectors: [
      { selector: 'a', options: { ignoreHref: true } },
      { selector: 'img', format: 'skip' },
      ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
      ...QUOTE_SELECTORS.map((selector) => ({ selector, format: 'blockquote' })),
      ...hidden.map((selector) => ({ selector, format: 'skip' })),
    ],
  };
  return convert(limited, options);
}

/** True when a text that was not declared as HTML is mark-up all the same. */
export function looksLikeHtml(text: string): boolean {
  return /<(?:html|body|div|p|br|span|table|blockquote|a|ul|ol|font|style|b|i)(?:\s[^<>]{0,500})?\/?>/i.test(text);
}
