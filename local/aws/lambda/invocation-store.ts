/** The durable side of asynchronous invocations: every change of a row is one statement here. */
import type { DatabaseSync } from 'node:sqlite';
import { createInvocationTable, type FailureCondition, type InvocationRow } from './schema.ts';

export type Depth = { readonly queued: number; readonly running: number; readonly failed: number };

export function createInvocationStore(database: DatabaseSync) {
  createInvocationTable(database);
  const insert = database.prepare(
    `INSERT INTO lambda_invocation (request_id, function_name, payload, state, accepted_at, due_at)
     VALUES (?, ?, ?, 'queued', ?, ?)`,
  );
  const selectDue = database.prepare(
    `SELECT * FROM lambda_invocation WHERE function_name = ? AND state = ? AND due_at <= ?
     ORDER BY due_at, id LIMIT ?`,
  );
  const selectNext = database.prepare(
    'SELECT min(due_at) AS due FROM lambda_invocation WHERE function_name = ? AND state = ?',
  );
  const begin = database.prepare(
    "UPDATE lambda_invocation SET state = 'running', attempts = attempts + 1 WHERE id = ?",
  );
  const requeue = database.prepare(
    "UPDATE lambda_invocation SET state = 'queued', attempts = ?, throttles = ?, due_at = ? WHERE id = ?",
  );
  const note = database.prepare('UPDATE lambda_invocation SET failure_code = ?, error_type = ? WHERE id = ?');
  const giveUp = database.prepare(
    "UPDATE lambda_invocation SET state = 'failed', condition = ?, due_at = ? WHERE id = ?",
  );
  const postpone = database.prepare('UPDATE lambda_invocation SET due_at = ? WHERE id = ?');
  const remove = database.prepare('DELETE FROM lambda_invocation WHERE id = ?');
  const recover = database.prepare(
    "UPDATE lambda_invocation SET state = 'queued', due_at = ?, failure_code = 'exit' WHERE state = 'running'",
  );
  const countByState = database.prepare(
    'SELECT function_name, state, count(*) AS rows FROM lambda_invocation GROUP BY function_name, state',
  );

  return {
    add(requestId: string, functionName: string, payload: string, acceptedAt: number, dueAt: number) {
      insert.run(requestId, functionName, payload, acceptedAt, Math.ceil(dueAt));
    },
    due: (functionName: string, state: 'queued' | 'failed', now: number, limit: number) =>
      selectDue.all(functionName, state, now, limit) as InvocationRow[],
    /** When the next row of that state is due; `null` when there is none. */
    nextDue: (functionName: string, state: 'queued' | 'failed') =>
      (selectNext.get(functionName, state) as { due: number | null }).due,
    begin: (id: number) => void begin.run(id),
    requeue: (id: number, attempts: number, throttles: number, dueAt: number) =>
      void requeue.run(attempts, throttles, Math.ceil(dueAt), id),
    noteFailure: (id: number, code: string, errorType: string | null) => void note.run(code, errorType, id),
    giveUp: (id: number, condition: FailureCondition, now: number) => void giveUp.run(condition, now, id),
    postpone: (id: number, dueAt: number) => void postpone.run(Math.ceil(dueAt), id),
    remove: (id: number) => void remove.run(id),
    /** Rows that a dead process left running go back to the queue; their attempt stays counted. */
    recover: (now: number) => void recover.run(now),
    depths(): Map<string, Depth> {
      const depths = new Map<string, Depth>();
      const counted = countByState.all() as { function_name: string; state: keyof Depth; rows: number }[];
      for (const { function_name, state, rows } of counted) {
        const depth = depths.get(function_name) ?? { queued: 0, running: 0, failed: 0 };
        depths.set(function_name, { ...depth, [state]: rows });
      }
      return depths;
    },
  };
}
