/** Seals of the trail as rows: the seal itself under its place in the chain, and beside it the leaves that its root was made of. */
import type { CATALOGUE } from '../../../events/catalogue.ts';
import type { AnyEvent, DataOf } from '../../../events/define-event.ts';
import { canonicalJson } from '../envelopes.ts';
import { ulidOf } from '../ids.ts';
import { expiresAt } from '../ledger/keys.ts';
import type { Item, Key } from '../store/language.ts';
import { TIMES } from '../times.ts';
import { entryOf, type Leaf } from './leaves.ts';
import { merkleRoot } from './merkle.ts';

export type Seal = DataOf<(typeof CATALOGUE)['AuditSealed']>;

/** `#` is in no id of a vendor, so no conversation has a partition of these. */
export const SEALS = 'seals#';
export const leavesOf = (sealId: string): string => `leaves#${sealId}`;

/** A row holds 400 KB; an entry is some 115 bytes. */
const ENTRIES_A_ROW = 2_000;

/**
 * @param entries   of the leaves, in the order of the tree
 * @param previous  the seal before; `null` for the first one
 */
export function sealOver(
  entries: readonly string[],
  erasedCount: number,
  hour: { readonly from: string; readonly to: string },
  previous: Seal | null,
): Seal {
  const rootHash = merkleRoot(entries);
  const about = {
    ...hour,
    leafCount: entries.length,
    erasedCount,
    // What has expired is read by nobody, so a late seal does not know of it.
    expiredCount: 0,
    rootHash,
    previousRootHash: previous?.rootHash ?? null,
  };
  return { sealId: ulidOf(Date.parse(hour.to), canonicalJson(about)), ...about };
}

/** Past the last of its leaves by a week: by then the records themselves are gone, late as tables delete. */
export function sealExpiry({ to }: Pick<Seal, 'to'>, leaves: readonly Leaf[]): number {
  const usual = expiresAt(Date.parse(to), TIMES.ttl.audit);
  const last = leaves.reduce((latest, leaf) => Math.max(latest, leaf.expiresAt), usual);
  return last + TIMES.ttl.sealAfterLeaves / 1000;
}

/** Places in the chain sort as text; the first is no seal, but says since when hours are sealed. */
export const BEGINNING = '00000000';
export const placeAfter = (place: string): string => String(Number(place) + 1).padStart(8, '0');
export const beginningRow = (since: number): Item => ({ ...sealKey(BEGINNING), since: new Date(since).toISOString() });
export const sealKey = (place: string): Key => ({ conversation_id: SEALS, ts_action_id: place });

/** @param fact  the `AuditSealed` that is published, as it is published */
export function sealRow(place: string, fact: AnyEvent, expires: number): Item {
  return { ...sealKey(place), fact: canonicalJson(fact), expires_at: expires };
}

export function leafRows({ sealId }: Seal, leaves: readonly Leaf[], expires: number): Item[] {
  const entries = leaves.map(entryOf);
  const rows: Item[] = [];
  for (let start = 0; start < entries.length; start += ENTRIES_A_ROW)
    rows.push({
      conversation_id: leavesOf(sealId),
      ts_action_id: String(rows.length).padStart(6, '0'),
      entries: entries.slice(start, start + ENTRIES_A_ROW),
      expires_at: expires,
    });
  return rows;
}

/** Entries of rows that were read in order; what is no list counts as none. */
export function entriesOf(rows: readonly Item[]): string[] {
  return rows.flatMap(({ entries }) => (Array.isArray(entries) ? entries.map(String) : []));
}
