/**
 * The bundles that `npm run bundle` builds and that both AWS and `npm start -- --bundled` run: which files they are, from which
 * sources, and whether these are the sources of today.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { FunctionSpec } from '../../stacks/topology-types.ts';

/** Below the root of the repository; the folder of a function is `functions/<name>` in it. */
export const BUNDLES = 'dist';
/** Written last: where it stands, the build was whole. */
const MANIFEST = 'bundles.json';

export type BundleManifest = {
  readonly schema: 1;
  /** `sourcesHash` of what was bundled. */
  readonly sources: string;
  /** SHA-256 of every file, by function and name. */
  readonly functions: Readonly<Record<string, Readonly<Record<string, string>>>>;
};

/** What a bundle can be made of, and what makes it. */
const SOURCE_FOLDERS = ['config', 'events', 'functions', 'policy', 'stacks', 'templates', 'tools/bundle'] as const;
const SOURCE_FILES = ['package.json', 'package-lock.json'] as const;

/** Changes with every source of the bundles; tests are none. */
export function sourcesHash(root: string): string {
  const files = SOURCE_FOLDERS.flatMap((folder) => filesBelow(join(root, folder)))
    .map((path) => relative(root, path))
    .filter((path) => /\.(ts|json)$/.test(path) && !/\.test\.ts$|\/released\//.test(path));
  const hash = createHash('sha256');
  for (const path of [...files, ...SOURCE_FILES].sort())
    hash.update(`${path}\n`).update(
      createHash('sha256')
        .update(readFileSync(join(root, path)))
        .digest(),
    );
  return hash.digest('hex');
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

export const manifestFile = (root: string): string => join(root, BUNDLES, MANIFEST);

/** `null` where none was built, or the build was not whole. */
export function readBundles(root: string): BundleManifest | null {
  try {
    const manifest: BundleManifest = JSON.parse(readFileSync(manifestFile(root), 'utf8'));
    return manifest.schema === 1 ? manifest : null;
  } catch {
    return null;
  }
}

/** Why the bundles that lie there cannot be run as today's; `null` when they can. */
export function staleness(root: string, functions: readonly Pick<FunctionSpec, 'name'>[]): string | null {
  const manifest = readBundles(root);
  if (manifest === null) return 'none were built';
  if (manifest.sources !== sourcesHash(root)) return 'their sources have changed';
  const isWhole = functions.every(({ name }) =>
    Object.entries(manifest.functions[name] ?? { 'index.mjs': '' }).every(
      ([file, hash]) => fileHash(join(root, BUNDLES, 'functions', name, file)) === hash,
    ),
  );
  return isWhole ? null : 'a file is not as it was built';
}

/** Refuses what another checkout, or an older one, has left: on AWS it would run under this release's name. */
export function requireFresh(root: string, functions: readonly Pick<FunctionSpec, 'name'>[]): void {
  const reason = staleness(root, functions);
  if (reason !== null)
    throw new Error(`the bundles in ${BUNDLES}/ cannot be deployed: ${reason}; run \`npm run bundle\``);
}

/** The same functions, run from what is deployed. */
export function bundled(spec: FunctionSpec): FunctionSpec {
  return { ...spec, entry: `${BUNDLES}/functions/${spec.name}/index.mjs` };
}

function fileHash(path: string): string | null {
  try {
    return createHash('sha256').update(readFileSync(path)).digest('hex');
  } catch {
    return null;
  }
}
