import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openDatabase } from './database.ts';

it('is its user’s alone, and so is its log: a copy in another folder is read by nobody else', () => {
  const folder = mkdtempSync(join(tmpdir(), 'frontdesk-database-'));
  const database = openDatabase(join(folder, 'aws.sqlite'));
  database.exec('CREATE TABLE t (x TEXT) STRICT');
  const modes = readdirSync(folder).map((name) => [name, statSync(join(folder, name)).mode & 0o777]);
  database.close();
  rmSync(folder, { recursive: true });
  expect(Object.fromEntries(modes)).toEqual({
    'aws.sqlite': 0o600,
    'aws.sqlite-shm': 0o600,
    'aws.sqlite-wal': 0o600,
  });
});
