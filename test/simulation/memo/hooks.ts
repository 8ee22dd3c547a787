/** Puts the memo around the functions of `pure.ts` while their modules load: no source of the product knows of it. */
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { PURE, type PureFunction } from './pure.ts';

const ROOT = new URL('../../../', import.meta.url);
const MEMOISE = new URL('memoise.ts', import.meta.url).href;

/** For modules that this thread loads from now on. */
export function memoisePureFunctions(): void {
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      const pure = PURE[relative(url)];
      if (!pure || loaded.format !== 'module-typescript') return loaded;
      const source = loaded.source ? textOf(loaded.source) : readFileSync(new URL(url), 'utf8');
      return { ...loaded, source: withMemo(source, pure) };
    },
  });
}

const relative = (url: string): string => (url.startsWith(ROOT.href) ? url.slice(ROOT.href.length) : url);
const textOf = (source: string | ArrayBuffer | NodeJS.TypedArray): string =>
  typeof source === 'string' ? source : new TextDecoder().decode(source);

/** `export function f(` becomes the memo of a function that the module keeps to itself; no line moves. */
export function withMemo(source: string, pure: readonly PureFunction[]): string {
  const ends = pure.map(({ name, ignored, byObject }) =>
    byObject
      ? `export const ${name} = memoisedByObject('${name}', ${name}Computed);\n`
      : `export const ${name} = memoised('${name}', ${name}Computed, ${ignored});\n`,
  );
  const edited = pure.reduce((text, { name }) => {
    const head = `export function ${name}(`;
    if (text.split(head).length !== 2) throw new Error(`no single "${head}" to memoise`);
    return text.replace(head, `function ${name}Computed(`);
  }, source);
  return `${edited}\nimport { memoised, memoisedByObject } from ${JSON.stringify(MEMOISE)};\n${ends.join('')}`;
}
