/** A SQLite database as rows: what lies across pages, or is packed in a cell, cannot be seen in the file's bytes. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export const SQLITE_MAGIC = Buffer.from('SQLite format 3\0');

export type Rows = {
  readonly table: string;
  /** All texts, one behind the other with a NUL between them. */
  readonly texts: Buffer;
  readonly blobs: readonly Buffer[];
};

/** Bytes of the database that begins here, by its header; 0 where it is none. */
export function databaseSize(bytes: Buffer): number {
  if (bytes.length < 100) return 0;
  const given = bytes.readUInt16BE(16);
  const page = given === 1 ? 65_536 : given;
  const size = page * bytes.readUInt32BE(28);
  return page >= 512 && size <= bytes.length ? size : 0;
}

/** @param log  of the changes that are not in the database yet: the file beside it that ends in `-wal` */
export function rowsOf(database: Buffer, log: Buffer | null = null): Rows[] {
  const place = mkdtempSync(join(tmpdir(), 'frontdesk-scan-'));
  try {
    const file = join(place, 'copy.sqlite');
    writeFileSync(file, database);
    if (log !== null) writeFileSync(`${file}-wal`, log);
    const opened = new DatabaseSync(file);
    try {
      const tables = opened.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
      return tables.map(({ name }) => readTable(opened, String(name)));
    } finally {
      opened.close();
    }
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

function readTable(database: DatabaseSync, table: string): Rows {
  const texts: string[] = [];
  const blobs: Buffer[] = [];
  for (const row of database.prepare(`SELECT * FROM "${table.replaceAll('"', '""')}"`).iterate())
    for (const value of Object.values(row)) {
      if (typeof value === 'string') texts.push(value);
      else if (value instanceof Uint8Array) blobs.push(Buffer.from(value));
    }
  return { table, texts: Buffer.from(texts.join('\0')), blobs };
}
