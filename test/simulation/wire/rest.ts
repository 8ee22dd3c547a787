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
/** From a message's deadline: the sweeper's next run, its back-off, and the way to the end. */
const STALLED_WITHIN_MS = 120_000;
/** Longer than any deadline, scaled: parked time puts deadlines off, for ever if something parks for ever. */
const AT_MOST_MS = 20 * 60_000;

/**
 * Nothing on its way, parked, running or open; `false` when time was up first. Time is up only when it is for each message too:
 * what a function was killed at too often waits for its message's own deadline (protocols §7), two hours for an e-mail.
 */
export async function untilQuiet(data: string, withinMs: number): Promise<boolean> {
  return withTables(data, async (tables) => {
    let still = 0;
    let until = Date.now() + withinMs;
    const atMost = Date.now() + AT_MOST_MS;
    while (still < STILL_POLLS) {
      await sleep(POLL_MS);
      const open = await openDeadlines(tables);
      until = Math.min(atMost, Math.max(until, ...open.map((deadline) => deadline + STALLED_WITHIN_MS)));
      if (Date.now() > until) return false;
      still = open.length === 0 && underWay(data) === 0 ? still + 1 : 0;
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

/** When the sweeper gives up on what is open, epoch milliseconds; 0 for an action, which has no deadline. */
async function openDeadlines(tables: Tables): Promise<number[]> {
  const deadlines: number[] = [];
  for (const kind of ['evt', 'act']) {
    const question = {
      IndexName: OPEN_BY_RECEIVED,
      KeyConditionExpression: '#open = :kind',
      ExpressionAttributeNames: { '#open': 'open' },
      ExpressionAttributeValues: { ':kind': { S: kind } },
    };
    for await (const { received_at, deadline_ms, parked_ms } of tables.query('idempotency', question))
      deadlines.push(kind === 'evt' ? Number(received_at) + Number(deadline_ms) + Number(parked_ms ?? 0) : 0);
  }
  return deadlines;
}

async function withTables<T>(data: string, run: (tables: Tables) => Promise<T>): Promise<T> {
  const tables = await tablesOf(data);
  try {
    return await run(tables);
  } finally {
    await tables.close();
  }
}
