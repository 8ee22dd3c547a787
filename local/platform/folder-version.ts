/**
 * What a data folder says about its own form: the release that wrote it last, and the number of its schema. The number
 * changes with every change of form; a release that knows only lower numbers refuses the folder.
 */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Form of the folders that this code reads and writes. Each step up is one entry of `migrations/list.ts`. */
export const SCHEMA = 2;

export const VERSION_FILE = 'version';
/** Absent in folders of 0.1.0, which are of schema 1. */
export const SCHEMA_FILE = 'schema';
const FIRST_SCHEMA = 1;

/** `null` when no release wrote here; throws the file system's own error. */
export function readVersion(folder: string): string | null {
  return readText(join(folder, VERSION_FILE));
}

/** `null` when the file holds no such number. */
export function readSchema(folder: string): number | null {
  const text = readText(join(folder, SCHEMA_FILE));
  if (text === null) return FIRST_SCHEMA;
  return /^[1-9]\d{0,5}$/.test(text) ? Number(text) : null;
}

export function writeVersion(folder: string, release: string): void {
  writeWhole(join(folder, VERSION_FILE), `${release}\n`);
}

export function writeSchema(folder: string, schema: number): void {
  writeWhole(join(folder, SCHEMA_FILE), `${schema}\n`);
}

/** Whole or not there: written aside and renamed. */
export function writeWhole(file: string, text: string): void {
  writeFileSync(`${file}.new`, text, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
