/** Time to live: deletes expired items in small steps, late as DynamoDB does, so that readers must filter here too. */
import type { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TableStore } from './operations/store.ts';

/** Between two steps others get their turn. */
const STEP_ITEMS = 100;
const STEP_PAUSE_MS = 20;

/** Changes of a database when its log was cut last. */
const CUT_AT = new WeakMap<DatabaseSync, number>();

/** One pass over all tables; `nowSeconds` is epoch seconds, like the attribute. Returns how many items were deleted. */
export async function deleteExpired(
  { tables, items, database }: TableStore,
  nowSeconds: number,
  signal?: AbortSignal,
): Promise<number> {
  let deleted = 0;
  for (const name of tables.names()) {
    while (!signal?.aborted) {
      const table = tables.find(name);
      if (table === undefined || table.ttlAttribute === null) break;
      const step = items.removeExpired(table, nowSeconds, STEP_ITEMS);
      deleted += step;
      if (step < STEP_ITEMS) break;
      await sleep(STEP_PAUSE_MS, undefined, { ref: false });
    }
  }
  // Overwritten in the file, what was deleted or replaced would still stand in the log that leads there.
  const changes = Number(database.prepare('SELECT total_changes() AS n').get()?.n);
  if (changes !== CUT_AT.get(database) && !database.isTransaction) {
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    CUT_AT.set(database, changes);
  }
  return deleted;
}
