/** What a data folder holds while nobody writes to it: its processes are dead, or frozen. Reads a copy; the folder stays as it is. */
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Item } from '../../functions/shared/store/language.ts';
import { openDatabase } from '../../local/aws/database.ts';
import type { Context } from '../../operate/context.ts';
import { openTables, type Tables } from '../../operate/instance/tables.ts';
import type { Evidence } from './states.ts';

/** Events of the last seconds before the instant, and far more: a message has about twenty. */
const NEWEST_EVENTS = 5_000;

/** The database and its log; without the lock, so that nobody takes the copy for a folder that is in use. */
const FILES = ['aws.sqlite', 'aws.sqlite-wal'];

export async function readFolder(data: string): Promise<Evidence> {
  const copy = mkdtempSync(join(tmpdir(), 'frontdesk-look-'));
  try {
    for (const file of FILES) if (existsSync(join(data, file))) copyFileSync(join(data, file), join(copy, file));
    return { published: publishedRoots(join(copy, 'aws.sqlite')), ledger: await ledgerOf(copy) };
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** Through the endpoint while an instance runs on the folder, else from its files. */
export function tablesOf(data: string): Promise<Tables> {
  return openTables(contextOf(data));
}

/** As the command line has it for `--data`. */
export function contextOf(data: string): Context {
  return {
    dataDir: data,
    dataDirGiven: data,
    variables: {},
    target: 'local',
    stage: null,
    isJson: true,
    tell: () => {},
    note: () => {},
  };
}

async function ledgerOf(data: string): Promise<Map<string, Item>> {
  const tables = await tablesOf(data);
  const ledger = new Map<string, Item>();
  for await (const item of tables.scan('idempotency', {})) ledger.set(String(item.key), item);
  await tables.close();
  return ledger;
}

/** The recovery archive keeps every event of ours, delivered or not. */
function publishedRoots(file: string): Set<string> {
  const database = openDatabase(file);
  const rows = database
    .prepare(
      `SELECT json_extract(body, '$.detail.metadata.eventId') AS id
         FROM (SELECT body FROM eb_event ORDER BY seq DESC LIMIT ${NEWEST_EVENTS})
        WHERE json_extract(body, '$."detail-type"') IN ('MessageReceived', 'MissedMessageDetected')`,
    )
    .all();
  database.close();
  return new Set(rows.map(({ id }) => String(id)));
}
