/** When the product has nothing more to do, and when it has found every comment that stands in the helpdesk. */
import { setTimeout as sleep } from 'node:timers/promises';
import { messageRecordKey } from '../../../functions/shared/ledger/keys.ts';
import { OPEN_BY_RECEIVED } from '../../../functions/shared/store/tables.ts';
import type { Tables } from '../../../operate/instance/tables.ts';
import { tablesOf } from '../../processes/folder.ts';
import type { Written } from './shop.ts';
import { underWay } from './watch.ts';

const POLL_MS = 500;
/** Between two functions nothing is under way for a moment. */
const STILL_POLLS = 3;

/** Nothing on its way, parked, running or open; `false` when time was up first. */
export async function untilQuiet(data: string, withinMs: number): Promise<boolean> {
  return withTables(data, async (tables) => {
    let still = 0;
    const until = performance.now() + withinMs;
    while (still < STILL_POLLS) {
      if (performance.now() > until) return false;
      await sleep(POLL_MS);
      still = underWay(data) === 0 && !(await isAnythingOpen(tables)) ? still + 1 : 0;
    }
    return true;
  });
}

/**
 * Until each comment is claimed in the ledger: the reconciler finds those whose webhook was lost. Answers how many it has not
 * found when time is up.
 */
export async function untilFound(data: string, comments: readonly Written[], withinMs: number): Promise<number> {
  return withTables(data, async (tables) => {
    const until = performance.now() + withinMs;
    for (;;) {
      const keys = new Set<string>();
      const messages = {
        FilterExpression: 'begins_with(#key, :evt)',
        ProjectionExpression: '#key',
        ExpressionAttributeNames: { '#key': 'key' },
        ExpressionAttributeValues: { ':evt': { S: 'evt:' } },
      };
      for await (const { key } of tables.scan('idempotency', messages)) keys.add(String(key));
      const missing = comments.filter((one) => !keys.has(messageRecordKey(one.conversationId, one.commentId)));
      if (missing.length === 0 || performance.now() > until) return missing.length;
      await sleep(POLL_MS);
    }
  });
}

async function isAnythingOpen(tables: Tables): Promise<boolean> {
  for (const kind of ['evt', 'act']) {
    const question = {
      IndexName: OPEN_BY_RECEIVED,
      KeyConditionExpression: '#open = :kind',
      ExpressionAttributeNames: { '#open': 'open' },
      ExpressionAttributeValues: { ':kind': { S: kind } },
    };
    for await (const _ of tables.query('idempotency', question)) return true;
  }
  return false;
}

async function withTables<T>(data: string, run: (tables: Tables) => Promise<T>): Promise<T> {
  const tables = await tablesOf(data);
  try {
    return await run(tables);
  } finally {
    await tables.close();
  }
}
