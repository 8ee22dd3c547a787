/** Parameters and their versions in SQLite; the newest version is the parameter. */
import type { DatabaseSync } from 'node:sqlite';

export type ParameterType = 'String' | 'StringList' | 'SecureString';

export type Parameter = {
  readonly name: string;
  readonly version: number;
  readonly type: ParameterType;
  readonly value: string;
  readonly description: string | null;
  /** Epoch milliseconds. */
  readonly modifiedAt: number;
};

/** Parameter Store keeps the 100 newest versions. */
const MAX_VERSIONS = 100;

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS ssm_versions (
    name TEXT NOT NULL, version INTEGER NOT NULL, type TEXT NOT NULL, value TEXT NOT NULL, description TEXT,
    modified_at INTEGER NOT NULL, PRIMARY KEY (name, version)
  ) WITHOUT ROWID;
`;

export function createParameterStore(database: DatabaseSync) {
  database.exec(SCHEMA);
  const statements = {
    newest: database.prepare('SELECT * FROM ssm_versions WHERE name = ? ORDER BY version DESC LIMIT 1'),
    version: database.prepare('SELECT * FROM ssm_versions WHERE name = ? AND version = ?'),
    versions: database.prepare('SELECT * FROM ssm_versions WHERE name = ? ORDER BY version'),
    below: database.prepare(
      `SELECT *, max(version) FROM ssm_versions
       WHERE substr(name, 1, length(:path)) = :path AND name > :after AND (:deep OR instr(substr(name, length(:path) + 1), '/') = 0)
       GROUP BY name ORDER BY name LIMIT :max`,
    ),
    insert: database.prepare('INSERT INTO ssm_versions VALUES (?, ?, ?, ?, ?, ?)'),
    prune: database.prepare('DELETE FROM ssm_versions WHERE name = ? AND version <= ?'),
    remove: database.prepare('DELETE FROM ssm_versions WHERE name = ?'),
  };

  return {
    newest(name: string): Parameter | null {
      return parameterOrNull(statements.newest.get(name));
    },
    version(name: string, version: number): Parameter | null {
      return parameterOrNull(statements.version.get(name, version));
    },
    /** All kept versions, oldest first. */
    versions(name: string): Parameter[] {
      return statements.versions.all(name).map(parameterOf);
    },
    /** Newest versions below `path` (which ends in a slash) with a name after `after`, in name order. */
    below(path: string, isRecursive: boolean, after: string, max: number): Parameter[] {
      return statements.below.all({ path, deep: isRecursive ? 1 : 0, after, max }).map(parameterOf);
    },
    add({ name, version, type, value, description, modifiedAt }: Parameter): void {
      statements.insert.run(name, version, type, value, description, modifiedAt);
      statements.prune.run(name, version - MAX_VERSIONS);
    },
    /** False when there was none. */
    remove(name: string): boolean {
      return statements.remove.run(name).changes > 0;
    },
  };
}

function parameterOrNull(row: Record<string, unknown> | undefined): Parameter | null {
  return row === undefined ? null : parameterOf(row);
}

function parameterOf(row: Record<string, unknown>): Parameter {
  return {
    name: String(row.name),
    version: Number(row.version),
    type: row.type === 'StringList' || row.type === 'SecureString' ? row.type : 'String',
    value: String(row.value),
    description: row.description === null ? null : String(row.description),
    modifiedAt: Number(row.modified_at),
  };
}
