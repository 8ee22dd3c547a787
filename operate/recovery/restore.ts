/**
 * The ledger and the conversation records, rebuilt from facts (protocols §9, platform §5.10). Puts what is missing and writes over
 * nothing but what it has taken up itself, so it may run on tables that are half there, and again after it was interrupted.
 */
import type { AnyEvent } from '../../events/define-event.ts';
import type { Base } from '../../functions/shared/container.ts';
import { putMessage } from '../../functions/shared/ledger/messages.ts';
import { absent, all, any, eq, type Item } from '../../functions/shared/store/language.ts';
import { restoreCaps } from './caps.ts';
import { restoreConversationRecord } from './conversation-record.ts';
import { type History, historyOf } from './history.ts';
import { finishedRecords, isFinished, type Rebuilding, unclearRecords, unfinishedOf } from './ledger-records.ts';

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
    if ((await put(item)) || (await endLate(store, history, item))) records += 1;
  const caps = await restoreCaps(restoring, history);
  const conversations = (await restoreConversationRecord(restoring, history)) ? 1 : 0;
  // By then every function reads the raised generation, so nothing is stated again under an id of the former one.
  const firstSweep = clock.now() + 2 * waits.flagCacheMs;
  let unfinished = 0;
  for (const { key, root } of unfinishedOf(history))
    if (await putMessage(restoring, key, root, { generation, key_kind: keyKindOf(root), next_sweep_at: firstSweep }))
      unfinished += 1;
  return { records, unfinished, unclear, conversations, caps };
}

const UNTIL_OVER = ['open', 'next_sweep_at', 'root_event_id', 'root_key'];

/**
 * An earlier run did not know yet that the message is over: it took it up again, and nobody has begun with it; or it put there what
 * the turn claims that has its comment, which is over as well. What is classified already ends by itself.
 */
async function endLate(store: Restoring['store'], history: History, { key, ...over }: Item): Promise<boolean> {
  if (over.status !== 'SETTLED' && over.status !== 'DEAD') return false;
  const claimants = history.decisions
    .filter(({ data }) => data.turnCommentIds?.includes(String(over.intake_key)))
    .flatMap(({ metadata }) => history.messages.filter(({ rootEventId }) => rootEventId === metadata.rootEventId))
    .filter(isFinished);
  const mayEnd = any(
    all(eq('event_id', String(over.event_id)), eq('status', 'RECEIVED')),
    ...claimants.map(({ rootEventId }) => all(absent('status'), eq('root_event_id', rootEventId))),
  );
  return store.change('idempotency', { key: String(key) }, { set: over, remove: UNTIL_OVER }, mayEnd);
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
