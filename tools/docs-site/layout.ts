/** A page of the site around its words: header with search, navigation, policy. Everything relative, nothing inline. Pure. */
import { posix } from 'node:path';
import { attribute, escaped, type Page } from './page.ts';
import { relativeTo } from './places.ts';

/** Nothing from anywhere else, nothing inline. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'";

/** In this order, by where a page stands; what stands elsewhere comes last. */
const GROUPS: readonly (readonly [string, (source: string) => boolean])[] = [
  ['Start', (source) => source === 'README.md' || source === 'docs/README.md'],
  ['Pages', (source) => posix.dirname(source) === 'docs'],
  ['Runbooks', (source) => source.startsWith('docs/runbooks/')],
  ['Events', (source) => source.startsWith('docs/events/')],
  ['In the code', () => true],
];

type Group = { readonly name: string; readonly pages: readonly Page[] };

export function groupsOf(pages: readonly Page[]): Group[] {
  const placed = Map.groupBy(pages, ({ source }) => GROUPS.findIndex(([, holds]) => holds(source)));
  return GROUPS.flatMap(([name], at) => {
    const own = placed.get(at) ?? [];
    return own.length === 0 ? [] : [{ name, pages: own.toSorted(byTitle) }];
  });
}

function byTitle(a: Page, b: Page): number {
  // The overview of a folder comes before what it overviews.
  const isIndex = ({ source }: Page) => posix.basename(source) === 'README.md';
  return Number(isIndex(b)) - Number(isIndex(a)) || a.title.localeCompare(b.title, 'en', { numeric: true });
}

export function layOut(page: Page, groups: readonly Group[], product: string): string {
  const to = (place: string): string => attribute(encodeURI(relativeTo(page.place, place)));
  const root = '../'.repeat(page.place.split('/').length - 1);
  const navigation = groups
    .map(({ name, pages }) => {
      const isOpen = pages.includes(page) || name === 'Start';
      const links = pages
        .map(
          (one) =>
            `<li><a href="${to(one.place)}"${one === page ? ' aria-current="page"' : ''}>${escaped(one.title)}</a></li>`,
        )
        .join('\n');
      return `<details${isOpen ? ' open' : ''}><summary>${name}</summary><ul>\n${links}\n</ul></details>`;
    })
    .join('\n');
  const title = page.place === 'index.html' ? product : `${page.title} · ${product}`;
  return `<!doctype html>
<html lang="en" data-root="${root}">
<head>
<meta charset="utf-8">
<meta http-equiv="content-security-policy" content="${attribute(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escaped(title)}</title>
<link rel="icon" href="${to('assets/icon.svg')}" type="image/svg+xml">
<link rel="stylesheet" href="${to('assets/docs.css')}">
<script src="${to('assets/docs.js')}" defer></script>
</head>
<body>
<a class="skip" href="#content">Skip to the page</a>
<header>
<a class="home" href="${to('index.html')}">${escaped(product)}</a>
<form id="search-form" role="search" aria-label="Search the documentation">
<input id="search" type="search" placeholder="Search (press /)" aria-label="Search" autocomplete="off" spellcheck="false">
<p id="found" role="status"></p>
<ol id="results" hidden></ol>
</form>
</header>
<div class="frame">
<nav aria-label="Pages"><details id="navigation" open><summary>All pages</summary>
${navigation}
</details></nav>
<main id="content" tabindex="-1">
${page.html}</main>
</div>
</body>
</html>
`;
}
