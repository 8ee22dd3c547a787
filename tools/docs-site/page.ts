/** One Markdown page: its words as HTML, its headings, its sections for the search, and where it leads. */
import { existsSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { Marked, type Tokens } from 'marked';
import { anchorsOfPage } from './anchors.ts';
import { filePlace, isPage, pagePlace, relativeTo } from './places.ts';

export type Section = { readonly heading: string; readonly anchor: string; readonly text: string };
export type Page = {
  readonly source: string;
  readonly place: string;
  readonly title: string;
  readonly html: string;
  readonly headings: readonly { readonly depth: number; readonly text: string; readonly anchor: string }[];
  readonly sections: readonly Section[];
  /** Files of the repository that it leads to. */
  readonly leadsTo: readonly Lead[];
};
export type Lead = { readonly target: string; readonly source: string; readonly anchor: string | null };

/** @param root  the repository  @param source  of the page, relative to it */
export function readPage(root: string, source: string, markdown: string): Page {
  const place = pagePlace(source);
  const anchorFor = anchorsOfPage();
  const headings: Page['headings'][number][] = [];
  const leads: Lead[] = [];
  const sections: { heading: string; anchor: string; words: string[] }[] = [{ heading: '', anchor: '', words: [] }];

  const marked = new Marked({
    renderer: {
      heading({ tokens, depth }: Tokens.Heading) {
        const text = plainText(tokens);
        const anchor = anchorFor(text);
        headings.push({ depth, text, anchor });
        const html = this.parser.parseInline(tokens);
        const self =
          depth === 1
            ? ''
            : ` <a class="anchor" href="#${attribute(anchor)}" aria-label="Link to ${attribute(text)}">#</a>`;
        return `<h${depth} id="${attribute(anchor)}">${html}${self}</h${depth}>\n`;
      },
      link({ href, title, tokens }: Tokens.Link) {
        const words = this.parser.parseInline(tokens);
        const to = addressOf(href);
        if (to === null) return words;
        return `<a href="${attribute(to)}"${title ? ` title="${attribute(title)}"` : ''}>${words}</a>`;
      },
      image({ href, text }: Tokens.Image) {
        return `<img src="${attribute(addressOf(href) ?? '')}" alt="${attribute(text)}">`;
      },
      // Wide tables and code move by themselves; by keyboard too, so they take the focus.
      table(token: Tokens.Table) {
        const cell = (tag: 'th' | 'td', { tokens, align }: Tokens.TableCell) =>
          `<${tag}${tag === 'th' ? ' scope="col"' : ''}${align ? ` class="${align}"` : ''}>${this.parser.parseInline(tokens)}</${tag}>`;
        const rows = token.rows.map((row) => `<tr>${row.map((one) => cell('td', one)).join('')}</tr>`).join('\n');
        const head = `<tr>${token.header.map((one) => cell('th', one)).join('')}</tr>`;
        return `<div class="wide" tabindex="0" role="region" aria-label="Table"><table><thead>${head}</thead><tbody>\n${rows}\n</tbody></table></div>\n`;
      },
      code({ text, lang }: Tokens.Code) {
        return `<pre tabindex="0"><code${lang ? ` class="language-${attribute(lang)}"` : ''}>${escaped(text)}\n</code></pre>\n`;
      },
    },
  });

  /** Addresses elsewhere stay; `null` for a folder without a page of its own. */
  function addressOf(href: string): string | null {
    if (/^[a-z]+:/i.test(href)) return href;
    const [path = '', anchor = null] = href.split('#');
    if (path === '') {
      leads.push({ target: href, source, anchor });
      return href;
    }
    const to = leadOf(root, source, decodeURIComponent(path));
    leads.push({ target: href, source: to, anchor });
    if (isFolder(root, to)) return null;
    const place_ = isPage(to) ? pagePlace(to) : filePlace(to);
    return `${encodeURI(relativeTo(place, place_))}${anchor === null ? '' : `#${anchor}`}`;
  }

  const tokens = marked.lexer(markdown);
  for (const token of tokens) {
    if (token.type === 'heading')
      sections.push({ heading: plainText((token as Tokens.Heading).tokens), anchor: '', words: [] });
    else sections.at(-1)?.words.push(wordsOf(token));
  }
  const html = marked.parser(tokens);
  // Headings inside of lists and quotes make no section, so the two lists are matched by their text, in order.
  let at = 0;
  for (const section of sections.slice(1)) {
    const found = headings.findIndex(({ text }, index) => index >= at && text === section.heading);
    if (found >= 0) {
      section.anchor = headings[found]?.anchor ?? '';
      at = found + 1;
    }
  }
  return {
    source,
    place,
    title: headings[0]?.text ?? posix.basename(source, '.md'),
    html,
    headings,
    sections: sections
      .map(({ heading, anchor, words }) => ({ heading, anchor, text: words.join(' ').replaceAll(/\s+/g, ' ').trim() }))
      .filter(({ heading, text }) => heading !== '' || text !== ''),
    leadsTo: leads,
  };
}

/** A folder stands for its README, where it has one. */
function leadOf(root: string, source: string, path: string): string {
  const target = posix.normalize(posix.join(posix.dirname(source), path)).replace(/\/$/, '');
  const readme = posix.join(target, 'README.md');
  return isFolder(root, target) && existsSync(join(root, readme)) ? readme : target;
}

export function isFolder(root: string, source: string): boolean {
  return statSync(join(root, source), { throwIfNoEntry: false })?.isDirectory() ?? false;
}

type Token = {
  readonly type: string;
  readonly raw?: string;
  readonly text?: string;
  readonly tokens?: readonly unknown[];
};

function plainText(tokens: readonly unknown[]): string {
  return (tokens as readonly Token[])
    .map((token) => (token.tokens === undefined ? (token.text ?? '') : plainText(token.tokens)))
    .join('')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}

/** What the search finds of a block: words, without the marks; what code examples hold is found by its page. */
function wordsOf(token: Token): string {
  if (token.type === 'html' || token.type === 'space') return '';
  if (token.type === 'code') return (token.text ?? '').slice(0, 600);
  return (token.raw ?? '').replaceAll(/\]\([^)]*\)/g, ' ').replaceAll(/[|`*#[\]]|:?-{3,}:?/g, ' ');
}

export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
export const attribute = (text: string): string => escaped(text).replaceAll('"', '&quot;');
