/** Finds the patterns that match an event without trying them all. */
import { type CompiledPattern, compilePattern } from './pattern.ts';

export type IndexedEvent = { readonly source: string; readonly 'detail-type': string };

type Entry<T> = { readonly value: T; readonly matches: CompiledPattern };

/**
 * Patterns that name their detail types, or else their sources, are looked up by them; only the others are tried against
 * every event. Answers the values in the order they were given.
 */
export function indexPatterns<T>(
  patterns: readonly { readonly pattern: unknown; readonly value: T }[],
): (event: IndexedEvent) => T[] {
  const byDetailType = new Map<string, number[]>();
  const bySource = new Map<string, number[]>();
  const others: number[] = [];
  const entries: Entry<T>[] = patterns.map(({ pattern, value }, position) => {
    const detailTypes = exactNames(pattern, 'detail-type');
    const sources = detailTypes === null ? exactNames(pattern, 'source') : null;
    for (const name of detailTypes ?? []) append(byDetailType, name, position);
    for (const name of sources ?? []) append(bySource, name, position);
    if (detailTypes === null && sources === null) others.push(position);
    return { value, matches: compilePattern(pattern) };
  });
  return (event) =>
    [...(byDetailType.get(event['detail-type']) ?? []), ...(bySource.get(event.source) ?? []), ...others]
      .sort((left, right) => left - right)
      .flatMap((position) => {
        const entry = entries[position];
        return entry?.matches(event) ? [entry.value] : [];
      });
}

/** The field's values when all are plain strings, each once. */
function exactNames(pattern: unknown, field: string): Set<string> | null {
  const values = (pattern as Record<string, unknown>)[field];
  return Array.isArray(values) && values.every((value) => typeof value === 'string') ? new Set(values) : null;
}

function append(lists: Map<string, number[]>, name: string, position: number): void {
  const list = lists.get(name);
  if (list === undefined) lists.set(name, [position]);
  else list.push(position);
}
