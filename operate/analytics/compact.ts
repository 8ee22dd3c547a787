/** Lines of hours that are over, made into one Parquet file each: a tenth of the size, each fact once. Lines go when the file stands. */
import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { connect } from './database.ts';
import { closedLines, PARQUET_FILE, recordFilesOf } from './files.ts';
import { EVENTS_VIEW, rowsOf } from './views.ts';

export type Compacted = { readonly hours: number; readonly bytesBefore: number; readonly bytesAfter: number };

/** May run beside an instance: it adds to the hour that lasts alone. Interrupted, it can be run again. */
export async function compact(dataDir: string, now: number): Promise<Compacted> {
  const closed = closedLines(recordFilesOf(dataDir), dataDir, now);
  const connection = await connect(dataDir);
  let [bytesBefore, bytesAfter] = [0, 0];
  try {
    for (const lines of closed) {
      const file = join(dirname(lines), PARQUET_FILE);
      // An earlier run may have died before its lines were gone.
      const parquet = existsSync(file) ? [file] : [];
      bytesBefore += statSync(lines).size;
      await connection.run(`CREATE OR REPLACE VIEW kept AS ${rowsOf({ lines: [lines], parquet })}`);
      const whole = `${EVENTS_VIEW.sql} ORDER BY occurred_at, event_id`;
      await connection.run(`COPY (${whole}) TO '${quoted(file)}.new' (FORMAT parquet, COMPRESSION zstd)`);
      renameSync(`${file}.new`, file);
      rmSync(lines);
      bytesAfter += statSync(file).size;
    }
  } finally {
    connection.closeSync();
  }
  return { hours: closed.length, bytesBefore, bytesAfter };
}

const quoted = (path: string): string => path.replaceAll("'", "''");
