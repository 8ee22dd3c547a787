/** Secrets and their versions in SQLite. A version that no stage names is deleted, so that old secrets do not stay. */
import type { DatabaseSync } from 'node:sqlite';

export type SecretStage = string;

export type Secret = {
  readonly name: string;
  readonly arn: string;
  readonly description: string | null;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly changedAt: number;
};

export type SecretVersion = {
  readonly versionId: string;
  readonly stages: readonly SecretStage[];
  readonly text: string | null;
  /** Base64, as on the wire. */
  readonly binary: string | null;
  readonly createdAt: number;
};

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS secrets (
    name TEXT PRIMARY KEY, arn TEXT NOT NULL UNIQUE, description TEXT, created_at INTEGER NOT NULL, changed_at INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS secret_versions (
    name TEXT NOT NULL REFERENCES secrets (name), version_id TEXT NOT NULL, stages TEXT NOT NULL, text TEXT, binary TEXT,
    created_at INTEGER NOT NULL, PRIMARY KEY (name, version_id)
  ) WITHOUT ROWID;
`;

export function createSecretStore(database: DatabaseSync) {
  database.exec(SCHEMA);
  const statements = {
    byName: database.prepare('SELECT * FROM secrets WHERE name = ?'),
    byArn: database.prepare('SELECT * FROM secrets WHERE arn = ?1 OR substr(arn, 1, length(arn) - 7) = ?1'),
    insert: database.prepare('INSERT INTO secrets VALUES (?, ?, ?, ?, ?)'),
    changed: database.prepare('UPDATE secrets SET changed_at = ? WHERE name = ?'),
    versions: database.prepare('SELECT * FROM secret_versions WHERE name = ? ORDER BY created_at, version_id'),
    addVersion: database.prepare('INSERT INTO secret_versions VALUES (?, ?, ?, ?, ?, ?)'),
    setStages: database.prepare('UPDATE secret_versions SET stages = ? WHERE name = ? AND version_id = ?'),
    removeVersion: database.prepare('DELETE FROM secret_versions WHERE name = ? AND version_id = ?'),
  };

  return {
    /** By name, ARN, or ARN without its random end. */
    find(secretId: string): Secret | null {
      const row = secretId.startsWith('arn:') ? statements.byArn.get(secretId) : statements.byName.get(secretId);
      return row === undefined ? null : secretOf(row);
    },
    versions(name: string): SecretVersion[] {
      return statements.versions.all(name).map(versionOf);
    },
    create({ name, arn, description, createdAt, changedAt }: Secret): void {
      statements.insert.run(name, arn, description, createdAt, changedAt);
    },
    addVersion(name: string, version: SecretVersion): void {
      statements.addVersion.run(
        name,
        version.versionId,
        JSON.stringify(version.stages),
        version.text,
        version.binary,
        version.createdAt,
      );
      statements.changed.run(version.createdAt, name);
    },
    /** @param at  epoch milliseconds */
    touch(name: string, at: number): void {
      statements.changed.run(at, name);
    },
    /** An empty list deletes the version. */
    setStages(name: string, versionId: string, stages: readonly SecretStage[]): void {
      if (stages.length === 0) statements.removeVersion.run(name, versionId);
      else statements.setStages.run(JSON.stringify(stages), name, versionId);
    },
    /** All changes of `work` or none; may stand inside a caller's transaction. */
    atomically<Result>(work: () => Result): Result {
      database.exec('SAVEPOINT secrets');
      try {
        const result = work();
        database.exec('RELEASE secrets');
        return result;
      } catch (error) {
        database.exec('ROLLBACK TO secrets; RELEASE secrets');
        throw error;
      }
    },
  };
}

function secretOf(row: Record<string, unknown>): Secret {
  return {
    name: String(row.name),
    arn: String(row.arn),
    description: textOrNull(row.description),
    createdAt: Number(row.created_at),
    changedAt: Number(row.changed_at),
  };
}

function versionOf(row: Record<string, unknown>): SecretVersion {
  return {
    versionId: String(row.version_id),
    stages: JSON.parse(String(row.stages)),
    text: textOrNull(row.text),
    binary: textOrNull(row.binary),
    createdAt: Number(row.created_at),
  };
}

function textOrNull(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value);
}
