/** What an event's declaration says for readers and tests, its example and its sentence, is no part of a function. */
import { readFileSync } from 'node:fs';
import type { Plugin } from 'esbuild';
import { parseSync, Visitor } from 'oxc-parser';
import { oncePerFile } from './module-name.ts';

/** Would otherwise stay for what it might do. */
const EXAMPLES = /^import \{[^}]*\} from '\.\/examples\.ts';$/m;
const FOR_READERS: ReadonlySet<string> = new Set(['example', 'says']);

export const eventWords: Plugin = {
  name: 'event-words',
  setup(build) {
    build.onLoad({ filter: /\/events\/[\w-]+\.ts$/ }, ({ path }) => ({ contents: withoutWords(path), loader: 'ts' }));
  },
};

const withoutWords = oncePerFile((path): string => {
  const source = readFileSync(path, 'utf8');
  if (!source.includes('defineEvent(')) return source;
  const { program } = parseSync(path, source);
  const cuts: { readonly start: number; readonly end: number }[] = [];
  new Visitor({
    CallExpression({ callee, arguments: [declaration] }) {
      if (callee.type !== 'Identifier' || callee.name !== 'defineEvent') return;
      if (declaration?.type !== 'ObjectExpression') return;
      for (const property of declaration.properties)
        if (property.type === 'Property' && property.key.type === 'Identifier' && FOR_READERS.has(property.key.name))
          cuts.push({ start: property.value.start, end: property.value.end });
    },
  }).visit(program);
  return cuts
    .toSorted((left, right) => right.start - left.start)
    .reduce((text, { start, end }) => `${text.slice(0, start)}undefined${text.slice(end)}`, source)
    .replace(EXAMPLES, '');
});
