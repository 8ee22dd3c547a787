/**
 * The deletion process of platform §4.7. Its request is stored first, so that whoever dies on the way leaves what the next one
 * completes; what is published names every tombstone.
 */
import type { AnyEvent } from '../../events/define-event.ts';
import {
  conversationsOf,
  ERASURES,
  erasedRow,
  erasureKey,
  erasureRoot,
  tombstoneOf,
} from '../../functions/shared/audit/erasures.ts';
import { isTombstone } from '../../functions/shared/audit/leaves.ts';
import { canonicalJson, type Origin } from '../../functions/shared/envelopes.ts';
import { expiresAt } from '../../functions/shared/ledger/keys.ts';
import { ownFact } from '../../functions/shared/own-fact.ts';
import type { Bus, Clock, Ids } from '../../functions/shared/ports.ts';
import { publish } from '../../functions/shared/publisher.ts';
import { absent, all, any, type Item, lt, present } from '../../functions/shared/store/language.ts';
import { TIMES } from '../../functions/shared/times.ts';
import { Failure } from '../failure.ts';
import {
  type Customer,
  countsOf,
  deleteKeys,
  type Holdings,
  holdingsOf,
  isEmpty,
  openOf,
  type Reading,
  recordsOf,
} from './holdings.ts';

export type Erasing = Reading & {
  readonly clock: Clock;
  readonly ids: Pick<Ids, 'ulid'>;
  readonly bus: Bus;
  readonly origin: Omit<Origin, 'producer'>;
  /** One line of progress. */
  tell(line: string): void;
};

export type Erased = {
  readonly requestId: string;
  readonly customerHash: string;
  readonly conversations: number;
  /** Rows by table. */
  readonly deleted: Readonly<Record<string, number>>;
  readonly tombstones: number;
  /** Of the query after it. */
  readonly verifiedRemaining: number;
};

/** A message takes seconds; one that waits for a vendor is not waited for here. */
const OPEN_WAIT_MS = 30_000;
const OPEN_POLL_MS = 2_000;
/** What was just stated is being recorded: by an auditor that asks for the deletion, or within its timeout. */
const RECORDING_MS = TIMES.recordedLateMs + 15_000;
const ROUNDS = 3;

/** `null` where nothing is held of the customer, and no deletion was left unfinished. Throws `Failure` while a message is open. */
export async function erase(parts: Erasing, customer: Customer): Promise<Erased | null> {
  const unfinished = await unfinishedRequest(parts, customer);
  if (unfinished !== null) parts.tell(`going on with request ${String(unfinished.ts_action_id)}`);
  const holdings = await holdingsOf(parts, customer);
  if (unfinished === null && isEmpty(holdings)) return null;
  const conversationIds = [...customer.conversationIds, ...(unfinished === null ? [] : conversationsOf(unfinished))];
  await whenNothingIsOpen(parts, { ...customer, conversationIds });
  const request = unfinished ?? (await begin(parts, customer, holdings));
  const erased = await carryOut(parts, customer, request);
  // What has come since an interrupted request began belongs to none yet, and there may be another such request.
  return unfinished === null ? erased : ((await erase(parts, customer)) ?? erased);
}

/** Of this customer, by whatever they were known then: another form of theirs, another salt, or a ticket of theirs alone. */
async function unfinishedRequest({ store }: Erasing, customer: Customer): Promise<Item | null> {
  const requests = await store.query('audit_trail', { partition: ERASURES, limit: 1_000_000 });
  const isTheirs = (request: Item): boolean =>
    customer.hashes.includes(String(request.customer_hash)) ||
    conversationsOf(request).some((id) => customer.conversationIds.includes(id));
  return requests.find((request) => request.status === 'OPEN' && isTheirs(request)) ?? null;
}

/** An open message would write into what is deleted, and what is claimed may be about to be sent. */
async function whenNothingIsOpen(parts: Erasing, { conversationIds }: Customer): Promise<void> {
  for (let waited = 0; ; waited += OPEN_POLL_MS) {
    const open = await openOf(parts, conversationIds);
    if (open === 0) return;
    if (waited >= OPEN_WAIT_MS)
      throw new Failure(
        'claim_open',
        `${open} of the customer's messages or claims are still under way`,
        'wait until they are settled (`npx frontdesk status`), then try again',
      );
    if (waited === 0) parts.tell('waiting for messages of the customer that are under way');
    await parts.clock.sleep(OPEN_POLL_MS);
  }
}

async function begin(parts: Erasing, customer: Customer, holdings: Holdings): Promise<Item> {
  const now = parts.clock.now();
  const request: Item = {
    ...erasureKey(parts.ids.ulid(now)),
    customer_hash: customer.hashes[0],
    conversations: customer.conversationIds.toSorted(),
    erased_at: new Date(now).toISOString(),
    found: countsOf(holdings),
    status: 'OPEN',
    expires_at: expiresAt(now, TIMES.ttl.erased),
  };
  await parts.store.put('audit_trail', request, absent('status'));
  return request;
}

async function carryOut(parts: Erasing, customer: Customer, request: Item): Promise<Erased> {
  const { store } = parts;
  const conversationIds = conversationsOf(request);
  const hashes: Customer['hashes'] = [...customer.hashes, String(request.customer_hash)];
  const theirs = { conversationIds, hashes };
  const expires = Number(request.expires_at);
  // First of all: what is recorded late or brought back by a replay asks for it.
  for (const id of conversationIds) await store.put('audit_trail', erasedRow(id, request, expires), isEarlier(request));
  await whenRecorded(parts, request);
  let left = await holdingsUpTo(parts, theirs, request);
  for (let round = 0; round < ROUNDS && !isEmpty(left); round += 1) {
    // What it states names every tombstone of it; the rest is for another request.
    if (await isStated(parts, request)) break;
    for (const record of left.audit_trail)
      await store.put('audit_trail', tombstoneOf(record, request, expires), present('envelope'));
    await deleteKeys(store, left);
    left = await holdingsUpTo(parts, theirs, request);
  }
  if (!isEmpty(left) && !(await isStated(parts, request)))
    throw new Failure('not_all_deleted', 'something was written while it was deleted', 'run the command again');
  const fact = await statedFact(parts, request, conversationIds);
  await publish(parts, [fact]);
  await store.change('audit_trail', keyOf(request), { set: { status: 'DONE' } }, present('fact'));
  const { requestId, customerHash, conversationCount, deleted, tombstones, verifiedRemaining } = fact.data as {
    [K in keyof Erased]: Erased[K];
  } & { conversationCount: number };
  return { requestId, customerHash, conversations: conversationCount, deleted, tombstones, verifiedRemaining };
}

/** A later deletion of the same conversation has said more. */
const isEarlier = ({ erased_at }: Item) => any(absent('erased_at'), lt('erased_at', String(erased_at)));

async function isStated({ store }: Erasing, request: Item): Promise<boolean> {
  return (await store.get('audit_trail', keyOf(request)))?.fact !== undefined;
}

const keyOf = ({ ts_action_id }: Item) => erasureKey(String(ts_action_id));

/** What the customer wrote after the request is not part of it. */
async function holdingsUpTo(parts: Erasing, customer: Customer, { erased_at }: Item): Promise<Holdings> {
  const holdings = await holdingsOf(parts, customer);
  const isBefore = ({ ts_action_id }: Item) => String(ts_action_id) <= `${String(erased_at)}~`;
  return { ...holdings, audit_trail: holdings.audit_trail.filter(isBefore) };
}

/** Always: nothing tells that an auditor is behind, and what it has not recorded yet is in no table. */
async function whenRecorded({ clock, tell }: Erasing, { erased_at }: Item): Promise<void> {
  const left = Date.parse(String(erased_at)) + RECORDING_MS - clock.now();
  if (left <= 0) return;
  tell(`waiting ${Math.ceil(left / 1000)} s until what was stated last is recorded`);
  await clock.sleep(left);
}

/** Stored once, before it is published, so that every attempt states the same bytes. */
async function statedFact(parts: Erasing, request: Item, conversationIds: readonly string[]): Promise<AnyEvent> {
  const stored = await parts.store.get('audit_trail', keyOf(request));
  if (stored?.fact !== undefined) return JSON.parse(String(stored.fact)) as AnyEvent;
  const requestId = String(request.ts_action_id);
  const tombstones = (await recordsOf(parts.store, conversationIds)).filter(
    (row) => isTombstone(row) && row.request_id === requestId,
  );
  const data = {
    requestId,
    customerHash: String(request.customer_hash),
    conversationCount: conversationIds.length,
    deleted: request.found as Record<string, number>,
    tombstones: tombstones.length,
    verifiedRemaining: 0,
    erasedRoot: erasureRoot(request, tombstones),
  };
  const { clock, origin } = parts;
  const fact = ownFact(
    { clock, settings: { ...origin, functionName: 'erasure-tool' } },
    'RecordsDeleted',
    data,
    requestId,
  );
  const mine = { set: { fact: canonicalJson(fact) } };
  await parts.store.change('audit_trail', keyOf(request), mine, all(present('status'), absent('fact')));
  // Another run may have been faster.
  const standing = await parts.store.get('audit_trail', keyOf(request));
  return JSON.parse(String(standing?.fact)) as AnyEvent;
}
