/** Bundles `sst.config.ts` with SST's own runner into one module, as the `sst` program does before a deploy. */
import { readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { build, type Loader, type Plugin } from 'esbuild';
import type { StageTable } from '../../stacks/stages.ts';
import { type App, ROOT } from './app.ts';
import { PLATFORM } from './platform.ts';

/** The module that comes out. */
export type Program = {
  readonly config: { run(stages?: StageTable): Promise<unknown> };
  /** SST's runner: its transformations, then the program. */
  readonly run: (program: () => Promise<unknown>) => Promise<unknown>;
  readonly physicalName: (length: number, name: string) => string;
  readonly pulumi: { readonly runtime: PulumiRuntime };
};

type Inputs = Readonly<Record<string, unknown>>;
export type Urned = { readonly urn: { apply(take: (value: string) => void): unknown } };
type Transformed = { type: string; name: string; opts: Inputs; resource: Urned };

/** What of Pulumi's runtime is used; its own types lie in `.sst/`, which may not be there. */
export type PulumiRuntime = {
  setMocks(
    mocks: {
      newResource(made: { type: string; name: string; inputs: Inputs; custom?: boolean }): {
        id: string;
        state: Inputs;
      };
      call(asked: { token: string; inputs: Inputs }): Inputs;
    },
    project: string,
    stack: string,
    preview: boolean,
  ): Promise<void>;
  runInPulumiStack(program: () => Promise<unknown>): Promise<unknown>;
  registerStackTransformation(look: (made: Transformed) => undefined): void;
  disconnect(): Promise<void>;
};

const REQUIRE = [
  "import { createRequire as requireOf } from 'node:module';",
  "import { fileURLToPath as pathOf } from 'node:url';",
  'const require = requireOf(import.meta.url);',
  "const __dirname = pathOf(new URL('.', import.meta.url));",
].join('\n');

/** @param work  Where SST may leave what it makes on the way, e.g. the zip of each function. */
export async function buildProgram(app: App, work: string, outfile: string): Promise<void> {
  const cli = { command: 'diff', dev: false, paths: { home: work, root: ROOT, work, platform: PLATFORM } };
  await build({
    absWorkingDir: ROOT,
    stdin: { contents: entry(), resolveDir: ROOT, sourcefile: 'eval.ts', loader: 'ts' },
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    // One instance of Pulumi, and what of the platform must not be bundled.
    external: ['@pulumi/*', '@pulumiverse/*', '@aws-sdk/*', 'archiver', 'esbuild', 'glob', 'undici'],
    define: { $app: JSON.stringify(app), $cli: JSON.stringify(cli), $dev: 'false' },
    inject: [join(PLATFORM, 'src/shim/run.js')],
    banner: { js: REQUIRE },
    plugins: [globals()],
    logLevel: 'silent',
  });
}

function entry(): string {
  const platform = JSON.stringify(PLATFORM).slice(1, -1);
  return `
    export { run } from '${platform}/src/auto/run.ts';
    export { physicalName } from '${platform}/src/components/naming.ts';
    export * as pulumi from '@pulumi/pulumi';
    export { default as config } from './sst.config.ts';
  `;
}

/** The stacks use `aws` and `sst` without importing them. */
function globals(): Plugin {
  const imports = `import * as aws from '@pulumi/aws'; import * as sst from ${JSON.stringify(join(PLATFORM, 'src/components'))};`;
  return {
    name: 'globals',
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, ({ path }) => {
        const isOurs = path.startsWith(ROOT + sep) && !/[\\/](node_modules|\.sst)[\\/]/.test(path);
        if (!isOurs) return undefined;
        const loader: Loader = 'ts';
        return { contents: `${imports}${readFileSync(path, 'utf8')}`, loader };
      });
    },
  };
}
