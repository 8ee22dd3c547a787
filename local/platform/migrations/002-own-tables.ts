/** Schema 2: the tables move from dynalite's LevelDB folder into the one SQLite file, whose freed pages go back to the disk. */
import { closeSync, existsSync, openSync, readSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openDatabase } from '../../aws/database.ts';
import { openDynaliteEngine } from '../../aws/dynamodb/dynalite-engine.ts';
import { openOwnEngine } from '../../aws/dynamodb/own-engine.ts';
import type { Migration, MigrationWork } from '../migrate.ts';
import { STAGE } from '../stage.ts';
import { copyTables } from './copy-tables.ts';

const DATABASES = ['aws.sqlite', 'richpanel.sqlite'];
const LEVEL_FOLDER = 'dynamodb';
const SQLITE_MAGIC = 'SQLite format 3\0';
const TELL_EVERY_MS = 2_000;

export const ownTables: Migration = {
  to: 2,
  about: 'the tables move into aws.sqlite',
  obsolete: [LEVEL_FOLDER],

  objection(folder) {
    const broken = [
      ...DATABASES.filter((name) => existsSync(join(folder, name)) && !isDatabase(join(folder, name))),
      ...[LEVEL_FOLDER].filter((name) => existsSync(join(folder, name)) && !isLevelFolder(join(folder, name))),
    ];
    return broken.length === 0
      ? null
      : `--data ${folder} holds state that cannot be opened (${broken.join(', ')}): restore a copy, or name another folder.`;
  },

  async build(work) {
    for (const name of DATABASES) {
      if (existsSync(join(work.folder, name))) copyDatabase(work, name);
    }
    if (existsSync(join(work.folder, LEVEL_FOLDER))) await moveTables(work);
  },
};

/** Through SQLite, so that what its log holds comes along. Not done again once it is there: the tables go into the copy. */
function copyDatabase({ folder, next, onStep }: MigrationWork, name: string): void {
  const target = join(next, name);
  if (existsSync(target)) return;
  const partial = `${target}.partial`;
  for (const file of [partial, `${partial}-journal`]) rmSync(file, { force: true });
  const database = new DatabaseSync(join(folder, name));
  database.exec('PRAGMA auto_vacuum = INCREMENTAL');
  database.prepare('VACUUM INTO ?').run(partial);
  database.close();
  renameSync(partial, target);
  onStep(`${name} copied`);
}

async function moveTables({ folder, next, tell, onStep }: MigrationWork): Promise<void> {
  const database = openDatabase(join(next, 'aws.sqlite'));
  const { accountId, region } = STAGE;
  const target = openOwnEngine({ database, accountId, region, now: Date.now });
  const source = await openDynaliteEngine(join(folder, LEVEL_FOLDER), accountId, region);
  let toldAt = performance.now();
  try {
    await copyTables(source, target, database, (table, items) => {
      onStep(`${table}: ${items} items copied`);
      if (performance.now() - toldAt < TELL_EVERY_MS) return;
      toldAt = performance.now();
      tell(`${table}: ${items} items`);
    });
  } finally {
    await source.close();
    await target.close();
  }
  onStep('tables copied');
  // Everything in the one file, and on the disk, before it is renamed.
  database.exec('PRAGMA synchronous = FULL; PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
  onStep('tables closed');
}

function isDatabase(file: string): boolean {
  if (!statSync(file).isFile()) return false;
  const head = Buffer.alloc(SQLITE_MAGIC.length);
  const handle = openSync(file, 'r');
  const bytes = readSync(handle, head, 0, head.length, 0);
  closeSync(handle);
  // Empty is a database too: its process died before the first write.
  return bytes === 0 || head.toString('latin1') === SQLITE_MAGIC;
}

const isLevelFolder = (path: string): boolean => statSync(path).isDirectory();
