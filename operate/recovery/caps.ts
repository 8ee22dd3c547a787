/** Rings that protect customers, made from facts again: replies a customer had, and attempts to prove an order. */

import type { AnyEvent } from '../../events/define-event.ts';
import type { Storing } from '../../functions/shared/conversation/conversation.ts';
import { customerKey, expiresAt, matchKey } from '../../functions/shared/ledger/keys.ts';
import { absent, eq, type Item } from '../../functions/shared/store/language.ts';
import { CAPS, TIMES } from '../../functions/shared/times.ts';
import { type Fact, type History, mayHaveBeenSent, nameOf } from './history.ts';

type Ring = 'slots' | 'attempts';

/** Only the last 24 h count (decisions §4). Answers how many entries were added. */
export async function restoreCaps(storing: Storing, history: History): Promise<number> {
  let added = 0;
  for (const fact of history.facts) {
    const at = Date.parse(fact.metadata.occurredAt);
    if (at <= storing.clock.now() - TIMES.capWindowMs) continue;
    added += await restoreOne(storing, history, fact, at);
  }
  return added;
}

async function restoreOne(storing: Storing, history: History, fact: AnyEvent, at: number): Promise<number> {
  const name = nameOf(fact);
  if (name === 'ReplySent') {
    const { approvalId, answersCommentId } = (fact as unknown as Fact<'ReplySent'>).data;
    const customer = history.approvals.get(answersCommentId)?.data.candidate.customerHash ?? null;
    return customer === null ? 0 : add(storing, customerKey(customer), 'slots', { at, approvalId });
  }
  if (name === 'ReplyApproved') {
    const approval = fact as unknown as Fact<'ReplyApproved'>;
    const { approvalId, candidate } = approval.data;
    if (candidate.customerHash === null || !mayHaveBeenSent(history, approval)) return 0;
    return add(storing, customerKey(candidate.customerHash), 'slots', { at, approvalId });
  }
  if (name !== 'OrderMatched' && name !== 'OrderNotMatched') return 0;
  // Who only had an order linked proved nothing; where that is not told, it counts: the cap then ends sooner, never later.
  const { candidate, ...rest } = (fact as unknown as Fact<'OrderMatched' | 'OrderNotMatched'>).data;
  const isLinked = 'matchMethod' in rest && rest.matchMethod === 'linked';
  if (isLinked || candidate.namedOrderHashes.length === 0 || candidate.customerHash === null) return 0;
  const entry = { at, id: candidate.decisionId };
  return (
    (await add(storing, matchKey('conv', history.conversationId), 'attempts', entry)) +
    (await add(storing, matchKey('cust', candidate.customerHash), 'attempts', entry))
  );
}

async function add({ store }: Storing, key: string, ring: Ring, entry: Item): Promise<number> {
  const identity = ring === 'slots' ? 'approvalId' : 'id';
  for (let round = 0; round < CAPS.slotRounds; round += 1) {
    const item = await store.get('idempotency', { key });
    const kept = (Array.isArray(item?.[ring]) ? item[ring] : []) as unknown as Item[];
    if (kept.some((one) => one[identity] === entry[identity])) return 0;
    const version = Number(item?.version ?? 0);
    const set = {
      [ring]: [...kept, entry],
      version: version + 1,
      expires_at: Math.max(Number(item?.expires_at ?? 0), expiresAt(Number(entry.at), TIMES.ttl.customer)),
    };
    if (await store.change('idempotency', { key }, { set }, version === 0 ? absent('version') : eq('version', version)))
      return 1;
  }
  return 0;
}
