/** One SQLite commit for all work that arrives within a turn of the event loop. */
import type { DatabaseSync } from 'node:sqlite';

export type GroupCommit = {
  /**
   * Answers what `work` returned, after the commit that made it durable. Work that throws is undone alone and rejects; what
   * came with it is kept. Work is synchronous and runs in the order of the calls.
   */
  run<T>(work: () => T): Promise<T>;
};

type Member = { readonly work: () => unknown; resolve(value: unknown): void; reject(error: unknown): void };

/**
 * Work waits for the end of the turn, and the transaction is opened, filled and committed in one go: none is ever open while
 * other code runs, so `transact` on the same connection stays what it is, before or after the group.
 */
export function createGroupCommit(database: DatabaseSync): GroupCommit {
  let waiting: Member[] = [];

  function commitAll(): void {
    const members = waiting;
    waiting = [];
    try {
      const answers = runAll(database, members);
      for (const answer of answers) answer();
    } catch (error) {
      // Nothing of the group is kept: not begun, not committed, or undone by SQLite itself.
      if (database.isOpen && database.isTransaction) database.exec('ROLLBACK');
      for (const member of members) member.reject(error);
    }
  }

  return {
    run: <T>(work: () => T) =>
      new Promise<T>((resolve, reject) => {
        waiting.push({ work, resolve: resolve as (value: unknown) => void, reject });
        if (waiting.length === 1) setImmediate(commitAll);
      }),
  };
}

/** The answers to give, once the commit is done. Throws when the whole transaction is lost. */
function runAll(database: DatabaseSync, members: readonly Member[]): (() => void)[] {
  database.exec('BEGIN IMMEDIATE');
  const answers = members.map((member) => runOne(database, member));
  database.exec('COMMIT');
  return answers;
}

function runOne(database: DatabaseSync, member: Member): () => void {
  database.exec('SAVEPOINT member');
  try {
    const value = member.work();
    database.exec('RELEASE member');
    return () => member.resolve(value);
  } catch (error) {
    // A full disk, for one, ends the transaction and not only the statement.
    if (!database.isTransaction) throw error;
    database.exec('ROLLBACK TO member');
    database.exec('RELEASE member');
    return () => member.reject(error);
  }
}
