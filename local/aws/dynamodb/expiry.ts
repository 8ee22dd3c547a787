/** Time to live: deletes expired items in small steps, late as DynamoDB does, so that readers must filter here too. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { TableStore } from './operations/store.ts';

/** Between two steps others get their turn. */
const STEP_ITEMS = 100;
const STEP_PAUSE_MS = 20;

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
  // Overwritten in the file, the deleted would still stand in the log that leads there.
  if (deleted > 0) database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  return deleted;
}
