/** Parameters in memory; tests and the simulator flip them while functions run. */
import type { Parameters } from '../ports.ts';

export function memoryParameters(
  values: Map<string, string> = new Map(),
): Parameters & { readonly values: Map<string, string> } {
  return {
    values,
    read: async (names) => Object.fromEntries(names.map((name) => [name, values.get(name) ?? null])),
  };
}
