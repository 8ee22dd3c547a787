/** HTML of a mail to plain text: nothing hidden survives, quoted parts keep a "> " in front (decisions §3.3 step 1). */
import { convert, type HtmlToTextOptions } from 'html-to-text';
import { markHidden } from './hidden.ts';

const MAX_HTML_CHARS = 1_000_000;

/** Stands for what lies too deep; if it comes out, the mark-up is taken off without looking at its structure. */
const TOO_DEEP = '\uE000';
/** A long thread nests its quotes, a few elements each. */
const MAX_DEPTH = 300;
const BOMB_DEPTH = 1_000;
/** Tags that stay open until they are closed. */
const LASTING_TAG = /<(\/?)(?!(?:area|br|col|dd|dt|hr|img|input|li|link|meta|option|p|tbody|td|th|tr|wbr)\b)[a-z]/gi;

/** Elements without text for a reader, and what is marked as hidden. */
const UNREAD_SELECTORS = [
  'head',
  'title',
  'script',
  'style',
  'noscript',
  'template',
  'svg',
  'iframe',
  'object',
  'canvas',
  'audio',
  'video',
  'select',
  '[hidden]',
  '[aria-hidden="true"]',
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

/** Text of an HTML fragment; links keep their words and lose their address. */
export function htmlToText(html: string): string {
  // An embedded picture is no text and may be longer than all of it.
  const limited = html
    .replace(/data:[\w.+-]{1,40}\/[\w.+-]{1,60};base64,[\w+/=]*/gi, 'data:')
    .slice(0, MAX_HTML_CHARS)
    .replaceAll(TOO_DEEP, '');
  const options: HtmlToTextOptions = {
    wordwrap: false,
    limits: { maxDepth: MAX_DEPTH, maxInputLength: MAX_HTML_CHARS, ellipsis: TOO_DEEP },
    selectors: [
      { selector: 'a', options: { ignoreHref: true } },
      { selector: 'img', format: 'skip' },
      ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
      ...QUOTE_SELECTORS.map((selector) => ({ selector, format: 'blockquote' })),
      ...UNREAD_SELECTORS.map((selector) => ({ selector, format: 'skip' })),
    ],
  };
  if (isBomb(limited)) return withoutTags(limited);
  const text = convert(markHidden(limited), options);
  return text.includes(TOO_DEEP) ? withoutTags(limited) : text;
}

/** Opens far more than any mail closes: parsing it would take longer than reading it is worth. */
function isBomb(html: string): boolean {
  let depth = 0;
  for (const [, slash] of html.matchAll(LASTING_TAG)) {
    depth = Math.max(0, depth + (slash === '/' ? -1 : 1));
    if (depth > BOMB_DEPTH) return true;
  }
  return false;
}

/** Every text of the mark-up, hidden or not: what is nested out of reach is heard rather than missed. */
function withoutTags(html: string): string {
  const visible = html.replace(/<(script|style)(?=[\s>])[^<]*(?:<(?!\/\1)[^<]*)*/gi, ' ');
  return convert(visible.replace(/<\/?[a-z!][^<>]*>?/gi, ' '), { wordwrap: false });
}

/** True when a text that was not declared as HTML is mark-up all the same. */
export function looksLikeHtml(text: string): boolean {
  return /<(?:html|body|div|p|br|span|table|blockquote|a|ul|ol|font|style|b|i)(?:\s[^<>]{0,500})?\/?>/i.test(text);
}
