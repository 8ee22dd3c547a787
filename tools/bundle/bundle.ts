/** Bundles each function's `lambda.ts` into the folder that is deployed: one module, and beside it the assets that it reads. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import type { FunctionName } from '../../events/words.ts';
import { topology } from '../../stacks/topology.ts';
import type { FunctionSpec } from '../../stacks/topology-types.ts';
import { MODEL_PACKAGE, readingAssets, writeAssets } from './assets.ts';

import { eventWords } from './event-words.ts';
import { type LeftOut, leavingOut } from './left-out.ts';
import { moduleName } from './module-name.ts';
import { serviceSchemas, shortDescriptions } from './service-schemas.ts';
import { whenAsked } from './when-asked.ts';

export const ROOT = dirname(dirname(import.meta.dirname));

/** Chooses the modules without switches among package.json's `imports`. */
export const DEPLOYED = 'deployed';

/** Some packages are CommonJS and ask for Node's modules with `require`, which an ES module has not by itself. */
const REQUIRE = "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);";

export type Bundle = {
  readonly name: FunctionName;
  readonly file: string;
  /** Of the module, minified, without the assets. */
  readonly bytes: number;
  readonly exports: readonly string[];
  /** Files of which something is in the bundle or in its assets, relative to the repository, with their bytes in the module. */
  readonly shares: Readonly<Record<string, number>>;
  readonly inputs: readonly string[];
  /** Names of the files beside the module, with their bytes. */
  readonly assets: Readonly<Record<string, number>>;
  /** SHA-256 of every file of the folder, by name. */
  readonly hashes: Readonly<Record<string, string>>;
};

export type BundleOptions = {
  readonly conditions?: readonly string[];
  readonly functions?: readonly Pick<FunctionSpec, 'name' | 'entry'>[];
  readonly onLeftOut?: (entry: LeftOut) => void;
};

/** Builds functions into `<folder>/<name>/`; throws where one does not build. */
export function bundleAll(folder: string, options: BundleOptions = {}): Promise<Bundle[]> {
  const { functions = topology.functions } = options;
  return Promise.all(functions.map(({ name, entry }) => bundle(name, entry, join(folder, name), options)));
}

async function bundle(
  name: FunctionName,
  entry: string,
  folder: string,
  { conditions = [DEPLOYED], onLeftOut }: BundleOptions,
): Promise<Bundle> {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'index.mjs');
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: [entry],
    outfile: file,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    // Of packages the ES modules, of which what nobody uses stays out; of a CommonJS module all is taken.
    conditions: [...conditions, 'module'],
    mainFields: ['module', 'main'],
    charset: 'utf8',
    minify: true,
    legalComments: 'none',
    banner: { js: REQUIRE },
    metafile: true,
    // The one file that is asked for at run time, which nothing is to be made of here.
    external: [`./${MODEL_PACKAGE.file}`],
    logLevel: 'warning',
    plugins: [whenAsked, readingAssets(ROOT), leavingOut(onLeftOut), serviceSchemas, shortDescriptions, eventWords],
  });
  const [output] = Object.values(metafile.outputs);
  if (output === undefined) throw new Error(`${name}: nothing was built`);
  const assets = await writeAssets(ROOT, folder, output);
  const shares = Object.fromEntries(
    Object.entries(output.inputs).flatMap(([path, { bytesInOutput }]) =>
      bytesInOutput > 0 && !path.startsWith('asset:') ? [[moduleName(ROOT, join(ROOT, path)), bytesInOutput]] : [],
    ),
  );
  const files = ['index.mjs', ...assets.map((one) => one.file)];
  return {
    name,
    file,
    bytes: output.bytes,
    exports: output.exports,
    shares,
    inputs: [...Object.keys(shares), ...assets.flatMap(({ packages }) => packages)],
    assets: Object.fromEntries(assets.map((one) => [one.file, statSync(join(folder, one.file)).size])),
    hashes: Object.fromEntries(files.map((one) => [one, hashOf(join(folder, one))])),
  };
}

function hashOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}
