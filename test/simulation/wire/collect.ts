/** Reads what a run has left: the tables through the endpoint, tickets from the sandbox, and what only the files hold from them. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Item, TableName } from '../../../functions/shared/store/language.ts';
import { TABLE_KEYS } from '../../../functions/shared/store/tables.ts';
import { createArchiveStore } from '../../../local/aws/eventbridge/archive-store.ts';
import type { ReadyObject } from '../../../local/platform/ready-file.ts';
import { tablesOf } from '../../processes/folder.ts';
import type { FailureFact, Resting } from '../facts.ts';
import type { Archived, Found } from './account.ts';
import { control } from './control.ts';

type Helpdesk = Pick<Found, 'tickets' | 'outbox' | 'writes'>;
type State = Pick<Found, 'ledger' | 'trail' | 'resting'>;
type Files = Pick<Found, 'archived' | 'failures' | 'resting'>;

export async function readHelpdesk(ready: ReadyObject): Promise<Helpdesk> {
  const [tickets, outbox, writes] = await Promise.all([
    control<Found['tickets']>(ready, 'GET', 'tickets'),
    control<Found['outbox']>(ready, 'GET', 'outbox'),
    control<Found['writes']>(ready, 'GET', 'writes'),
  ]);
  return { tickets, outbox, writes };
}

/** Every item of every table, through the endpoint of the running instance. */
export async function readState(data: string): Promise<State> {
  const tables = await tablesOf(data);
  try {
    const ledger: Item[] = [];
    const trail: string[] = [];
    const resting: Resting[] = [];
    for (const table of Object.keys(TABLE_KEYS) as TableName[])
      for await (const item of tables.scan(table, {})) {
        if (table === 'idempotency') ledger.push(item);
        if (table === 'audit_trail' && item.envelope !== undefined) trail.push(String(item.event_id));
        // What the vault has sealed is a customer's, and may be.
        resting.push({
          place: `table ${table}`,
          text: JSON.stringify(table === 'vault' ? { ...item, sealed: '' } : item),
        });
      }
    return { ledger, trail, resting };
  } finally {
    await tables.close();
  }
}

/** The recovery archive, queues and logs of a folder that nobody writes to any more. */
export function readFiles(data: string, archive: string): Files {
  const database = new DatabaseSync(join(data, 'aws.sqlite'));
  try {
    const queues = database.prepare('SELECT queue, body, sent_at FROM sqs_messages').all() as Message[];
    return {
      archived: archivedIn(database, archive),
      failures: queues.flatMap(failureOf),
      resting: [
        ...queues.map(({ queue, body }) => ({ place: `queue ${queue}`, text: body })),
        ...['functions.log.1', 'functions.log'].flatMap((name) => logIn(join(data, name))),
      ],
    };
  } finally {
    database.close();
  }
}

type Message = { readonly queue: string; readonly body: string; readonly sent_at: number };

function failureOf({ queue, body, sent_at }: Message): FailureFact[] {
  const [, target, cause] = /^frontdesk-[a-z0-9]+-(.+)-(dlq|failures)$/.exec(queue) ?? [];
  return target === undefined || cause === undefined ? [] : [{ kind: 'failure', at: sent_at, target, cause, body }];
}

const PAGE = 500;

/** With the endpoint's own reader, which knows its packs; in the order in which the bus took them. */
function archivedIn(database: DatabaseSync, archive: string): Archived[] {
  const store = createArchiveStore(database);
  const rows: { seq: number; archivedAt: number; body: string }[] = [];
  let behind = { time: 0, seq: -1 };
  for (;;) {
    const page = store.page(archive, behind, Number.MAX_SAFE_INTEGER, PAGE);
    const last = page.at(-1);
    if (last === undefined) break;
    rows.push(...page);
    behind = { time: last.eventTime, seq: last.seq };
  }
  return rows
    .sort((left, right) => left.seq - right.seq)
    .map(({ archivedAt, body }) => {
      const event = JSON.parse(body) as { source: string; 'detail-type': string; detail: unknown };
      return { at: archivedAt, source: event.source, detailType: event['detail-type'], detail: event.detail };
    });
}

function logIn(file: string): Resting[] {
  return existsSync(file) ? [{ place: 'log', text: readFileSync(file, 'utf8') }] : [];
}
