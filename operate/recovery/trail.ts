/** The audit trail as the source of a recovery: conversation by conversation, since no fact alone tells what came of a reply. */
import { SYSTEM_PARTITION } from '../../functions/auditor/handler.ts';
import { consumerKey, expiresAt } from '../../functions/shared/ledger/keys.ts';
import type { Store } from '../../functions/shared/ports.ts';
import { absent } from '../../functions/shared/store/language.ts';
import { TIMES } from '../../functions/shared/times.ts';
import type { Tables } from '../instance/tables.ts';
import { type Fact, readTrail } from '../trail/trail.ts';

export type Trail = { readonly conversationId: string | null; readonly facts: readonly Fact[] };

const AT_ONCE = 8;
/** A fact whose record and claim are being written right now. */
const UNDER_WAY_MS = 60_000;

/** Reads every conversation of the trail, a few at once, and hands each over whole. */
export async function eachTrail(tables: Tables, take: (trail: Trail) => Promise<void>): Promise<void> {
  const ids = new Set<string>();
  for await (const { conversation_id } of tables.scan('audit_trail', { ProjectionExpression: 'conversation_id' }))
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

/** The auditor's claim on a fact that the trail holds: without it a rebuild would record the fact a second time. */
export async function claimRecorded(
  store: Store,
  { metadata, recordedAt }: Fact,
  { generation, now }: { readonly generation: number; readonly now: number },
): Promise<boolean> {
  if (now - Date.parse(recordedAt) > TIMES.refuseOlderThanMs) return false;
  const item = {
    key: auditorKey(metadata.eventId),
    status: 'DONE',
    owner: 'recovery',
    generation,
    created_at: recordedAt,
    expires_at: expiresAt(Date.parse(recordedAt), TIMES.ttl.csm),
  };
  return store.put('idempotency', item, absent('key'));
}

/** The claims on facts that the trail has lost: while they stand, a rebuild takes the facts for recorded (auditor). */
export async function forgetUnrecorded(
  tables: Tables,
  store: Store,
  recorded: ReadonlySet<string>,
  now: number,
): Promise<number> {
  const prefix = auditorKey('');
  let forgotten = 0;
  const question = {
    FilterExpression: 'begins_with(#k, :prefix) AND #c < :before',
    ProjectionExpression: '#k',
    ExpressionAttributeNames: { '#k': 'key', '#c': 'created_at' },
    ExpressionAttributeValues: {
      ':prefix': { S: prefix },
      ':before': { S: new Date(now - UNDER_WAY_MS).toISOString() },
    },
  };
  for await (const { key } of tables.scan('idempotency', question)) {
    if (recorded.has(String(key).slice(prefix.length))) continue;
    await store.remove('idempotency', { key: String(key) });
    forgotten += 1;
  }
  return forgotten;
}

const auditorKey = (eventId: string): string => consumerKey('auditor', 'auditor', eventId);
