/** Bundles each function's `lambda.ts` into the one file that is deployed. */
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import type { FunctionName } from '../../events/words.ts';
import { topology } from '../../stacks/topology.ts';
import type { FunctionSpec } from '../../stacks/topology-types.ts';

export const ROOT = dirname(dirname(import.meta.dirname));

/** Chooses the modules without switches among package.json's `imports`. */
export const DEPLOYED = 'deployed';

/** Some packages are CommonJS and ask for Node's modules with `require`, which an ES module has not by itself. */
const REQUIRE = "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);";

export type Bundle = {
  readonly name: FunctionName;
  readonly file: string;
  readonly bytes: number;
  readonly exports: readonly string[];
  /** Files of which something is in the bundle, relative to the repository. */
  readonly inputs: readonly string[];
};

/** Builds functions into `<folder>/<name>/index.mjs`; throws where one does not build. */
export function bundleAll(
  folder: string,
  conditions: readonly string[] = [DEPLOYED],
  functions: readonly Pick<FunctionSpec, 'name' | 'entry'>[] = topology.functions,
): Promise<Bundle[]> {
  return Promise.all(
    functions.map(({ name, entry }) => bundle(name, entry, join(folder, name, 'index.mjs'), conditions)),
  );
}

async function bundle(
  name: FunctionName,
  entry: string,
  outfile: string,
  conditions: readonly string[],
): Promise<Bundle> {
  mkdirSync(dirname(outfile), { recursive: true });
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    conditions: [...conditions],
    minify: true,
    legalComments: 'none',
    banner: { js: REQUIRE },
    metafile: true,
    logLevel: 'silent',
  });
  const [output] = Object.values(metafile.outputs);
  if (output === undefined) throw new Error(`${name}: nothing was built`);
  const inputs = Object.entries(output.inputs).flatMap(([path, { bytesInOutput }]) =>
    bytesInOutput > 0 ? [path] : [],
  );
  return { name, file: outfile, bytes: output.bytes, exports: output.exports, inputs };
}
