/** EventBridge's tables in the endpoint's SQLite file. */
import type { DatabaseSync } from 'node:sqlite';

/**
 * A body is kept once, as long as an archive or a delivery refers to it. `event_time` is what a replay selects by (ms);
 * `managed` marks what the topology made, so that only that is removed with the topology.
 */
const TABLES = `
CREATE TABLE IF NOT EXISTS eb_bus (
  name TEXT PRIMARY KEY, description TEXT, created_at INTEGER NOT NULL, modified_at INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS eb_rule (
  bus TEXT NOT NULL REFERENCES eb_bus(name), name TEXT NOT NULL, pattern TEXT NOT NULL, state TEXT NOT NULL,
  description TEXT, managed INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (bus, name)
) STRICT;
CREATE TABLE IF NOT EXISTS eb_target (
  bus TEXT NOT NULL, rule TEXT NOT NULL, id TEXT NOT NULL, arn TEXT NOT NULL,
  max_age_seconds INTEGER, max_attempts INTEGER, dead_letter_arn TEXT,
  PRIMARY KEY (bus, rule, id), FOREIGN KEY (bus, rule) REFERENCES eb_rule(bus, name)
) STRICT;
CREATE TABLE IF NOT EXISTS eb_archive (
  name TEXT PRIMARY KEY, bus TEXT NOT NULL REFERENCES eb_bus(name), pattern TEXT, description TEXT,
  retention_days INTEGER NOT NULL, created_at INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS eb_event (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS eb_archived (
  archive TEXT NOT NULL, event_time INTEGER NOT NULL, seq INTEGER NOT NULL, archived_at INTEGER NOT NULL,
  PRIMARY KEY (archive, event_time, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS eb_archived_by_event ON eb_archived (seq);
CREATE INDEX IF NOT EXISTS eb_archived_by_age ON eb_archived (archive, archived_at);
CREATE TABLE IF NOT EXISTS eb_pack (
  id INTEGER PRIMARY KEY, archive TEXT NOT NULL, first_time INTEGER NOT NULL, first_seq INTEGER NOT NULL,
  last_time INTEGER NOT NULL, last_seq INTEGER NOT NULL,
  archived_at INTEGER NOT NULL, events INTEGER NOT NULL, bytes INTEGER NOT NULL, body BLOB NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS eb_pack_by_time ON eb_pack (archive, first_time, first_seq, last_time, last_seq);
CREATE INDEX IF NOT EXISTS eb_pack_by_age ON eb_pack (archive, archived_at);
CREATE TABLE IF NOT EXISTS eb_archive_total (
  archive TEXT PRIMARY KEY, events INTEGER NOT NULL, bytes INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS eb_archive_over_time (
  archive TEXT NOT NULL, quarter INTEGER NOT NULL, events INTEGER NOT NULL,
  PRIMARY KEY (archive, quarter)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS eb_delivery (
  id INTEGER PRIMARY KEY AUTOINCREMENT, event_seq INTEGER NOT NULL, replay_name TEXT,
  rule_arn TEXT NOT NULL, target_arn TEXT NOT NULL, dead_letter_arn TEXT,
  max_age_seconds INTEGER NOT NULL, max_attempts INTEGER NOT NULL,
  created_at INTEGER NOT NULL, due_at INTEGER NOT NULL, attempts INTEGER NOT NULL DEFAULT 0,
  error_code TEXT, error_message TEXT, exhausted TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS eb_delivery_due ON eb_delivery (due_at, id);
CREATE INDEX IF NOT EXISTS eb_delivery_by_event ON eb_delivery (event_seq);
CREATE TABLE IF NOT EXISTS eb_replay (
  name TEXT PRIMARY KEY, archive TEXT NOT NULL, bus TEXT NOT NULL, description TEXT, filter_arns TEXT,
  state TEXT NOT NULL, state_reason TEXT, start_time INTEGER NOT NULL, end_time INTEGER NOT NULL,
  cursor_time INTEGER NOT NULL, cursor_seq INTEGER NOT NULL DEFAULT -1, last_event_time INTEGER, started_at INTEGER NOT NULL, ended_at INTEGER
) STRICT;
`;

export const DEFAULT_BUS = 'default';

/** Creates what is missing, the account's default bus included. */
export function createEventBridgeTables(database: DatabaseSync, now: number): void {
  database.exec(TABLES);
  upgrade(database);
  database
    .prepare('INSERT OR IGNORE INTO eb_bus (name, created_at, modified_at) VALUES (?, ?, ?)')
    .run(DEFAULT_BUS, now, now);
}

/** What an archive took in is counted by quarters of an hour, so that a time line is drawn without reading it. */
export const QUARTER_MS = 900_000;

/** What a file of 0.1.0 lacks. */
function upgrade(database: DatabaseSync): void {
  const columns = database.prepare("SELECT name FROM pragma_table_info('eb_replay')").all();
  if (!columns.some(({ name }) => name === 'cursor_seq')) {
    database.exec('ALTER TABLE eb_replay ADD COLUMN cursor_seq INTEGER NOT NULL DEFAULT -1');
  }
  database.exec(
    `INSERT INTO eb_archive_total (archive, events, bytes)
     SELECT name, count(e.seq), coalesce(sum(octet_length(e.body)), 0)
     FROM eb_archive LEFT JOIN eb_archived a ON a.archive = name LEFT JOIN eb_event e ON e.seq = a.seq
     WHERE name NOT IN (SELECT archive FROM eb_archive_total) GROUP BY name`,
  );
  countOverTime(database);
}

/** Of events that came before they were counted. A pack's lie evenly between its first and its last. */
function countOverTime(database: DatabaseSync): void {
  const isCounted = database.prepare('SELECT 1 FROM eb_archive_over_time LIMIT 1').get() !== undefined;
  if (isCounted) return;
  database.exec(
    `INSERT INTO eb_archive_over_time (archive, quarter, events)
     SELECT archive, event_time / ${QUARTER_MS}, count(*) FROM eb_archived GROUP BY 1, 2`,
  );
  const add = database.prepare(ADD_OVER_TIME);
  for (const pack of database.prepare('SELECT archive, first_time, last_time, events FROM eb_pack').iterate()) {
    const first = Math.floor(Number(pack.first_time) / QUARTER_MS);
    const quarters = Math.floor(Number(pack.last_time) / QUARTER_MS) - first + 1;
    const events = Number(pack.events);
    for (let index = 0; index < quarters; index += 1) {
      const share = Math.floor(((index + 1) * events) / quarters) - Math.floor((index * events) / quarters);
      if (share > 0) add.run(String(pack.archive), first + index, share);
    }
  }
}

export const ADD_OVER_TIME = `INSERT INTO eb_archive_over_time (archive, quarter, events) VALUES (?1, ?2, ?3)
  ON CONFLICT (archive, quarter) DO UPDATE SET events = events + ?3`;
