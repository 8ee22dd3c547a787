/** Time to live: deletes expired items in small steps, late as DynamoDB does, so that readers must filter here too. */
import { setTimeout as sleep } from 'node:timers/promises';
import { AwsError } from '../service.ts';
import type { Engine } from './engine.ts';

export type ExpiringTable = { readonly name: string; readonly keys: readonly string[]; readonly ttlAttribute: string };

const PAGE_ITEMS = 100;
const PAGE_PAUSE_MS = 20;

/** One pass over one table; `nowSeconds` is epoch seconds, like the attribute. Returns how many items were deleted. */
export async function deleteExpired(
  engine: Engine,
  table: ExpiringTable,
  nowSeconds: number,
  signal?: AbortSignal,
): Promise<number> {
  const isExpired = {
    ExpressionAttributeNames: { '#ttl': table.ttlAttribute },
    ExpressionAttributeValues: { ':now': { N: String(nowSeconds) } },
  };
  let deleted = 0;
  let from: unknown;
  do {
    const page = await engine.run('Scan', {
      TableName: table.name,
      Limit: PAGE_ITEMS,
      FilterExpression: '#ttl < :now',
      ...isExpired,
      ...(from !== undefined && { ExclusiveStartKey: from }),
    });
    for (const item of Object(page.Items)) {
      const Key = Object.fromEntries(table.keys.map((key) => [key, item[key]]));
      // The condition again: the item may have been renewed since the scan.
      deleted += await deleteOne(engine, {
        TableName: table.name,
        Key,
        ConditionExpression: '#ttl < :now',
        ...isExpired,
      });
    }
    from = page.LastEvaluatedKey;
    if (from !== undefined) await sleep(PAGE_PAUSE_MS, undefined, { ref: false });
  } while (from !== undefined && !signal?.aborted);
  return deleted;
}

async function deleteOne(engine: Engine, input: object): Promise<number> {
  try {
    await engine.run('DeleteItem', input);
    return 1;
  } catch (error) {
    if (error instanceof AwsError && error.type === 'ConditionalCheckFailedException') return 0;
    throw error;
  }
}
