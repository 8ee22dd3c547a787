/**
 * DuckDB over the rows of a data folder, in memory: it reads those files and no others, loads nothing, asks no network, and a question
 * changes nothing.
 */
import { mkdirSync } from 'node:fs';
import type { DuckDBConnection, DuckDBPreparedStatement, JS } from '@duckdb/node-api';
import { Failure, misuse } from '../failure.ts';
import { recordFilesOf, recordsFolder } from './files.ts';
import type { Cell, Rows } from './rows.ts';
import { rowsOf, VIEWS } from './views.ts';

export type AnalyticsDatabase = {
  /** One question. Named parameters stand as `$name` in it. */
  ask(sql: string, parameters?: Readonly<Record<string, string>>): Promise<Rows>;
  close(): void;
};

/** What a question may take before it is ended. */
const MEMORY = '1GB';
const MOST_MS = 60_000;
const MOST_ROWS = 10_000;
/** Nothing is fetched and nothing loaded: JSON and Parquet are built in. */
const CLOSED = {
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
  memory_limit: MEMORY,
} as const;

/** Sees the rows that lie there now, and those added to its files later. */
export async function openAnalytics(dataDir: string): Promise<AnalyticsDatabase> {
  const connection = await connect(dataDir);
  await connection.run(`CREATE VIEW kept AS ${rowsOf(recordFilesOf(dataDir))}`);
  for (const { name, sql } of VIEWS) await connection.run(`CREATE VIEW ${name} AS ${sql}`);
  await connection.run('SET lock_configuration = true');
  return { ask: (sql, parameters = {}) => ask(connection, sql, parameters), close: () => connection.closeSync() };
}

/** Reads and writes below the folder of rows alone. */
export async function connect(dataDir: string): Promise<DuckDBConnection> {
  const { DuckDBInstance } = await load();
  const instance = await DuckDBInstance.create(':memory:', CLOSED);
  const connection = await instance.connect();
  const folder = recordsFolder(dataDir);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  await connection.run(`SET temp_directory = ''`);
  await connection.run(`SET allowed_directories = ['${folder.replaceAll("'", "''")}']`);
  await connection.run('SET enable_external_access = false');
  return connection;
}

/** The engine is native code, made for the usual systems. */
async function load(): Promise<typeof import('@duckdb/node-api')> {
  return import('@duckdb/node-api').catch(() => {
    throw new Failure(
      'no_engine',
      'DuckDB does not load on this machine',
      'run `npm ci` here; it has builds for Linux with glibc, macOS and Windows, on x64 and arm64',
    );
  });
}

async function ask(
  connection: DuckDBConnection,
  sql: string,
  parameters: Readonly<Record<string, string>>,
): Promise<Rows> {
  const prepared = await prepare(connection, sql);
  const timer = setTimeout(() => connection.interrupt(), MOST_MS);
  try {
    bind(prepared, parameters);
    const reader = await prepared.streamAndReadUntil(MOST_ROWS + 1);
    const rows = reader.getRowsJS().map((row) => row.map(plain));
    return {
      columns: reader.deduplicatedColumnNames(),
      rows: rows.slice(0, MOST_ROWS),
      isCut: rows.length > MOST_ROWS,
    };
  } catch (error) {
    throw refused(error);
  } finally {
    clearTimeout(timer);
    prepared.destroySync();
  }
}

/** An EXPLAIN ANALYZE would run what it explains, and a second statement anything: one SELECT it is. */
async function prepare(connection: DuckDBConnection, sql: string): Promise<DuckDBPreparedStatement> {
  const { StatementType } = await load();
  if (sql.trim() === '') throw misuse('one_question', 'there is no question', 'ask one SELECT');
  try {
    const statements = await connection.extractStatements(sql);
    if (statements.count !== 1) throw misuse('one_question', 'this is not one question', 'ask one SELECT at a time');
    const prepared = await statements.prepare(0);
    if (prepared.statementType === StatementType.SELECT) return prepared;
    prepared.destroySync();
  } catch (error) {
    throw refused(error);
  }
  throw misuse('read_only', 'a question changes nothing', 'begin with SELECT, WITH or FROM');
}

function bind(prepared: DuckDBPreparedStatement, parameters: Readonly<Record<string, string>>): void {
  for (let index = 1; index <= prepared.parameterCount; index += 1) {
    const value = parameters[prepared.parameterName(index)];
    if (value !== undefined) prepared.bindVarchar(index, value);
  }
}

/** DuckDB says in its first line what is wrong, in the asker's own words. */
function refused(error: unknown): Failure {
  if (error instanceof Failure) return error;
  const message = error instanceof Error ? error.message : '';
  const [first = 'it failed'] = message.replace(/^Failed to \w+ statements?: /, '').split('\n');
  const [, known = ''] = /Candidate bindings: (.+)/.exec(message) ?? [];
  return new Failure(
    'question_refused',
    first,
    known === '' ? '`npx frontdesk analytics` lists views and columns' : `did you mean one of ${known}?`,
  );
}

function plain(value: JS): Cell {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner)]));
  return value;
}
