/** Where a file of the repository stands on the site. Paths are relative to the repository, with slashes. Pure. */
import { posix } from 'node:path';

/** The README is the first page; any other page keeps its place. */
export function pagePlace(source: string): string {
  return source === 'README.md' ? 'index.html' : source.replace(/\.md$/, '.html');
}

/** Pictures and JSON as they are; sources as text, which a browser shows rather than runs or saves. */
export function filePlace(source: string): string {
  return /\.(svg|png|jpg|webp|json)$/.test(source) ? source : `${source}.txt`;
}

/** From one place to another; the site works below any address, and from a folder. */
export function relativeTo(from: string, to: string): string {
  const path = posix.relative(posix.dirname(from), to);
  return path === '' ? posix.basename(to) : path;
}

export const isPage = (source: string): boolean => source.endsWith('.md');
