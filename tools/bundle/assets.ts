/**
 * What the embedded model knows, as files of their own beside a bundle: weights, the rule books of the screen, word lists, the
 * language model. Data is read faster than source of the same size, and the code of a function can be seen for itself. A function
 * gets the files that it uses, and they belong to it like its code does: both are of one build, and hashed together.
 */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Metafile, Plugin } from 'esbuild';
import { literalIn } from './literal.ts';
import { moduleName, oncePerFile, pathsOf } from './module-name.ts';

export type Asset = {
  /** Of the file beside the bundle. */
  readonly file: string;
  /** Modules that hold data alone, relative to the repository: their exports are what the file holds. */
  readonly modules: readonly string[];
  /** Constants of other modules that are plain literals, by module. */
  readonly constants?: Readonly<Record<string, string>>;
  readonly what: string;
};

/** Each export must be plain data or a table of numbers: what JSON does not give back as it was stops the build. */
export const ASSETS: readonly Asset[] = [
  {
    file: 'embedded-weights.json',
    modules: ['policy/embedded/generated/weights.json'],
    what: 'weights of the embedded classifier and verifier',
  },
  {
    file: 'screen-weights.json',
    modules: ['policy/screen-learned/generated/weights.json'],
    what: 'weights of the learnt part of the Tier 0 screen',
  },
  {
    file: 'screen-rules.json',
    modules: [
      'policy/text/screen-chargeback.ts',
      'policy/text/screen-danger.ts',
      'policy/text/screen-fraud.ts',
      'policy/text/screen-harassment.ts',
      'policy/text/screen-legal.ts',
      'policy/text/screen-self-harm.ts',
    ],
    what: 'phrases of the Tier 0 screen, by family',
  },
  {
    file: 'phrases.json',
    modules: [
      'policy/text/beyond-order.ts',
      'policy/text/beyond-parcel.ts',
      'policy/text/english-everyday.ts',
      'policy/text/keyword-rules.ts',
      'policy/text/keyword-words.ts',
    ],
    constants: {
      'policy/embedded/concepts.ts': 'CONCEPTS',
      'policy/text/english-words.ts': 'BASE_WORDS',
      'functions/shared/classifier/openai/prompt/definitions.ts': 'DEFINITIONS',
    },
    what: 'phrases and words of the reader of intents, and what the model is told of each intent',
  },
  {
    file: 'phone-numbers.json',
    modules: ['node_modules/libphonenumber-js/metadata.min.json.js'],
    what: 'numbering plans of all countries, of the package libphonenumber-js',
  },
  {
    file: 'html-entities.json',
    modules: ['node_modules/htmlparser2/node_modules/entities/dist/esm/generated/decode-data-html.js'],
    what: 'names of characters in HTML, of the package entities',
  },
  {
    file: 'templates.json',
    modules: ['templates/generated/library.ts'],
    what: 'the templates of replies',
  },
];

/** A package that is a model and little code: it lies beside the bundle as it came. */
export const MODEL_PACKAGE = {
  file: 'languages.mjs',
  specifier: 'tinyld',
  module: 'node_modules/tinyld/dist/tinyld.normal.node.mjs',
  what: 'language model of the package tinyld: which languages know which letters in a row',
} as const;

/** Every file that may stand beside a bundle, with what it is. */
export const ASSET_FILES: readonly { readonly file: string; readonly what: string }[] = [...ASSETS, MODEL_PACKAGE];

const MODULES = ASSETS.flatMap(({ modules, constants = {} }) => [...modules, ...Object.keys(constants)]);

/** In the bundle, the modules of an asset read it; whoever imports them sees no difference. */
export function readingAssets(root: string): Plugin {
  const fileOf = new Map(ASSETS.flatMap(({ file, modules }) => modules.map((one) => [one, file] as const)));
  return {
    name: 'assets',
    setup(build) {
      build.onResolve({ filter: /^asset:/ }, ({ path }) => ({ path: path.slice('asset:'.length), namespace: 'asset' }));
      build.onLoad({ filter: /.*/, namespace: 'asset' }, ({ path }) => ({ contents: readerOf(path), loader: 'js' }));
      build.onLoad({ filter: pathsOf(MODULES) }, async ({ path }) => {
        const name = moduleName(root, path);
        const file = fileOf.get(name);
        if (file !== undefined) return { contents: exportsFrom(file, name, await dataOf(path)), loader: 'js' };
        const held = constantOf(name);
        return held && { contents: withConstantFrom(held, name, path), loader: 'ts' };
      });
    },
  };
}

/** @property packages  modules of packages that are in the file, for notices */
export type WrittenAsset = { readonly file: string; readonly packages: readonly string[] };

/** Writes what a built bundle reads into its folder. */
export async function writeAssets(root: string, folder: string, { inputs, imports }: Output): Promise<WrittenAsset[]> {
  const written: WrittenAsset[] = [];
  const held = new Set(
    Object.entries(inputs).flatMap(([path, { bytesInOutput }]) =>
      bytesInOutput > 0 ? [moduleName(root, join(root, path))] : [],
    ),
  );
  for (const { file, modules, constants = {} } of ASSETS) {
    const used = modules.filter((one) => held.has(one));
    const parts = Object.entries(constants).filter(([one]) => held.has(one));
    if (used.length + parts.length === 0) continue;
    const data = [
      ...(await Promise.all(used.map(async (one) => [one, await dataOf(join(root, one))] as const))),
      ...parts.map(([one, name]) => [one, { [name]: constantIn(join(root, one), name).value }] as const),
    ];
    writeFileSync(join(folder, file), JSON.stringify(Object.fromEntries(data)));
    written.push({ file, packages: [] });
  }
  if (imports.some(({ path }) => basename(path) === MODEL_PACKAGE.file)) {
    copyFileSync(join(root, MODEL_PACKAGE.module), join(folder, MODEL_PACKAGE.file));
    written.push({ file: MODEL_PACKAGE.file, packages: [MODEL_PACKAGE.module] });
  }
  return written;
}

type Output = Pick<Metafile['outputs'][string], 'inputs' | 'imports'>;

const dataOf = oncePerFile(async (path): Promise<Record<string, unknown>> => {
  const attributes = path.endsWith('.json') ? { with: { type: 'json' } } : undefined;
  const exports: Record<string, unknown> = await import(path, attributes);
  const data = Object.fromEntries(Object.entries(exports).map(([name, value]) => [name, plain(value)]));
  if (!isDeepStrictEqual(JSON.parse(JSON.stringify(data)), data))
    throw new Error(`${path} holds more than data: it can be no asset of a bundle`);
  return data;
});

type HeldConstant = { readonly file: string; readonly constant: string };

function constantOf(module: string): HeldConstant | undefined {
  for (const { file, constants = {} } of ASSETS) {
    const constant = constants[module];
    if (constant !== undefined) return { file, constant };
  }
  return undefined;
}

function constantIn(path: string, name: string) {
  return literalIn(path, readFileSync(path, 'utf8'), name);
}

/** The module as it is, with the constant read from the asset in the place where it is written out. */
function withConstantFrom({ file, constant }: HeldConstant, module: string, path: string): string {
  const source = readFileSync(path, 'utf8');
  const { start, end } = literalIn(path, source, constant);
  const read = `asset[${JSON.stringify(module)}].${constant}`;
  return `import asset from 'asset:${file}';\n${source.slice(0, start)}${read}${source.slice(end)}`;
}

/** A table of 16-bit numbers is made one again where it is read. */
function plain(value: unknown): unknown {
  return value instanceof Uint16Array ? { uint16: [...value] } : value;
}

function readerOf(file: string): string {
  return `import { readFileSync } from 'node:fs';
export default JSON.parse(readFileSync(new URL('./${file}', import.meta.url), 'utf8'));`;
}

function exportsFrom(file: string, module: string, data: Readonly<Record<string, unknown>>): string {
  const lines = Object.entries(data).map(([name, value]) => {
    const isTable = Object.keys(Object(value)).join() === 'uint16';
    const read = isTable ? `new Uint16Array(held.${name}.uint16)` : `held.${name}`;
    return name === 'default' ? `export default ${read};` : `export const ${name} = ${read};`;
  });
  return [`import data from 'asset:${file}';`, `const held = data[${JSON.stringify(module)}];`, ...lines].join('\n');
}
