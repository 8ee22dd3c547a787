/** Tables that can be lost: as long as one is gone, every call of it is refused, and it comes back empty. */
import { VendorError } from '../../../functions/shared/errors.ts';
import type { Store } from '../../../functions/shared/ports.ts';
import type { TableName } from '../../../functions/shared/store/language.ts';
import type { MemoryTables } from '../../../functions/shared/store/memory.ts';

export type LosableTables = {
  readonly store: Store;
  lose(names: readonly TableName[]): void;
  /** The lost ones are made anew. */
  restore(): void;
  /** Calls that were refused. */
  readonly refused: number;
};

export function losableTables(store: Store, tables: MemoryTables): LosableTables {
  const gone = new Set<TableName>();
  let refused = 0;
  const there =
    <T extends readonly unknown[], R>(call: (table: TableName, ...rest: T) => Promise<R>) =>
    async (table: TableName, ...rest: T): Promise<R> => {
      if (!gone.has(table)) return call(table, ...rest);
      refused += 1;
      // As `ResourceNotFoundException` is read (functions/shared/aws).
      throw new VendorError('dynamodb', 'not_found', { status: 400 });
    };
  return {
    store: {
      get: there(store.get),
      put: there(store.put),
      update: there(store.update),
      change: there(store.change),
      remove: there(store.remove),
      query: there(store.query),
    },
    lose(names) {
      for (const name of names) {
        gone.add(name);
        tables.get(name)?.clear();
      }
    },
    restore: () => gone.clear(),
    get refused() {
      return refused;
    },
  };
}
