/** Between accepted and settled: which state a message is in, from what the data folder holds at one instant. */
import type { Envelope } from '../../functions/shared/envelopes.ts';
import { consumerKey, messageRecordKey, replyKey } from '../../functions/shared/ledger/keys.ts';
import { isOver, openBranchesOf } from '../../functions/shared/ledger/messages.ts';
import type { Item } from '../../functions/shared/store/language.ts';
import { encodeVendorId } from '../../functions/shared/vendor-ids.ts';

/** A message whose webhook was answered 200. */
export type Accepted = { readonly conversationId: string; readonly messageId: string };

export const STATES = {
  recorded: 'in the ledger, not on the bus: its webhook has no 200 yet',
  published: 'on the bus or in the queue of classify',
  classifying: 'classify holds it',
  parked: 'waits in the later queue of classify: parked, or merged and not looked for yet',
  decided: 'decision stored, branches not open',
  verifying: 'reply branch open, no verdict yet',
  approved: 'reply approved, door not claimed',
  denied: 'reply denied, branch not closed',
  claimed: 'reply claimed: it may or may not have been sent',
  replied: 'reply ended, branch not closed',
  routing: 'only the route is open',
  untold: 'settled, MessageSettled not on the bus',
} as const;
export type State = keyof typeof STATES;

/** Those of the span accepted → settled: a run has to hit each of them. */
export const SPAN = (Object.keys(STATES) as State[]).filter((state) => state !== 'recorded');

/** What is known at the instant. */
export type Evidence = {
  /** The ledger by key. */
  readonly ledger: ReadonlyMap<string, Item>;
  /** Event ids of roots that reached the bus. */
  readonly published: ReadonlySet<string>;
};

/**
 * State of every message that is not settled and told, by the key of its record; by that of its comment where its webhook
 * was merged into a record that was read without it, so that only the look will find it.
 */
export function unsettled(evidence: Evidence, accepted: readonly Accepted[]): Map<string, State> {
  const { ledger } = evidence;
  const verdicts = verdictsOf(ledger);
  const states = new Map<string, State>();
  const unread = new Set<unknown>();
  for (const [key, record] of ledger) {
    if (!isMessage(key, record) || record.open === undefined) continue;
    states.set(key, stateOf(record, evidence, verdicts));
    if (record.status === 'RECEIVED') unread.add(record.conversation_id);
  }
  for (const one of accepted) {
    const isMerged = !ledger.has(claimOf(one)) && !unread.has(encodeVendorId(one.conversationId));
    if (isMerged) states.set(claimOf(one), 'parked');
  }
  return states;
}

/** Key by which a comment is claimed; the ids of e-mails are spelt otherwise in the ledger. */
export function claimOf({ conversationId, messageId }: Accepted): string {
  return messageRecordKey(encodeVendorId(conversationId) ?? conversationId, encodeVendorId(messageId) ?? messageId);
}

/** A message record; the pointers of comments that it claimed are none. */
export function isMessage(key: string, record: Item): boolean {
  return key.startsWith('evt:') && record.event_id !== undefined;
}

function stateOf(record: Item, { ledger, published }: Evidence, verdicts: ReadonlyMap<string, string>): State {
  const root = String(record.event_id);
  if (isOver(record)) return 'untold';
  if (record.status === 'RECEIVED') {
    const claim = ledger.get(consumerKey('classify', 'classify', root));
    if (claim === undefined) return published.has(root) ? 'published' : 'recorded';
    if (claim.status !== 'IN_PROGRESS') return 'decided';
    return claim.lease_until === 0 ? 'parked' : 'classifying';
  }
  if (!openBranchesOf(record).includes('reply')) return 'routing';
  const action = ledger.get(replyKey(String(record.conversation_id), String(record.message_id)));
  if (action !== undefined) return action.status === 'CLAIMED' ? 'claimed' : 'replied';
  const verdict = verdicts.get(root);
  if (verdict === undefined) return 'verifying';
  return verdict === 'ReplyApproved' ? 'approved' : 'denied';
}

/** What `verify` stored, by root event id. */
function verdictsOf(ledger: ReadonlyMap<string, Item>): Map<string, string> {
  const verdicts = new Map<string, string>();
  for (const [key, record] of ledger) {
    if (!key.startsWith('csm:verify:') || typeof record.decided !== 'string') continue;
    const { facts } = JSON.parse(record.decided) as { facts: Envelope[] };
    for (const { metadata } of facts)
      if (metadata.eventName === 'ReplyApproved' || metadata.eventName === 'ReplyDenied')
        verdicts.set(metadata.rootEventId ?? '', metadata.eventName);
  }
  return verdicts;
}

/** How many are in which state, e.g. `published 3, claimed 1`. */
export function tally(states: Iterable<State>): Map<State, number> {
  const counts = new Map<State, number>();
  for (const state of states) counts.set(state, (counts.get(state) ?? 0) + 1);
  return new Map((Object.keys(STATES) as State[]).flatMap((state) => pair(state, counts.get(state))));
}

function pair(state: State, count: number | undefined): [State, number][] {
  return count === undefined ? [] : [[state, count]];
}

export function told(counts: ReadonlyMap<State, number>): string {
  return [...counts].map(([state, count]) => `${state} ${count}`).join(', ') || 'none';
}
