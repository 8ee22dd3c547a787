/** Sees what the product has made durable, without asking it: a look at its files costs it nothing and comes within a millisecond. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { SANDBOX_FILE } from '../../../local/platform/platform.ts';
import type { Trigger } from './plan.ts';

const POLL_MS = 1;
/** Then the shop is quiet, and the blow falls anyway. */
const GIVE_UP_MS = 15_000;

/** Resolves when the trigger's moment has come: `false` when it never came. */
export async function awaitTrigger(data: string, { kind, count }: Trigger): Promise<boolean> {
  if (kind === 'moment') {
    await sleep(count);
    return true;
  }
  const counter = counterOf(data, kind);
  try {
    const wanted = counter.read() + count;
    const until = performance.now() + GIVE_UP_MS;
    while (counter.read() < wanted) {
      if (performance.now() > until) return false;
      await sleep(POLL_MS);
    }
    return true;
  } finally {
    counter.close();
  }
}

/** What is still on its way in the product: deliveries, invocations, messages in later queues. */
export function underWay(data: string): number {
  const database = new DatabaseSync(join(data, 'aws.sqlite'), { readOnly: true });
  try {
    const row = database
      .prepare(
        `SELECT (SELECT count(*) FROM eb_delivery) + (SELECT count(*) FROM lambda_invocation)
           + (SELECT count(*) FROM sqs_messages WHERE queue LIKE '%-later') AS count`,
      )
      .get();
    return Number(row?.count);
  } finally {
    database.close();
  }
}

type Counter = { read(): number; close(): void };

const READERS = {
  event: { file: 'aws.sqlite', sql: "SELECT seq AS count FROM sqlite_sequence WHERE name = 'eb_event'" },
  write: { file: SANDBOX_FILE, sql: "SELECT count(*) AS count FROM sandbox_rows WHERE collection = 'writes'" },
} as const;

function counterOf(data: string, kind: 'event' | 'write' | 'claim'): Counter {
  if (kind === 'claim') return claimCounter(data);
  const { file, sql } = READERS[kind];
  const database = new DatabaseSync(join(data, file), { readOnly: true });
  const statement = database.prepare(sql);
  return { read: () => Number(statement.get()?.count ?? 0), close: () => database.close() };
}

/** A claim is a row of its own, so only new rows are looked at. */
function claimCounter(data: string): Counter {
  const database = new DatabaseSync(join(data, 'aws.sqlite'), { readOnly: true });
  const newest = database.prepare('SELECT max(id) AS id FROM dynamodb_items');
  const claims = database.prepare(
    `SELECT count(*) AS count FROM dynamodb_items
       WHERE id > ? AND id <= ? AND item LIKE '%act:rp_reply:%' AND item LIKE '%"CLAIMED"%'`,
  );
  let seen = Number(newest.get()?.id ?? 0);
  let count = 0;
  return {
    read() {
      const last = Number(newest.get()?.id ?? 0);
      if (last > seen) count += Number(claims.get(seen, last)?.count);
      seen = Math.max(seen, last);
      return count;
    },
    close: () => database.close(),
  };
}
