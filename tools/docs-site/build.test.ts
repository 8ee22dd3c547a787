/** What the builder refuses, and how pages and links come out; readers are in test/docs/site.long.test.ts. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import MiniSearch from 'minisearch';
import { afterEach, describe, expect, it } from 'vitest';
import { BrokenLinks, buildDocsSite } from './build.ts';
import { type Entry, SEARCH, tokenize } from './search-options.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function tree(files: Readonly<Record<string, string>>): { root: string; out: string } {
  const root = mkdtempSync(join(tmpdir(), 'frontdesk-site-'));
  folders.push(root);
  for (const [name, text] of Object.entries({ 'README.md': '# Home', 'docs/README.md': '# Where', ...files })) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return { root, out: join(root, 'out') };
}
const read = (out: string, place: string): string => readFileSync(join(out, place), 'utf8');

describe('links', () => {
  it.each([
    { when: 'a page is missing', text: '[x](nowhere.md)', says: 'docs/a.md: nowhere.md is not there' },
    { when: 'a picture is missing', text: '![x](nowhere.svg)', says: 'docs/a.md: nowhere.svg is not there' },
    {
      when: 'a heading is missing',
      text: '[x](README.md#when)',
      says: 'docs/a.md: README.md#when names a heading that is not there',
    },
    {
      when: 'its own heading is missing',
      text: '[x](#there)',
      says: 'docs/a.md: #there names a heading that is not there',
    },
    {
      when: 'it leaves the repository',
      text: '[x](../../etc/passwd)',
      says: 'docs/a.md: ../../etc/passwd leads out of the repository',
    },
  ])('$when: named, and nothing is written', async ({ text, says }) => {
    const { root, out } = tree({ 'docs/a.md': `# A\n\n${text}` });
    await expect(buildDocsSite(out, root)).rejects.toThrow(new BrokenLinks([says]));
    expect(existsSync(out)).toBe(false);
  });

  it('lead to pages, to files beside them, and to pages elsewhere that come along', async () => {
    const { root, out } = tree({
      'README.md':
        '# Home\n\n[docs](docs) ![p](docs/p.svg) [code](src/run.ts) [folder](src) [far](https://example.test/)',
      'docs/p.svg': '<svg/>',
      'docs/a.md': '# A\n\n## Twice\n\n## Twice\n\n[one](#twice-1) [deep](../src/deep/README.md#deep) [id](a%20b.md)',
      'docs/a b.md': '# Blank',
      'src/run.ts': 'export {};',
      'src/deep/README.md': '# Deep',
    });
    expect(await buildDocsSite(out, root)).toEqual({ pages: 5, files: 2, sections: 7 });
    const home = read(out, 'index.html');
    expect(home).toContain('<a href="docs/README.html">docs</a>');
    expect(home).toContain('<img src="docs/p.svg" alt="p">');
    expect(home).toContain('<a href="src/run.ts.txt">code</a>');
    expect(home).toContain('<a href="https://example.test/">far</a>');
    // A folder without a page of its own is a word.
    expect(home).toContain(' folder ');
    const a = read(out, 'docs/a.html');
    expect(a).toContain('<h2 id="twice-1">');
    expect(a).toContain('<a href="../src/deep/README.html#deep">deep</a>');
    expect(a).toContain('<a href="a%20b.html">id</a>');
    expect(read(out, 'src/run.ts.txt')).toBe('export {};');
  });
});

describe('the folder', () => {
  it('that holds something else is left alone', async () => {
    const { root, out } = tree({ 'out/mine.txt': 'mine' });
    await expect(buildDocsSite(out, root)).rejects.toThrow('holds something else');
    expect(read(out, 'mine.txt')).toBe('mine');
  });

  it('of an earlier build is replaced whole', async () => {
    const { root, out } = tree({ 'docs/old.md': '# Old' });
    await buildDocsSite(out, root);
    rmSync(join(root, 'docs/old.md'));
    await buildDocsSite(out, root);
    expect([existsSync(join(out, 'docs/old.html')), existsSync(join(out, 'index.html'))]).toEqual([false, true]);
  });
});

describe('the search', () => {
  it('finds a word whole and in parts', () => {
    expect(tokenize('ReplyDenied at reply_epoch')).toEqual(['ReplyDenied', 'Reply', 'Denied', 'at', 'reply', 'epoch']);
  });

  it('finds the section, with the page’s name before what a text mentions', async () => {
    const { root, out } = tree({
      'docs/a.md': '# Other\n\nThe fact ReplyDenied is named here.',
      'docs/b.md': '# ReplyDenied\n\n## Heard by\n\nThe settling function, `responder-settle`.',
    });
    await buildDocsSite(out, root);
    const script = read(out, 'assets/search-index.js');
    const json = script.slice(script.indexOf('=') + 1, script.lastIndexOf(';'));
    const search = MiniSearch.loadJSON<Entry>(json, SEARCH);
    expect(search.search('ReplyDenied')[0]?.href).toBe('docs/b.html');
    expect(search.search('settle')[0]?.href).toBe('docs/b.html#heard-by');
  });
});
