/**
 * Where Firehose puts what it is handed: JSON lines below `events/env=…/dt=…/hr=…/`, by the hour of their arrival, as in the bucket of
 * a deployed stage. One process writes; readers may look at any time.
 */
import {
  appendFileSync,
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { RECORDS_FOLDER } from '../../../functions/shared/records/table.ts';
import { EXPORT_DAYS } from '../../../stacks/topology-analytics.ts';

export type RecordSink = { append(records: readonly Buffer[], now: number): void };

/** Of the hour that lasts. An hour that is over may be one Parquet file instead (`frontdesk analytics --compact`). */
export const LINES_FILE = 'rows.jsonl';
const DAY_MS = 86_400_000;
const LINE_FEED = Buffer.from('\n');

/** Its folder is made with the first record. */
export function recordFiles(folder: string, env: string): RecordSink {
  let current = '';
  return {
    append(records, now) {
      const file = join(hourFolder(folder, env, now), LINES_FILE);
      if (file !== current) {
        mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
        endTornLine(file);
        removeOld(folder, env, now);
        current = file;
      }
      // One call: a process that dies leaves whole lines, or one torn at the end.
      appendFileSync(file, Buffer.concat(records.flatMap((record) => [record, LINE_FEED])), { mode: 0o600 });
    },
  };
}

export function hourFolder(folder: string, env: string, at: number): string {
  const [date = '', time = ''] = new Date(at).toISOString().split('T');
  return join(folder, RECORDS_FOLDER, `env=${env}`, `dt=${date}`, `hr=${time.slice(0, 2)}`);
}

/** Rows end as they do in the bucket. */
function removeOld(folder: string, env: string, now: number): void {
  const home = join(folder, RECORDS_FOLDER, `env=${env}`);
  const first = `dt=${new Date(now - EXPORT_DAYS * DAY_MS).toISOString().slice(0, 10)}`;
  for (const day of readdirSync(home)) if (day < first) rmSync(join(home, day), { recursive: true });
}

/** What a dead process left without its end must not swallow the next line. */
function endTornLine(file: string): void {
  if (!existsSync(file)) return;
  const handle = openSync(file, 'r+');
  try {
    const { size } = fstatSync(handle);
    const last = Buffer.alloc(1);
    if (size > 0 && readSync(handle, last, 0, 1, size - 1) === 1 && !last.equals(LINE_FEED))
      writeSync(handle, LINE_FEED, 0, 1, size);
  } finally {
    closeSync(handle);
  }
}
