/** The two lists of consumers that only watch, as texts: the names, and what each declares. Pure. */
import { camelCase } from './template.ts';

export const NAMES_FILE = 'functions/shared/consumers.ts';
export const PARTS_FILE = 'stacks/consumers.ts';

const LIST = /^export const CONSUMERS = \[([^\]]*)\] as const;$/m;
/** The formatter's. */
const LINE_WIDTH = 120;

/** Throws when the list is not written as this file writes it. */
export function namesIn(text: string): string[] {
  const [, list] = LIST.exec(text) ?? [];
  if (list === undefined) throw new Error(`${NAMES_FILE} has no list CONSUMERS`);
  return [...list.matchAll(/'([^']+)'/g)].map(([, name = '']) => name);
}

export function withNames(text: string, names: readonly string[]): string {
  const quoted = names.map((name) => `'${name}'`);
  const line = `export const CONSUMERS = [${quoted.join(', ')}] as const;`;
  const long = `export const CONSUMERS = [\n${quoted.map((one) => `  ${one},\n`).join('')}] as const;`;
  return text.replace(LIST, line.length <= LINE_WIDTH ? line : long);
}

export function partsText(names: readonly string[]): string {
  const imports = [
    ...names.map((name) => [`../functions/${name}/rules.ts`, `import * as ${partsOf(name)} from`] as const),
    ['../functions/shared/consumers.ts', 'import type { ConsumerName } from'] as const,
  ].toSorted(([one], [other]) => (one < other ? -1 : 1));
  const entries = names.map((name) => `${/-/.test(name) ? `'${name}'` : name}: ${partsOf(name)}`);
  const head = 'export const CONSUMER_PARTS: Readonly<Record<ConsumerName, ConsumerParts>> = ';
  const line = `${head}{ ${entries.join(', ')} };`;
  return [
    '/** What each consumer of `functions/shared/consumers.ts` declares in its folder. Kept by `npx frontdesk new consumer`. */',
    ...imports.map(([file, begins]) => `${begins} '${file}';`),
    `import type { ConsumerParts } from './topology-types.ts';`,
    '',
    line.length <= LINE_WIDTH ? line : `${head}{\n${entries.map((entry) => `  ${entry},\n`).join('')}};`,
    '',
  ].join('\n');
}

const partsOf = (name: string): string => `${camelCase(name)}Parts`;
