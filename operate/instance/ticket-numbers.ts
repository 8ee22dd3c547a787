/** Numbers of tickets, as people know them: those of the sandbox stand in its own file. A real workspace's are not known here. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Context } from '../context.ts';

/** @param ids  as the helpdesk writes them. Reads the file itself, so that no instance is held up. */
export function ticketNumbers({ dataDir, target }: Context, ids: readonly string[]): ReadonlyMap<string, number> {
  const file = join(dataDir, 'richpanel.sqlite');
  if (target === 'aws' || !existsSync(file)) return new Map();
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const one = database.prepare(
      "SELECT json_extract(value, '$.number') AS number FROM sandbox_rows WHERE collection = 'tickets' AND id = ?",
    );
    return new Map(
      ids.flatMap((id) => {
        const number = one.get(id)?.number;
        return typeof number === 'number' ? [[id, number] as const] : [];
      }),
    );
  } finally {
    database.close();
  }
}
