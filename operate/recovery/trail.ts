/** The audit trail as the source of a recovery: conversation by conversation, since no fact alone tells what came of a reply. */
import { SYSTEM_PARTITION } from '../../functions/auditor/handler.ts';
import type { Tables } from '../instance/tables.ts';
import { type Fact, RECORDS_ONLY, readTrail } from '../trail/trail.ts';

export type Trail = { readonly conversationId: string | null; readonly facts: readonly Fact[] };

const AT_ONCE = 8;

/** Reads every conversation of the trail, a few at once, and hands each over whole. */
export async function eachTrail(tables: Tables, take: (trail: Trail) => Promise<void>): Promise<void> {
  const ids = new Set<string>();
  for await (const { conversation_id } of tables.scan('audit_trail', {
    ...RECORDS_ONLY,
    ProjectionExpression: 'conversation_id',
  }))
    ids.add(String(conversation_id));
  const waiting = [...ids].values();
  const one = async (): Promise<void> => {
    for (const id of waiting) {
      const facts = await readTrail(tables, id);
      await take({ conversationId: id === SYSTEM_PARTITION ? null : id, facts });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
}
