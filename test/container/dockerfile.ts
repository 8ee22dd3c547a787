/** The Dockerfile as its instructions, and what of the tree its context lets through. As much of the language as ours uses. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../local/platform/release.ts';

export type Instruction = { readonly name: string; readonly rest: string };
export type Stage = {
  readonly image: string;
  readonly name: string | null;
  readonly instructions: readonly Instruction[];
};
export type Copy = { readonly sources: readonly string[]; readonly target: string; readonly from: string | null };

/** The stages in their order, with the arguments before the first put in. */
export function readDockerfile(text: string = readFileSync(join(ROOT, 'Dockerfile'), 'utf8')): Stage[] {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  const values = new Map<string, string>();
  const stages: { image: string; name: string | null; instructions: Instruction[] }[] = [];
  for (const line of lines) {
    const [, name = '', rest = ''] = /^(\S+)\s+(.*)$/.exec(line) ?? [];
    if (name === 'ARG' && stages.length === 0) {
      const [, key = '', value = ''] = /^(\w+)=(.*)$/.exec(rest) ?? [];
      values.set(key, value);
    } else if (name === 'FROM') {
      const [image = '', , stage] = rest.split(/\s+/);
      stages.push({
        image: image.replaceAll(/\$\{(\w+)\}/g, (_, key: string) => values.get(key) ?? ''),
        name: stage ?? null,
        instructions: [],
      });
    } else {
      stages.at(-1)?.instructions.push({ name, rest });
    }
  }
  return stages;
}

export function copiesOf({ instructions }: Stage): Copy[] {
  return instructions
    .filter(({ name }) => name === 'COPY')
    .map(({ rest }) => {
      const words = rest.split(/\s+/);
      const from = words[0]?.startsWith('--from=') ? words[0].slice('--from='.length) : null;
      const paths = from === null ? words : words.slice(1);
      return { from, sources: paths.slice(0, -1), target: paths.at(-1) ?? '' };
    });
}

/** The words of an instruction in its JSON form. */
export function wordsOf(stage: Stage, name: string): string[] {
  const found = stage.instructions.find((instruction) => instruction.name === name)?.rest ?? '[]';
  return JSON.parse(found.slice(found.indexOf('[')));
}

/** Files that a build can see, as .dockerignore says; the last line that matches a file or a folder above it counts. */
export function filesOfContext(): string[] {
  const rules = readFileSync(join(ROOT, '.dockerignore'), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => ({ isKept: line.startsWith('!'), pattern: patternOf(line.replace(/^!/, '')) }));
  const isKept = (path: string): boolean => rules.findLast(({ pattern }) => pattern.test(path))?.isKept ?? true;
  return filesBelow('').filter(isKept);
}

function patternOf(line: string): RegExp {
  const source = line
    .replaceAll(/[.+^$()|[\]\\{}]/g, '\\$&')
    .replaceAll('**/', '\u0001')
    .replaceAll('*', '[^/]*')
    .replaceAll('\u0001', '(?:.*/)?');
  return new RegExp(`^${source}(?:/.*)?$`);
}

const PASSED_BY = new Set(['node_modules', '.git', '.sst', '.frontdesk', 'dist', 'coverage', '.cache']);

function filesBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (PASSED_BY.has(entry.name)) return [];
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}
