import { createHash } from 'node:crypto';

/** `config-<12 hex>`, the form of every version on the bus (events/fields.ts), of the values alone: comments and the order of keys do not change it. */
export function configVersion(config: unknown): string {
  return `config-${createHash('sha256').update(canonical(config)).digest('hex').slice(0, 12)}`;
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, part]) => `${JSON.stringify(key)}:${canonical(part)}`).join(',')}}`;
}
