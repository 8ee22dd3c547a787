/** Rows in memory, in the order of their arrival, doubles included. */
import type { Records } from '../ports.ts';
import type { FactRecord } from './table.ts';

export function memoryRecords(): Records & { readonly rows: readonly FactRecord[] } {
  const rows: FactRecord[] = [];
  return {
    rows,
    async put(row) {
      rows.push(structuredClone(row));
    },
  };
}
