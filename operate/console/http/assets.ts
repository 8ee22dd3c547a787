/** The built page: its files by path, and the page itself for every address within it. */
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { type Reply, text } from './replies.ts';

export type Assets = { find(path: string): Promise<Reply> };

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json',
};
/** Their names hold the hash of what is in them. */
const FOR_GOOD = { 'cache-control': 'private, max-age=31536000, immutable' } as const;

/** @param built  resolves with the folder of the built page; rejects where it could not be built. */
export function builtAssets(built: () => Promise<string>): Assets {
  return filesOf(built, {
    missing: 'the page could not be built: run `npm run console:build`, it says why\n',
    pageAt: () => 'index.html',
    headersOf: (path) => (path.startsWith('/assets/') ? FOR_GOOD : {}),
  });
}

/** The documentation below an address of its own. @param built  as above */
export function docsAssets(built: () => Promise<string>): Assets {
  return filesOf(built, {
    missing: 'the documentation is not here: `npm run docs` builds it in a clone\n',
    pageAt: (path) => (path === '/' ? 'index.html' : path),
    // Its files keep their names from release to release.
    headersOf: () => ({}),
  });
}

type Site = {
  /** What is said where the folder is not there. */
  readonly missing: string;
  /** Which file answers an address that names none. */
  readonly pageAt: (path: string) => string;
  readonly headersOf: (path: string) => Readonly<Record<string, string>>;
};

function filesOf(built: () => Promise<string>, { missing, pageAt, headersOf }: Site): Assets {
  return {
    async find(path) {
      let folder: string;
      try {
        folder = await built();
      } catch {
        return text(503, missing);
      }
      const isPage = extname(path) === '';
      const name = isPage ? pageAt(path) : normalize(path);
      const type = TYPES[extname(name)];
      if (type === undefined || name.includes(`..${sep}`)) return text(404, 'not found\n');
      try {
        const body = await readFile(join(folder, name));
        return { status: 200, headers: { 'content-type': type, ...headersOf(path) }, body };
      } catch {
        return text(404, 'not found\n');
      }
    },
  };
}
