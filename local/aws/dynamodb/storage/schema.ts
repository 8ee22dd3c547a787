/** The tables' own tables in the endpoint's SQLite file. */
import type { DatabaseSync } from 'node:sqlite';

/**
 * Keys are bytes that sort as DynamoDB sorts (storage/keys.ts); a table without sort key has an empty one. `item` is its
 * DynamoDB JSON, `expires_at` what its TTL attribute says (epoch seconds). An item stands in `dynamodb_index_entries` once for
 * every index whose key attributes it has.
 */
const TABLES = `
CREATE TABLE IF NOT EXISTS dynamodb_tables (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, definition TEXT NOT NULL, ttl_attribute TEXT
) STRICT;
CREATE TABLE IF NOT EXISTS dynamodb_items (
  id INTEGER PRIMARY KEY, table_id INTEGER NOT NULL, pk BLOB NOT NULL, sk BLOB NOT NULL,
  bytes INTEGER NOT NULL, expires_at REAL, item TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX IF NOT EXISTS dynamodb_items_key ON dynamodb_items (table_id, pk, sk);
CREATE INDEX IF NOT EXISTS dynamodb_items_expiry ON dynamodb_items (table_id, expires_at, bytes);
CREATE TABLE IF NOT EXISTS dynamodb_index_entries (
  table_id INTEGER NOT NULL, index_number INTEGER NOT NULL, pk BLOB NOT NULL, sk BLOB NOT NULL,
  item_pk BLOB NOT NULL, item_sk BLOB NOT NULL, item_id INTEGER NOT NULL,
  PRIMARY KEY (table_id, index_number, pk, sk, item_pk, item_sk)
) STRICT, WITHOUT ROWID;
`;

export function createSchema(database: DatabaseSync): void {
  database.exec(TABLES);
}
