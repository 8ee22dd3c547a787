import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applyChanges } from './apply.ts';

let root = '';

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'frontdesk-apply-'));
  mkdirSync(join(root, 'docs'));
  writeFileSync(join(root, 'package.json'), 'old');
  writeFileSync(join(root, 'docs', 'gone.md'), 'gone soon');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const write = (path: string, text: string) => ({ path, content: Buffer.from(text) });

/** Every file with its text, folders as `null`. */
function tree(): Record<string, string | null> {
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' }).toSorted();
  return Object.fromEntries(
    paths.map((path) => {
      const file = join(root, path);
      return [path, statSync(file).isDirectory() ? null : readFileSync(file, 'utf8')];
    }),
  );
}

describe('changes of a tree', () => {
  it('are all there afterwards', () => {
    applyChanges(root, [
      write('releases/deep/0.2.0.json', '{}'),
      { path: 'docs/gone.md', content: null },
      write('package.json', 'new'),
    ]);
    expect(tree()).toEqual({
      docs: null,
      'package.json': 'new',
      releases: null,
      'releases/deep': null,
      'releases/deep/0.2.0.json': '{}',
    });
  });

  it.each([
    // A folder stands where a file should: the rename of the last one fails, after the others were done.
    { when: 'the last rename fails', last: write('docs', 'a file') },
    // A file stands where a folder should: the last one cannot even be written beside its place.
    { when: 'the last one cannot be written', last: write('package.json/inside', 'a file') },
  ])('are none when $when', ({ last }) => {
    const before = tree();
    const changes = [
      write('releases/deep/0.2.0.json', '{}'),
      write('package.json', 'new'),
      { path: 'docs/gone.md', content: null },
      last,
    ];
    expect(() => applyChanges(root, changes)).toThrow();
    expect(tree()).toEqual(before);
  });
});
