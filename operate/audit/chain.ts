/** The chain of seals: whole, linked, over the leaves it names, and the one that was published. Pure. */
import * as v from 'valibot';
import { CATALOGUE } from '../../events/catalogue.ts';
import type { AnyEvent } from '../../events/define-event.ts';
import { entryOf, HOUR_MS, type Leaf, leafOf, parseEntry } from '../../functions/shared/audit/leaves.ts';
import { merkleRoot } from '../../functions/shared/audit/merkle.ts';
import {
  BEGINNING,
  beginningRow,
  entriesOf,
  leavesOf,
  placeAfter,
  SEALS,
  type Seal,
  sealExpiry,
} from '../../functions/shared/audit/seals.ts';
import { canonicalJson } from '../../functions/shared/envelopes.ts';
import type { Item } from '../../functions/shared/store/language.ts';
import { TIMES } from '../../functions/shared/times.ts';
import { asStored } from './archive.ts';
import { type Break, type Evidence, hasOnly, textOf } from './evidence.ts';

type Listed = ReadonlyMap<string, readonly Leaf[]>;

export type Chain = {
  readonly seals: readonly Seal[];
  /** What published seals list of each event, oldest first: more than one where a record was lost and brought back. */
  readonly listed: Listed;
  /** What only the head lists while it is not published: anybody could have made it, so it vouches for nothing. */
  readonly pending: Listed;
  /** Leaves of hours that end by then (epoch milliseconds) are in a seal, or in none for good. */
  readonly finalUpTo: number;
  /** The last seal is stored and not published yet. It is among `seals`. */
  readonly isHeadPending: boolean;
  readonly breaks: readonly Break[];
};

/** After this much a seal and all that it lists may be gone (`sealExpiry`). */
const KEPT_MS = TIMES.ttl.audit + TIMES.ttl.sealAfterLeaves;

/** @param rows  live ones */
export function judgeChain(rows: readonly Item[], { archive, now }: Pick<Evidence, 'archive' | 'now'>): Chain {
  const breaks: Break[] = [];
  const pages = Map.groupBy(
    rows.filter(({ conversation_id }) =>
      textOf({ conversation_id } as Item, 'conversation_id').startsWith(leavesOf('')),
    ),
    (row) => textOf(row, 'conversation_id'),
  );
  const ofChain = rows
    .filter(({ conversation_id }) => conversation_id === SEALS)
    .toSorted((one, other) => compare(textOf(one, 'ts_action_id'), textOf(other, 'ts_action_id')));
  const published = [...archive.facts.values()].flatMap(({ whole }) =>
    whole?.metadata.eventName === 'AuditSealed' ? [whole] : [],
  );
  const publishedById = new Map(published.map((fact) => [fact.metadata.eventId, fact]));
  const listed = new Map<string, Leaf[]>();
  const pending = new Map<string, Leaf[]>();
  const seals: Seal[] = [];
  let isHeadPending = false;
  const [beginning, ...sealRows] = withBeginning(ofChain);
  let previous: { readonly place: string; readonly seal: Seal } | null = null;
  for (const [index, row] of sealRows.entries()) {
    const place = textOf(row, 'ts_action_id');
    const read = readSeal(row);
    const link = `seal ${place.replace(/^0+/, '')}`;
    if (read === null) {
      breaks.push({ at: previous?.seal.to ?? '', link, why: 'it cannot be read' });
      previous = null;
      continue;
    }
    const { fact, seal } = read;
    const say = (why: string): void => void breaks.push({ at: seal.to, link: `${link} (${seal.sealId})`, why });
    const why = linkProblem(seal, place, previous, published, now);
    if (why !== null) say(why);
    const standing = publishedById.get(fact.metadata.eventId);
    if (standing !== undefined && asStored(standing) !== row.fact) say('it is another one than was published');
    if (standing === undefined) {
      const mayBePending = index === sealRows.length - 1 && row.published === undefined;
      if (mayBePending) isHeadPending = true;
      else say('it was never published');
    }
    const leaves = judgeLeaves(row, seal, pages.get(leavesOf(seal.sealId)) ?? [], say);
    pages.delete(leavesOf(seal.sealId));
    const into = isHeadPending ? pending : listed;
    for (const leaf of leaves) into.set(leaf.eventId, [...(into.get(leaf.eventId) ?? []), leaf]);
    seals.push(seal);
    previous = { place, seal };
  }
  const standingIds = new Set(sealRows.flatMap((row) => readSeal(row)?.fact.metadata.eventId ?? []));
  for (const { metadata, data } of published) {
    const seal = data as Seal;
    if (!standingIds.has(metadata.eventId) && Date.parse(seal.to) + KEPT_MS > now)
      breaks.push({ at: seal.to, link: `seal ${seal.sealId}`, why: 'it was published and is gone' });
  }
  breaks.push(...beginningProblems(beginning, sealRows[0], seals[0]), ...strayPages(pages, rows, listed));
  const outThere = isHeadPending ? seals.slice(0, -1) : seals;
  return { seals, listed, pending, finalUpTo: finalUpTo(beginning, outThere), isHeadPending, breaks };
}

function withBeginning(rows: readonly Item[]): readonly [Item | undefined, ...Item[]] {
  const [first, ...rest] = rows;
  return first?.ts_action_id === BEGINNING ? [first, ...rest] : [undefined, ...rows];
}

function readSeal(row: Item): { readonly fact: AnyEvent; readonly seal: Seal } | null {
  if (!hasOnly(row, ['conversation_id', 'ts_action_id', 'fact', 'expires_at'], ['published'])) return null;
  if (row.published !== undefined && row.published !== true) return null;
  const text = textOf(row, 'fact');
  const fact = parsed(text);
  const seal = v.safeParse(CATALOGUE.AuditSealed.strict, fact?.data);
  return fact !== null && seal.success && canonicalJson(fact) === text ? { fact, seal: seal.output } : null;
}

function parsed(text: string): AnyEvent | null {
  try {
    const fact = JSON.parse(text) as Partial<AnyEvent> | null;
    return typeof fact?.metadata?.eventId === 'string' && fact.data ? (fact as AnyEvent) : null;
  } catch {
    return null;
  }
}

function linkProblem(
  seal: Seal,
  place: string,
  previous: { readonly place: string; readonly seal: Seal } | null,
  published: readonly AnyEvent[],
  now: number,
): string | null {
  if (previous !== null) {
    const isNext = place === placeAfter(previous.place) && seal.from === previous.seal.to;
    return isNext && seal.previousRootHash === previous.seal.rootHash ? null : 'it does not follow from the one before';
  }
  if (place === placeAfter(BEGINNING))
    return seal.previousRootHash === null ? null : 'it is the first, and names one before';
  // What it follows from is older than the trail; the archive keeps it longer.
  const isKnown = published.some(({ data }) => {
    const older = data as Seal;
    return older.rootHash === seal.previousRootHash && older.to === seal.from && Date.parse(older.to) + KEPT_MS <= now;
  });
  return isKnown ? null : 'the one before is gone';
}

function judgeLeaves(row: Item, seal: Seal, pages: readonly Item[], say: (why: string) => void): Leaf[] {
  const inOrder = pages.toSorted((one, other) => compare(textOf(one, 'ts_action_id'), textOf(other, 'ts_action_id')));
  const entries = entriesOf(inOrder);
  const leaves = entries.flatMap((entry) => parseEntry(entry) ?? []);
  if (seal.leafCount !== entries.length || merkleRoot(entries) !== seal.rootHash)
    say('its root is not that of the leaves it lists');
  const expires = sealExpiry(seal, leaves);
  const isAsMade = inOrder.every(
    (page, index) =>
      hasOnly(page, ['conversation_id', 'ts_action_id', 'entries', 'expires_at']) &&
      textOf(page, 'ts_action_id') === String(index).padStart(6, '0') &&
      page.expires_at === expires,
  );
  if (!isAsMade || row.expires_at !== expires || leaves.length !== entries.length)
    say('its rows are not as the sealer makes them');
  return leaves;
}

function beginningProblems(beginning: Item | undefined, first: Item | undefined, seal: Seal | undefined): Break[] {
  const broken = (why: string): Break[] => [{ at: '', link: 'the beginning of the chain', why }];
  if (beginning === undefined) return first === undefined ? [] : broken('it is gone');
  const since = Date.parse(textOf(beginning, 'since'));
  const isAsMade = since % HOUR_MS === 0 && canonicalJson(beginning) === canonicalJson(beginningRow(since));
  if (!isAsMade) return broken('it is not as the sealer makes it');
  const isFirst = first?.ts_action_id === placeAfter(BEGINNING) && seal !== undefined;
  return isFirst && Date.parse(seal.from) < since ? broken('the first seal is from before it') : [];
}

/** Leaves that no seal names are left by a sealer that died; each of them is a leaf of the trail all the same. */
function strayPages(
  pages: ReadonlyMap<string, readonly Item[]>,
  rows: readonly Item[],
  listed: ReadonlyMap<string, readonly Leaf[]>,
): Break[] {
  if (pages.size === 0) return [];
  const known = new Set([...listed.values()].flat().map(entryOf));
  for (const row of rows) if (row.leaf !== undefined) known.add(entryOf(leafOf(row)));
  return [...pages].flatMap(([partition, stray]) =>
    stray.every((page) => Array.isArray(page.entries)) && entriesOf(stray).every((entry) => known.has(entry))
      ? []
      : [{ at: '', link: partition, why: 'leaves that no seal names, of no record' }],
  );
}

/** A seal takes a second look at the hour before; what is in neither was not there. */
function finalUpTo(beginning: Item | undefined, seals: readonly Seal[]): number {
  const before = seals.at(-2);
  if (before !== undefined) return Date.parse(before.to);
  const [first] = seals;
  return first !== undefined ? Date.parse(first.from) : Date.parse(textOf(beginning ?? {}, 'since')) || 0;
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
