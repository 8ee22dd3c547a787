/** Secrets in memory. */
import { VendorError } from '../errors.ts';
import type { Secrets } from '../ports.ts';

export function memorySecrets(
  values: Map<string, string> = new Map(),
): Secrets & { readonly values: Map<string, string> } {
  return {
    values,
    async read(name) {
      const value = values.get(name);
      if (value === undefined) throw new VendorError('secrets', 'not_found');
      return value;
    },
  };
}
