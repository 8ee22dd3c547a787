/** The table of Lambda's asynchronous queue in the endpoint's SQLite file. */
import type { DatabaseSync } from 'node:sqlite';

/** Rows live from acceptance until success or until the failure queue has them. `failed` waits for that queue. */
const TABLES = `
CREATE TABLE IF NOT EXISTS lambda_invocation (
  id INTEGER PRIMARY KEY AUTOINCREMENT, request_id TEXT NOT NULL, function_name TEXT NOT NULL, payload TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'failed')),
  attempts INTEGER NOT NULL DEFAULT 0, throttles INTEGER NOT NULL DEFAULT 0,
  accepted_at INTEGER NOT NULL, due_at INTEGER NOT NULL,
  condition TEXT, failure_code TEXT, error_type TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS lambda_invocation_due ON lambda_invocation (function_name, state, due_at, id);
`;

export type InvocationRow = {
  id: number;
  request_id: string;
  function_name: string;
  payload: string;
  state: 'queued' | 'running' | 'failed';
  /** Runs begun, the present one included; counted before the run. */
  attempts: number;
  /** Throttles in a row, for the back-off. */
  throttles: number;
  accepted_at: number;
  due_at: number;
  condition: FailureCondition | null;
  failure_code: string | null;
  error_type: string | null;
};

/** Lambda's words for why an asynchronous invocation was given up. */
export type FailureCondition = 'RetriesExhausted' | 'EventAgeExceeded';

export function createInvocationTable(database: DatabaseSync): void {
  database.exec(TABLES);
}
