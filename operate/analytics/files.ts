/** Which files of a data folder hold rows: lines of the hour that lasts, and one Parquet file for each that was compacted. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { RECORDS_FOLDER } from '../../functions/shared/records/table.ts';
import { hourFolder, LINES_FILE } from '../../local/aws/firehose/record-files.ts';
import { RECORDS_HOME } from '../../local/platform/platform.ts';
import { STAGE } from '../../local/platform/stage.ts';

/** Holds an hour's rows in place of its lines, each fact once. */
export const PARQUET_FILE = 'rows.parquet';

export type RecordFiles = { readonly lines: readonly string[]; readonly parquet: readonly string[] };

export const recordsFolder = (dataDir: string): string => join(dataDir, RECORDS_HOME, RECORDS_FOLDER);

/** Absolute paths, oldest hour first. Nothing where no row was ever kept. */
export function recordFilesOf(dataDir: string): RecordFiles {
  const all = filesBelow(recordsFolder(dataDir));
  return {
    lines: all.filter((file) => file.endsWith(`/${LINES_FILE}`)),
    parquet: all.filter((file) => file.endsWith(`/${PARQUET_FILE}`)),
  };
}

/** Lines that nobody adds to any more. */
export function closedLines({ lines }: RecordFiles, dataDir: string, now: number): string[] {
  const current = hourFolder(join(dataDir, RECORDS_HOME), STAGE.env, now);
  return lines.filter((file) => file < join(current, LINES_FILE));
}

function filesBelow(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
