/** The documentation as one static site: every page, its pictures and what it leads to, with an index for the search. */
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import MiniSearch from 'minisearch';
import { groupsOf, layOut } from './layout.ts';
import { isFolder, type Page, readPage } from './page.ts';
import { filePlace, isPage } from './places.ts';
import { type Entry, SEARCH } from './search-options.ts';

const ROOT = dirname(dirname(import.meta.dirname));
const ASSETS = join(import.meta.dirname, 'assets');
const PRODUCT = 'Frontdesk';
const EXCERPT = 140;

export type DocsSite = { readonly pages: number; readonly files: number; readonly sections: number };

/** A link that leads nowhere: the site is not written. */
export class BrokenLinks extends Error {
  override readonly name = 'BrokenLinks';
  readonly links: readonly string[];
  constructor(links: readonly string[]) {
    super(links.join('\n'));
    this.links = links;
  }
}

/**
 * Writes the site into a folder, in place of what it held. It works from there, and below any address.
 *
 * @param root  the repository, or a tree like it
 */
export async function buildDocsSite(outDir: string, root = ROOT): Promise<DocsSite> {
  const pages = pagesFrom(root);
  const broken = brokenLinks(root, pages);
  if (broken.length > 0) throw new BrokenLinks(broken);
  clear(outDir);
  const groups = groupsOf(pages);
  for (const page of pages) put(outDir, page.place, layOut(page, groups, PRODUCT));
  const files = [...new Set(pages.flatMap(({ leadsTo }) => leadsTo.map(({ source }) => source)))].filter(
    (source) => !isPage(source) && !isFolder(root, source),
  );
  for (const source of files) {
    const to = join(outDir, filePlace(source));
    mkdirSync(dirname(to), { recursive: true });
    copyFileSync(join(root, source), to);
  }
  const entries = entriesOf(pages);
  put(outDir, 'assets/search-index.js', indexScript(entries));
  for (const name of ['docs.css', 'icon.svg']) put(outDir, `assets/${name}`, readFileSync(join(ASSETS, name), 'utf8'));
  await build({
    entryPoints: [join(ASSETS, 'docs.js')],
    outfile: join(outDir, 'assets/docs.js'),
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    legalComments: 'inline',
    logLevel: 'silent',
  });
  return { pages: pages.length, files: files.length, sections: entries.length };
}

/** The README, all of docs/, and whatever page these lead to. */
function pagesFrom(root: string): Page[] {
  const found = new Map<string, Page>();
  const waiting = ['README.md', ...markdownIn(root, 'docs')];
  for (let source = waiting.shift(); source !== undefined; source = waiting.shift()) {
    if (found.has(source) || !existsSync(join(root, source))) continue;
    const page = readPage(root, source, readFileSync(join(root, source), 'utf8'));
    found.set(source, page);
    waiting.push(...page.leadsTo.map((lead) => lead.source).filter(isPage));
  }
  return [...found.values()];
}

function markdownIn(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(isPage)
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .sort();
}

function brokenLinks(root: string, pages: readonly Page[]): string[] {
  const bySource = new Map(pages.map((page) => [page.source, page]));
  return pages.flatMap((page) =>
    page.leadsTo.flatMap(({ target, source, anchor }) => {
      if (source.startsWith('..')) return [`${page.source}: ${target} leads out of the repository`];
      if (!existsSync(join(root, source))) return [`${page.source}: ${target} is not there`];
      const to = bySource.get(source);
      if (anchor === null || to === undefined || to.headings.some((heading) => heading.anchor === anchor)) return [];
      return [`${page.source}: ${target} names a heading that is not there`];
    }),
  );
}

/** Only what a build made is removed: a mistyped folder must not cost somebody theirs. */
function clear(outDir: string): void {
  if (existsSync(outDir) && readdirSync(outDir).length > 0 && !existsSync(join(outDir, 'assets/search-index.js')))
    throw new Error(`${outDir} holds something else than the documentation`);
  rmSync(outDir, { recursive: true, force: true });
}

function put(outDir: string, place: string, text: string): void {
  const file = join(outDir, place);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function entriesOf(pages: readonly Page[]): Entry[] {
  return pages
    .flatMap(({ title, place, sections }) =>
      sections.map(({ heading, anchor, text }) => ({
        title,
        heading,
        text,
        href: anchor === '' || heading === title ? place : `${place}#${anchor}`,
        excerpt: text.length > EXCERPT ? `${text.slice(0, EXCERPT)}…` : text,
      })),
    )
    .map((entry, id) => ({ id, ...entry }));
}

/** A script and no JSON: from a folder a page may load the one and not the other. */
function indexScript(entries: readonly Entry[]): string {
  const search = new MiniSearch<Entry>(SEARCH);
  search.addAll(entries);
  return `window.frontdeskSearchIndex=${JSON.stringify(search).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')};\n`;
}
