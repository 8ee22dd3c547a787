import { expect, it } from 'vitest';
import { openDatabase } from '../database.ts';
import { createEventBridgeTables } from './schema.ts';

it('opens a file of 0.1.0: archives are counted, replays go on where they were', () => {
  const database = openDatabase(null);
  // As 0.1.0 made these tables.
  database.exec(`
    CREATE TABLE eb_bus (
      name TEXT PRIMARY KEY, description TEXT, created_at INTEGER NOT NULL, modified_at INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE eb_archive (
      name TEXT PRIMARY KEY, bus TEXT NOT NULL REFERENCES eb_bus(name), pattern TEXT, description TEXT,
      retention_days INTEGER NOT NULL, created_at INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE eb_event (seq INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT NOT NULL) STRICT;
    CREATE TABLE eb_archived (
      archive TEXT NOT NULL, event_time INTEGER NOT NULL, seq INTEGER NOT NULL, archived_at INTEGER NOT NULL,
      PRIMARY KEY (archive, event_time, seq)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE eb_replay (
      name TEXT PRIMARY KEY, archive TEXT NOT NULL, bus TEXT NOT NULL, description TEXT, filter_arns TEXT,
      state TEXT NOT NULL, state_reason TEXT, start_time INTEGER NOT NULL, end_time INTEGER NOT NULL,
      cursor_time INTEGER NOT NULL, last_event_time INTEGER, started_at INTEGER NOT NULL, ended_at INTEGER
    ) STRICT;
    INSERT INTO eb_bus VALUES ('default', NULL, 0, 0);
    INSERT INTO eb_archive VALUES ('full', 'default', NULL, NULL, 0, 0), ('empty', 'default', NULL, NULL, 0, 0);
    INSERT INTO eb_event (body) VALUES ('{"é":1}'), ('{}');
    INSERT INTO eb_archived VALUES ('full', 1, 1, 1), ('full', 2, 2, 2);
    INSERT INTO eb_replay VALUES ('r', 'full', 'default', NULL, NULL, 'RUNNING', NULL, 0, 9, 2, 1, 0, NULL);
  `);
  createEventBridgeTables(database, 5);
  createEventBridgeTables(database, 6);
  expect(database.prepare('SELECT * FROM eb_archive_total ORDER BY archive').all()).toEqual([
    { archive: 'empty', events: 0, bytes: 0 },
    { archive: 'full', events: 2, bytes: 10 },
  ]);
  // Every event of the cursor's own instant is still to come.
  expect(database.prepare('SELECT cursor_time, cursor_seq FROM eb_replay').get()).toEqual({
    cursor_time: 2,
    cursor_seq: -1,
  });
  database.close();
});
