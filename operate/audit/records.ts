/** The records of the trail: each what its leaf says, sealed or known to an archive, and none missing. Pure. */
import type { AnyEvent } from '../../events/define-event.ts';
import { FACTS } from '../../events/facts.ts';
import { SYSTEM_PARTITION } from '../../functions/auditor/handler.ts';
import { TOMBSTONE } from '../../functions/shared/audit/erasures.ts';
import {
  endOfHour,
  entryOf,
  HOUR_MS,
  isTombstone,
  type Leaf,
  leafHashOf,
  leafOf,
} from '../../functions/shared/audit/leaves.ts';
import { expiresAt } from '../../functions/shared/ledger/keys.ts';
import type { Item } from '../../functions/shared/store/language.ts';
import { TIMES } from '../../functions/shared/times.ts';
import { vouchesFor } from './archive.ts';
import type { Chain } from './chain.ts';
import type { Erasures } from './erasures.ts';
import { type Break, type Evidence, hasOnly, textOf } from './evidence.ts';

export type Records = {
  readonly valid: number;
  readonly deletedOnRequest: number;
  /** Tombstones of deletions that are begun and not stated. */
  readonly deletionUnderWay: number;
  readonly expired: number;
  /** Neither sealed nor young enough for an archive to know them; only before the first seal. */
  readonly unsealed: number;
  readonly breaks: readonly Break[];
};

const RECORD = [
  'conversation_id',
  'ts_action_id',
  'event_id',
  'event_name',
  'recorded_at',
  'leaf_hour',
  'envelope',
  'expires_at',
  'leaf_salt',
  'leaf',
];
/** Clocks of functions and of this machine. */
const SKEW_MS = 300_000;
/** At the end of the trail's time nobody waits for a record any more. */
const MARGIN_MS = 86_400_000;

/**
 * @param rows  live records and tombstones
 */
export function judgeRecords(
  rows: readonly Item[],
  chain: Chain,
  evidence: Evidence,
  { erased, proves, isUnderWay }: Erasures,
): Records {
  const { archive, underWay, now } = evidence;
  const breaks: Break[] = [];
  const standing = new Set<string>();
  const old = new Set<string>();
  let [valid, deletedOnRequest, deletionUnderWay, expired, unsealed] = [0, 0, 0, 0, 0];
  for (const row of rows) {
    const id = isKeyAlone(row) ? eventOfKey(row) : textOf(row, 'event_id');
    const isOld = isKeyedAsOf010(row, chain);
    const isTwice = standing.has(id) && !isOld;
    if (!isOld) standing.add(id);
    else old.add(id);
    const wrong =
      (isTwice ? 'its event stands there twice' : null) ??
      (isTombstone(row) ? (tombstoneProblem(row) ?? proves(row)) : recordProblem(row, evidence, isOld)) ??
      leafProblem(row, chain, evidence) ??
      strangerProblem(row, chain, evidence);
    if (wrong !== null) breaks.push(breakOf(row, wrong));
    else if (isTombstone(row) && isUnderWay(row)) deletionUnderWay += 1;
    else if (isTombstone(row)) deletedOnRequest += 1;
    else if (isVouched(row, chain, evidence)) valid += 1;
    else unsealed += 1;
  }
  for (const id of old) standing.add(id);
  for (const [id, leaves] of [...chain.listed, ...chain.pending]) {
    if (standing.has(id)) continue;
    if (Math.max(...leaves.map((leaf) => leaf.expiresAt)) * 1000 <= now) expired += 1;
    else breaks.push({ at: '', link: `record of event ${id}`, why: 'it was sealed and is gone' });
  }
  for (const [id, { conversationId, occurredAt }] of archive.facts) {
    const isExpected = Date.parse(occurredAt) + TIMES.ttl.audit - MARGIN_MS > now;
    if (!isExpected || standing.has(id) || chain.listed.has(id) || underWay.has(id)) continue;
    if (conversationId !== null && occurredAt <= (erased.get(conversationId) ?? '')) continue;
    breaks.push({
      at: occurredAt,
      link: `record of event ${id}`,
      why: 'an archive has its fact and the trail has not',
    });
  }
  return { valid, deletedOnRequest, deletionUnderWay, expired, unsealed, breaks };
}

/** All that is left of a row that cannot be read. */
const isKeyAlone = (row: Item): boolean => hasOnly(row, ['conversation_id', 'ts_action_id']);

/** So that it is not missing as well. */
const eventOfKey = (row: Item): string => textOf(row, 'ts_action_id').split('#')[1] ?? '';

const breakOf = (row: Item, why: string): Break => ({
  at: textOf(row, 'ts_action_id').split('#')[0] ?? '',
  link: `record ${textOf(row, 'conversation_id')} ${textOf(row, 'ts_action_id')}`,
  why,
});

/** 0.1.0 keyed by recording, and a rebuild since then has recorded the fact again. None comes new: sealed, or before the first seal. */
function isKeyedAsOf010(row: Item, { listed, seals, isHeadPending }: Chain): boolean {
  const isOfRecording = row.ts_action_id === `${textOf(row, 'recorded_at')}#${textOf(row, 'event_id')}`;
  const isOfEvent = textOf(row, 'ts_action_id').startsWith(String(factOf(row)?.metadata.occurredAt));
  const isKnown = seals.length === (isHeadPending ? 1 : 0) || listed.has(textOf(row, 'event_id'));
  return isOfRecording && !isOfEvent && isKnown && !isTombstone(row);
}

function recordProblem(row: Item, { archive }: Evidence, isOld: boolean): string | null {
  if (isKeyAlone(row)) return 'it cannot be read';
  if (!hasOnly(row, RECORD)) return 'it is no record of the auditor';
  if (leafHashOf(row) !== row.leaf) return 'it says another thing than its leaf';
  const fact = factOf(row);
  if (fact === null) return 'it cannot be read';
  const { conversationId, occurredAt, eventId, eventName } = fact.metadata;
  const isInPlace =
    row.conversation_id === (conversationId ?? SYSTEM_PARTITION) &&
    (isOld || row.ts_action_id === `${occurredAt}#${eventId}`) &&
    row.event_id === eventId &&
    row.event_name === eventName;
  if (!isInPlace) return 'it stands in the place of another';
  if (!isExpiryAsMade(row)) return 'its time is not that of a record';
  const archived = archive.facts.get(eventId);
  return archived !== undefined && !vouchesFor(archived, fact) ? 'it says another thing than the archive' : null;
}

function factOf(row: Item): AnyEvent | null {
  try {
    const fact = JSON.parse(textOf(row, 'envelope')) as Partial<AnyEvent>;
    return fact.metadata && fact.data ? (fact as AnyEvent) : null;
  } catch {
    return null;
  }
}

/** 60 days from recording; what a rebuild brings back past its time stays for a week from then. */
function isExpiryAsMade(row: Item): boolean {
  const usual = expiresAt(Date.parse(textOf(row, 'recorded_at')), TIMES.ttl.audit);
  if (row.expires_at === usual) return true;
  const end = endOfHour(textOf(row, 'leaf_hour')) + TIMES.ttl.broughtBack;
  const expires = Number(row.expires_at) * 1000;
  return expires > usual * 1000 && expires > end - HOUR_MS - SKEW_MS && expires <= end + SKEW_MS;
}

const tombstoneProblem = (row: Item): string | null =>
  hasOnly(row, TOMBSTONE) ? null : 'it is no tombstone of a deletion';

/** Sealed as it stands, or so young that no seal can cover it yet. */
function leafProblem(row: Item, chain: Chain, { archive, now }: Evidence): string | null {
  const id = textOf(row, 'event_id');
  const published = chain.listed.get(id) ?? [];
  const leaves = [...published, ...(chain.pending.get(id) ?? [])];
  const own = entryOf(leafOf(row));
  if (leaves.length > 0) {
    if (!leaves.some((leaf) => entryOf(leaf) === own)) return 'its leaf is not the one that was sealed';
    if (!isSame(leaves) && !isInArchive(row, archive)) return 'it was sealed twice, as two things';
  }
  if (published.length > 0) return null;
  const end = endOfHour(textOf(row, 'leaf_hour'));
  if (!(end - HOUR_MS <= now + SKEW_MS)) return 'its hour is none';
  return end <= chain.finalUpTo ? 'no seal covers it' : null;
}

const isSame = (leaves: readonly Leaf[]): boolean => new Set(leaves.map(entryOf)).size === 1;

const isInArchive = (row: Item, { facts }: Evidence['archive']): boolean => facts.has(textOf(row, 'event_id'));

/** `true` where a published seal or an archive stands behind it. */
function isVouched(row: Item, { listed }: Chain, { archive }: Evidence): boolean {
  return listed.has(textOf(row, 'event_id')) || isInArchive(row, archive);
}

/** Why the archives object to a record that none of them holds; `null` where they could not know it. */
function strangerProblem(row: Item, chain: Chain, { archive }: Evidence): string | null {
  const fact = factOf(row);
  if (fact === null || isTombstone(row) || isInArchive(row, archive)) return null;
  const publishedAt = Date.parse(fact.metadata.publishedAt);
  const isKept = (FACTS as readonly string[]).includes(fact.metadata.eventName);
  const isExpected = publishedAt >= archive.holdsAllSince || (isKept && publishedAt >= archive.holdsFactsSince);
  const isOpen = chain.seals.length > 0 && !chain.listed.has(textOf(row, 'event_id'));
  return isExpected || isOpen ? 'no archive knows its fact' : null;
}
