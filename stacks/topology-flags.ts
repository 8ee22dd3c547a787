/** The runtime flags as parameters: their values as programs read them. */
import { FLAG_KEYS, FLAGS, type FlagDeclaration, TEMPLATE_FLAG, TEMPLATE_FLAG_NAMES } from '../events/flags.ts';
import type { FlagSpec } from './topology-types.ts';

export const FLAG_SPECS: readonly FlagSpec[] = [
  ...FLAG_KEYS.map((name) => spec(name, FLAGS[name])),
  ...TEMPLATE_FLAG_NAMES.map((name) => spec(name, TEMPLATE_FLAG)),
];

function spec(name: string, { kind, safe, meaning, stopRelevant }: FlagDeclaration): FlagSpec {
  return { name, kind, safe: readValue(kind, safe), meaning, stopRelevant };
}

function readValue(kind: FlagDeclaration['kind'], text: string | null): FlagSpec['safe'] {
  if (text === null) return null;
  switch (kind) {
    case 'boolean':
      return text === 'true';
    case 'number':
      return Number(text);
    case 'list':
      return text === '' ? [] : text.split(',');
    case 'instant':
    case 'text':
    case 'reference':
      return text;
    default:
      return kind satisfies never;
  }
}

export type ParameterSpec = { readonly name: string; readonly value: string; readonly meaning: string };

/** Parameter Store keeps no empty values, and no entry of a list is called so. */
const NO_ENTRY = 'none';

/**
 * What a first deploy writes: every flag's safe value. A flag whose safe value is "as if missing", or an empty text, has no parameter
 * until somebody sets it; missing means safe.
 */
export const FIRST_PARAMETERS: readonly ParameterSpec[] = FLAG_SPECS.flatMap(({ name, kind, safe, meaning }) => {
  const value = Array.isArray(safe) ? safe.join(',') : String(safe ?? '');
  if (value !== '') return [{ name, value, meaning }];
  return kind === 'list' ? [{ name, value: NO_ENTRY, meaning }] : [];
});
