/**
 * Rule books are compiled from their phrases and the language model is unpacked in hundreds of milliseconds together, at the start of
 * a container that may never be asked for either. In a bundle both happen when they are first asked.
 */
import { readFileSync } from 'node:fs';
import type { Plugin } from 'esbuild';
import { MODEL_PACKAGE } from './assets.ts';
import { oncePerFile, pathsOf } from './module-name.ts';

const COMPILER = 'policy/text/phrases.ts';
const COMPILES = /^export function (compileParts|compilePhrases)\(/gm;

export const whenAsked: Plugin = {
  name: 'when-asked',
  setup(build) {
    build.onLoad({ filter: pathsOf([COMPILER]) }, ({ path }) => ({ contents: lateCompiler(path), loader: 'ts' }));
    build.onResolve({ filter: new RegExp(`^${MODEL_PACKAGE.specifier}$`) }, () => ({
      path: MODEL_PACKAGE.file,
      namespace: 'when-asked',
    }));
    build.onLoad({ filter: /.*/, namespace: 'when-asked' }, ({ path }) => ({
      contents: lateModel(path),
      loader: 'js',
    }));
  },
};

/** A book is a function of a text, and nothing else of it is seen: one that compiles itself at its first text is the same book. */
const lateCompiler = oncePerFile((path): string => {
  const names: string[] = [];
  const contents = readFileSync(path, 'utf8').replace(COMPILES, (_, name: string) => {
    names.push(name);
    return `function ${name}Now(`;
  });
  if (names.length !== 2)
    throw new Error(`${COMPILER} has other compilers than it had: see tools/bundle/when-asked.ts`);
  return [
    contents.replace(/\bcompileParts\(/g, 'compilePartsNow('),
    ...names.map(
      (name) => `export function ${name}(...source) {
  let book;
  return (...text) => (book ??= ${name}Now(...source))(...text);
}`,
    ),
  ].join('\n');
});

function lateModel(file: string): string {
  return `let model;
export const detectAll = (...text) => (model ??= require('./${file}')).detectAll(...text);`;
}
