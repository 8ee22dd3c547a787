/**
 * The ledger and the conversation records, rebuilt from facts (protocols §9, platform §5.10). Puts what is missing and ends what nobody
 * has begun with and the trail knows as over; it writes over nothing else, so it may run on tables that are half there, and again.
 */
import type { AnyEvent } from '../../events/define-event.ts';
import type { Base } from '../../functions/shared/container.ts';
import { consumerKey, expiresAt } from '../../functions/shared/ledger/keys.ts';
import { isTakenOver, putMessage, readMessage } from '../../functions/shared/ledger/messages.ts';
import { absent, all, type Condition, eq, type Item } from '../../functions/shared/store/language.ts';
import { TIMES } from '../../functions/shared/times.ts';
import { restoreCaps } from './caps.ts';
import { restoreConversationRecord } from './conversation-record.ts';
import { type History, historyOf } from './history.ts';
import { finishedRecords, isFinished, OWNER, type Rebuilding, unclearRecords, unfinishedOf } from './ledger-records.ts';

export type Restored = {
  /** Records of the ledger that are over: messages, claims, outcomes. */
  readonly records: number;
  /** Messages that had not ended: they are taken up again, and nothing of them is answered. */
  readonly unfinished: number;
  /** Approvals without an outcome: UNKNOWN, a person is told. */
  readonly unclear: number;
  readonly conversations: number;
  /** Entries of the rings that protect customers. */
  readonly caps: number;
};
export const NOTHING_RESTORED: Restored = { records: 0, unfinished: 0, unclear: 0, conversations: 0, caps: 0 };
export const isNothing = ({ records, unfinished, unclear, conversations, caps }: Restored): boolean =>
  records + unfinished + unclear + conversations + caps === 0;

export type Restoring = Pick<Base, 'store' | 'clock' | 'waits'> & Omit<Rebuilding, 'now'>;

/**
 * Restores one conversation.
 *
 * @param facts  all that is known of it, in any order: roots, decisions, outcomes
 */
export async function restoreConversation(
  restoring: Restoring,
  conversationId: string,
  facts: readonly AnyEvent[],
): Promise<Restored> {
  const { store, clock, waits, generation, origin } = restoring;
  const rebuilding: Rebuilding = { generation, origin, now: clock.now() };
  const history = historyOf(conversationId, facts);
  const put = (item: Parameters<typeof store.put>[1]) => store.put('idempotency', item, absent('key'));
  // The outcomes first: the door is shut before anything is taken up again.
  let unclear = 0;
  for (const item of unclearRecords(history, rebuilding)) if (await put(item)) unclear += 1;
  let records = 0;
  for (const item of finishedRecords(history, rebuilding))
    if ((await put(item)) || (await endLate(restoring, history, item))) records += 1;
  const caps = await restoreCaps(restoring, history);
  const conversations = (await restoreConversationRecord(restoring, history)) ? 1 : 0;
  // By then every function reads the raised generation, so nothing is stated again under an id of the former one.
  const firstSweep = clock.now() + 2 * waits.flagCacheMs;
  let unfinished = 0;
  for (const { key, root, claimant } of unfinishedOf(history)) {
    const claim = claimant === null ? {} : { root_event_id: claimant };
    const extra = { generation, key_kind: keyKindOf(root), next_sweep_at: firstSweep, ...claim };
    if (await putMessage(restoring, key, root, extra)) unfinished += 1;
  }
  return { records, unfinished, unclear, conversations, caps };
}

/**
 * An earlier run did not know yet that the message is over. It put there what the turn claims that has its comment, which is over as
 * well; or the message was taken up again, by that run or by a copy of it, and `classify` has not begun with it. What it has begun
 * with ends by itself, and so does whatever must find a turn for its comment again.
 */
async function endLate(restoring: Restoring, history: History, { key, ...over }: Item): Promise<boolean> {
  if ((over.status !== 'SETTLED' && over.status !== 'DEAD') || over.turn_lost === true) return false;
  const standing = await readMessage(restoring, String(key));
  const end = (remove: readonly string[], condition: Condition): Promise<boolean> =>
    restoring.store.change('idempotency', { key: String(key) }, { set: over, remove: [...remove] }, condition);
  if (isTakenOver(standing)) {
    const claimant = String(standing?.root_event_id);
    const isOverToo = history.messages.some((one) => one.rootEventId === claimant && isFinished(one));
    // A claim that a function has made names the record of its root.
    const isOurs = all(absent('status'), absent('root_key'), eq('root_event_id', claimant));
    return isOverToo && end(['root_event_id'], isOurs);
  }
  const eventId = String(over.event_id);
  const isTakenUp = standing?.status === 'RECEIVED' && standing.event_id === eventId;
  if (!isTakenUp || !(await isKeptFromClassify(restoring, eventId))) return false;
  return end(['open', 'next_sweep_at'], all(eq('event_id', eventId), eq('status', 'RECEIVED')));
}

/** Whoever claims first has the message: a run that ends it, or `classify`, which may hold other comments by then. */
async function isKeptFromClassify({ store, clock, generation }: Restoring, rootEventId: string): Promise<boolean> {
  const key = consumerKey('classify', 'classify', rootEventId);
  const now = clock.now();
  const claim = {
    key,
    status: 'DONE',
    owner: OWNER,
    generation,
    created_at: new Date(now).toISOString(),
    expires_at: expiresAt(now, TIMES.ttl.csm),
  };
  if (await store.put('idempotency', claim, absent('key'))) return true;
  return (await store.get('idempotency', { key }))?.owner === OWNER;
}

/** As ingest and the reconciler had written it. */
function keyKindOf({ metadata, data }: AnyEvent): string {
  return metadata.eventName === 'MissedMessageDetected' ? 'message' : String(data.keyKind ?? 'bucket');
}

export function sumOf(one: Restored, other: Restored): Restored {
  return {
    records: one.records + other.records,
    unfinished: one.unfinished + other.unfinished,
    unclear: one.unclear + other.unclear,
    conversations: one.conversations + other.conversations,
    caps: one.caps + other.caps,
  };
}
