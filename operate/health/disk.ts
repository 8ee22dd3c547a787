/** What a data folder takes on disk, in all and by part. Reads the files themselves, so that no instance is held up. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { TRACES_FILE } from '../../local/telemetry/collect.ts';
import { METRICS_FILE } from '../../local/telemetry/series-file.ts';

/** Bytes on disk; what belongs together adds up to the size of the files, but for their fixed parts. */
export type BytesByPart = {
  /** By short name, indexes included. */
  readonly tables: Readonly<Record<string, number>>;
  /** By name; a young event in several archives counts for the one that keeps it longest. */
  readonly archives: Readonly<Record<string, number>>;
  /** Messages, invocations and deliveries that wait, dead letters. */
  readonly queues: number;
  readonly sandbox: number;
  readonly logs: number;
  /** Freed and not yet used again. */
  readonly freePages: number;
  /** Write-ahead logs, rules, parameters, secrets. */
  readonly other: number;
};

/** Bytes of all files below; a file that goes away meanwhile counts nothing. */
export function folderBytes(folder: string): number {
  let bytes = 0;
  try {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) bytes += fileBytes(join(entry.parentPath, entry.name));
    }
  } catch {
    return bytes;
  }
  return bytes;
}

/** `null` when the folder cannot be read, or holds no state of this form. */
export function bytesByPart(folder: string): BytesByPart | null {
  const file = join(folder, 'aws.sqlite');
  if (!existsSync(file)) return null;
  const database = new DatabaseSync(file, { readOnly: true, timeout: BUSY_MS });
  try {
    return partsOf(database, folder);
  } catch {
    return null;
  } finally {
    database.close();
  }
}

const BUSY_MS = 5_000;
const LOGS = ['functions.log', TRACES_FILE, METRICS_FILE].flatMap((name) => [name, `${name}.1`]);
const SANDBOX = ['richpanel.sqlite', 'richpanel.sqlite-wal'];

function partsOf(database: DatabaseSync, folder: string): BytesByPart {
  const trees = database
    .prepare(
      `SELECT coalesce(s.tbl_name, d.name) AS name, sum(d.pgsize) AS bytes
       FROM dbstat d LEFT JOIN sqlite_schema s ON s.name = d.name WHERE d.aggregate = 1 GROUP BY 1`,
    )
    .all();
  const onDisk = (...prefixes: string[]): number =>
    trees
      .filter(({ name }) => prefixes.some((prefix) => String(name).startsWith(prefix)))
      .reduce((sum, { bytes }) => sum + Number(bytes), 0);
  const tables = shares(
    onDisk('dynamodb_'),
    database
      .prepare(
        `SELECT t.name, coalesce(sum(i.bytes), 0) AS bytes
         FROM dynamodb_tables t LEFT JOIN dynamodb_items i ON i.table_id = t.id GROUP BY t.id ORDER BY t.name`,
      )
      .all()
      .map(({ name, bytes }) => [shortName(String(name)), Number(bytes)]),
  );
  const archives = shares(onDisk('eb_event', 'eb_archived', 'eb_pack'), archiveBytes(database));
  const queues = onDisk('sqs_', 'lambda_', 'eb_delivery');
  const sandbox = SANDBOX.reduce((sum, name) => sum + fileBytes(join(folder, name)), 0);
  const logs = LOGS.reduce((sum, name) => sum + fileBytes(join(folder, name)), 0);
  const freePages = pragma(database, 'freelist_count') * pragma(database, 'page_size');
  const named = [...Object.values(tables), ...Object.values(archives), queues, sandbox, logs, freePages];
  const other = Math.max(0, folderBytes(folder) - named.reduce((sum, bytes) => sum + bytes, 0));
  return { tables, archives, queues, sandbox, logs, freePages, other };
}

function archiveBytes(database: DatabaseSync): [string, number][] {
  return database
    .prepare(
      `SELECT name, coalesce((SELECT sum(length(body)) FROM eb_pack WHERE archive = name), 0)
         + coalesce((SELECT sum(length(body)) FROM (
             SELECT e.body, (SELECT k.archive FROM eb_archived k JOIN eb_archive r ON r.name = k.archive WHERE k.seq = e.seq
               ORDER BY r.retention_days = 0 DESC, r.retention_days DESC LIMIT 1) AS archive FROM eb_event e
           ) WHERE archive = name), 0) AS bytes FROM eb_archive ORDER BY name`,
    )
    .all()
    .map(({ name, bytes }) => [String(name), Number(bytes)]);
}

/** Divides what the trees take by what stands in them. */
function shares(total: number, parts: readonly (readonly [string, number])[]): Record<string, number> {
  const content = parts.reduce((sum, [, bytes]) => sum + bytes, 0);
  return Object.fromEntries(
    parts.map(([name, bytes]) => [name, content === 0 ? 0 : Math.round((total * bytes) / content)]),
  );
}

/** `frontdesk_local_vault` → `vault`. */
function shortName(table: string): string {
  return table.replace(/^frontdesk_[^_]+_/, '');
}

function pragma(database: DatabaseSync, name: string): number {
  return Number(Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0]);
}

function fileBytes(file: string): number {
  try {
    return statSync(file).size;
  } catch {
    return 0;
  }
}
