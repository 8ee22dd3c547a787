/** Deletions on request: each as it was published, and every tombstone one of theirs. Pure. */
import type { CATALOGUE } from '../../events/catalogue.ts';
import type { AnyEvent, DataOf } from '../../events/define-event.ts';
import { conversationsOf, ERASED, ERASURES, erasedRow, erasureRoot } from '../../functions/shared/audit/erasures.ts';
import { isTombstone } from '../../functions/shared/audit/leaves.ts';
import { canonicalJson } from '../../functions/shared/envelopes.ts';
import { expiresAt } from '../../functions/shared/ledger/keys.ts';
import type { Item } from '../../functions/shared/store/language.ts';
import { TIMES } from '../../functions/shared/times.ts';
import { asStored } from './archive.ts';
import { type Break, type Evidence, hasOnly, textOf } from './evidence.ts';

export type Erasures = {
  /** Up to when a conversation was deleted (RFC 3339), by conversation; only what a published deletion proves, or one under way. */
  readonly erased: ReadonlyMap<string, string>;
  /** Is the tombstone of a deletion that was begun and not stated yet? */
  isUnderWay(tombstone: Item): boolean;
  /** Why a tombstone is none; `null` where a published deletion proves it. */
  proves(tombstone: Item): string | null;
  readonly breaks: readonly Break[];
};

type Deleted = DataOf<(typeof CATALOGUE)['RecordsDeleted']>;

/** A deletion takes half a minute. One that nobody ends in a day is no deletion, whoever wrote its request. */
const UNDER_WAY_MS = 86_400_000;
/** Clocks of who asks and of who is asked. */
const SKEW_MS = 300_000;
/** Archives keep 180 days of deletions; by the end the last leaf of theirs has expired long since. */
const JUDGED_MS = TIMES.ttl.audit + TIMES.ttl.sealAfterLeaves;

/** @param rows  live ones */
export function judgeErasures(rows: readonly Item[], { archive, now }: Pick<Evidence, 'archive' | 'now'>): Erasures {
  const breaks: Break[] = [];
  const requests = new Map(
    rows.filter((row) => row.conversation_id === ERASURES).map((row) => [textOf(row, 'ts_action_id'), row]),
  );
  const tombstones = Map.groupBy(rows.filter(isTombstone).filter(isOfConversation), (row) => textOf(row, 'request_id'));
  const proven = new Map<string, Item>();
  for (const { whole } of archive.facts.values()) {
    if (whole?.metadata.eventName !== 'RecordsDeleted') continue;
    const deleted = whole.data as unknown as Deleted;
    const request = requests.get(deleted.requestId);
    const why = deletionProblem(whole, request, tombstones.get(deleted.requestId) ?? []);
    const isJudged = Date.parse(whole.metadata.occurredAt) + JUDGED_MS > now;
    if (why === null && request !== undefined) proven.set(deleted.requestId, request);
    else if (isJudged)
      breaks.push({ at: whole.metadata.occurredAt, link: `deletion ${deleted.requestId}`, why: why ?? '' });
  }
  const open = new Map([...requests].filter(([id, request]) => !proven.has(id) && isOpen(request, now)));
  const latest = new Map<string, Item>();
  for (const request of proven.values()) note(latest, request);
  breaks.push(...barrierProblems(rows, latest, [...open.values()], now));
  // What an open one keeps out already is missing from the trail.
  const latestOfAll = new Map(latest);
  for (const request of open.values()) note(latestOfAll, request);
  return {
    erased: new Map([...latestOfAll].map(([conversation, request]) => [conversation, textOf(request, 'erased_at')])),
    proves(tombstone) {
      const id = textOf(tombstone, 'request_id');
      const request = proven.get(id) ?? open.get(id);
      if (request === undefined)
        return Number(tombstone.leaf_expires_at) * 1000 <= now ? null : 'no published deletion proves it';
      return conversationsOf(request).includes(textOf(tombstone, 'conversation_id'))
        ? null
        : 'its deletion was of other conversations';
    },
    isUnderWay: (tombstone) => open.has(textOf(tombstone, 'request_id')),
    breaks,
  };
}

function note(latest: Map<string, Item>, request: Item): void {
  for (const conversation of conversationsOf(request))
    if (textOf(request, 'erased_at') > textOf(latest.get(conversation) ?? {}, 'erased_at'))
      latest.set(conversation, request);
}

/** Begun, and not stated yet: `privacy delete` runs, or was interrupted and is to be run again within the day. */
function isOpen(request: Item, now: number): boolean {
  const begun = Date.parse(textOf(request, 'erased_at'));
  return (
    hasOnly(request, [...REQUEST, 'found', 'status', 'expires_at'], ['fact']) &&
    request.status === 'OPEN' &&
    request.expires_at === expiresAt(begun, TIMES.ttl.erased) &&
    begun <= now + SKEW_MS &&
    begun + UNDER_WAY_MS > now
  );
}

const isOfConversation = (row: Item): boolean => row.conversation_id !== ERASED && row.conversation_id !== ERASURES;

const REQUEST = ['conversation_id', 'ts_action_id', 'customer_hash', 'conversations', 'erased_at'];

function deletionProblem(whole: AnyEvent, request: Item | undefined, tombstones: readonly Item[]): string | null {
  const deleted = whole.data as unknown as Deleted;
  if (request === undefined) return 'its request is gone';
  const isAsMade =
    hasOnly(request, [...REQUEST, 'found', 'fact', 'status', 'expires_at']) &&
    ['OPEN', 'DONE'].includes(textOf(request, 'status')) &&
    request.expires_at === expiresAt(Date.parse(textOf(request, 'erased_at')), TIMES.ttl.erased) &&
    canonicalJson(request.found) === canonicalJson(deleted.deleted) &&
    request.fact === asStored(whole);
  if (!isAsMade) return 'its request is not as it was made';
  if (conversationsOf(request).length !== deleted.conversationCount) return 'its request names other conversations';
  if (tombstones.length !== deleted.tombstones) return 'tombstones were added or taken away';
  return erasureRoot(request, tombstones) === deleted.erasedRoot ? null : 'a tombstone is not as it was left';
}

/** What keeps the conversations from coming back must stand as the last deletion left it, or one that is under way. */
function barrierProblems(
  rows: readonly Item[],
  latest: ReadonlyMap<string, Item>,
  open: readonly Item[],
  now: number,
): Break[] {
  const breaks: Break[] = [];
  const missing = new Map(latest);
  for (const row of rows) {
    if (row.conversation_id !== ERASED) continue;
    const conversation = textOf(row, 'ts_action_id');
    const request = latest.get(conversation);
    missing.delete(conversation);
    const isOld = Date.parse(textOf(row, 'erased_at')) + JUDGED_MS <= now;
    const isOf = (one: Item): boolean =>
      canonicalJson(row) === canonicalJson(erasedRow(conversation, one, Number(one.expires_at)));
    const isAsMade =
      (request === undefined ? isOld : isOf(request)) ||
      open.some((one) => conversationsOf(one).includes(conversation) && isOf(one));
    if (!isAsMade)
      breaks.push({
        at: textOf(row, 'erased_at'),
        link: `erased conversation ${conversation}`,
        why: 'no deletion says so',
      });
  }
  for (const [conversation, request] of missing)
    breaks.push({
      at: textOf(request, 'erased_at'),
      link: `erased conversation ${conversation}`,
      why: 'what keeps it from coming back is gone',
    });
  return breaks;
}
