/** Whether the image could be built and run, as far as that can be told without a builder; test/full/container does the steps. */
import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../local/platform/release.ts';
import packageFile from '../../package.json' with { type: 'json' };
import { readSources, type Source } from '../architecture/sources.ts';
import { copiesOf, filesOfContext, readDockerfile, type Stage, wordsOf } from './dockerfile.ts';

const [packages, page, runtime] = readDockerfile() as [Stage, Stage, Stage];
const context = filesOfContext();
const inContext = (source: string): string[] =>
  context.filter((path) => path === source || path.startsWith(`${source}/`));
const copied = copiesOf(runtime)
  .filter(({ from }) => from === null)
  .flatMap(({ sources }) => sources.flatMap(inContext));

describe('the image', () => {
  it('has three stages on one Node, pinned by tag and digest', () => {
    expect([packages.name, page.name, runtime.name]).toEqual(['packages', 'page', null]);
    expect([packages.image, page.image]).toEqual([runtime.image, runtime.image]);
    expect(runtime.image).toMatch(/^node:24\.\d+\.\d+-bookworm-slim@sha256:[0-9a-f]{64}$/);
  });

  it('copies what there is, and nothing else is in its context', () => {
    const sources = [packages, page, runtime].flatMap((stage) =>
      copiesOf(stage)
        .filter(({ from }) => from === null)
        .flatMap((copy) => copy.sources),
    );
    expect(sources.filter((source) => !existsSync(join(ROOT, source)) || inContext(source).length === 0)).toEqual([]);
    expect(
      context.filter((path) => !sources.some((source) => path === source || path.startsWith(`${source}/`))),
    ).toEqual([]);
    expect(context.filter((path) => /\.test\.ts$|^test\/|^docs\/|^\.git|\.env/.test(path))).toEqual([]);
  });

  it('takes the packages from the first stage, and the built page from the second', () => {
    expect(copiesOf(runtime).filter(({ from }) => from !== null)).toEqual([
      { from: 'packages', sources: ['/app/node_modules'], target: './node_modules' },
      { from: 'page', sources: ['/app/dist/console'], target: './dist/console' },
    ]);
  });

  it('runs as nobody special, with its state on a volume', () => {
    const names = runtime.instructions.map(({ name }) => name);
    expect(runtime.instructions).toEqual(
      expect.arrayContaining([
        { name: 'USER', rest: 'node' },
        { name: 'VOLUME', rest: '/app/.frontdesk' },
      ]),
    );
    expect(names.lastIndexOf('RUN')).toBeLessThan(names.indexOf('USER'));
    expect(names).not.toContain('EXPOSE');
  });

  it('starts what `npm start` starts, and is healthy by a script that is copied', () => {
    const start = wordsOf(runtime, 'ENTRYPOINT');
    expect(start.join(' ')).toBe(packageFile.scripts.start);
    const [node, script = ''] = wordsOf(runtime, 'HEALTHCHECK');
    expect([node, copied.includes(script)]).toEqual(['node', true]);
  });
});

describe('what runs in it', () => {
  const sources = new Map(readSources().map((source) => [source.path, source]));
  // The contract is written by a tool, in a clone.
  const elsewhere = (path: string): boolean => path.startsWith('tools/');
  const { files, names } = reached(
    [
      'local/start.ts',
      'local/host/worker.ts',
      'local/host/host-process.ts',
      'operate/main.ts',
      'operate/console/desk/worker.ts',
      ...lambdas(),
    ],
    sources,
    elsewhere,
  );

  it('finds every file that it imports', () => {
    expect(files.length).toBeGreaterThan(400);
    expect(files.filter((path) => !copied.includes(path))).toEqual([]);
  });

  it('finds every package that it imports, without the tools', () => {
    expect(names).toContain('commander');
    expect(names.filter((name) => !Object.hasOwn(packageFile.dependencies, name))).toEqual([]);
  });

  function lambdas(): string[] {
    return [...sources.keys()].filter((path) => /^functions\/.*\/lambda\.ts$/.test(path));
  }
});

describe('the page', () => {
  const copied = copiesOf(page).flatMap((copy) => copy.sources.flatMap(inContext));

  it('finds every file that it imports', () => {
    const sources = new Map(readSources().map((source) => [source.path, source]));
    const entries = ['operate/console/page/main.tsx', 'tools/console-build.ts'];
    const { files } = reached(entries, sources, (path) => path.endsWith('.css'));
    expect(files.length).toBeGreaterThan(80);
    expect(files.filter((path) => !copied.includes(path))).toEqual([]);
  });

  it('finds the settings of the compiler, which Vite reads', () => {
    const chain = ['operate/console/page/tsconfig.json'];
    for (const path of chain) {
      const { extends: next } = JSON.parse(readFileSync(join(ROOT, path), 'utf8'));
      if (typeof next === 'string') chain.push(posix.join(posix.dirname(path), next));
    }
    expect(chain.length).toBeGreaterThan(1);
    expect(chain.filter((path) => !copied.includes(path))).toEqual([]);
  });
});

/** Whatever is imported from the entries on, by files and packages. */
function reached(
  entries: readonly string[],
  sources: ReadonlyMap<string, Source>,
  isElsewhere: (path: string) => boolean,
): { files: string[]; names: string[] } {
  const files = new Set<string>();
  const names = new Set<string>();
  const open = [...entries];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (files.has(path) || isElsewhere(path)) continue;
    files.add(path);
    for (const { specifier, typeOnly } of sources.get(path)?.imports ?? []) {
      if (specifier === undefined || typeOnly || specifier.startsWith('node:')) continue;
      if (specifier.startsWith('.')) open.push(posix.join(posix.dirname(path), specifier));
      else if (!specifier.startsWith('#')) names.add(packageOf(specifier));
    }
  }
  return { files: [...files], names: [...names] };
}

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
