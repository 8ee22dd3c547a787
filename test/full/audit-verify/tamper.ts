/**
 * Ways to tamper with a trail, by somebody who may write the table as they like and knows how leaves and seals are made, but cannot
 * change what was published. Each answers the rows as they leave them; `null` where this trail offers nothing to it.
 */

import type { AnyEvent } from '../../../events/define-event.ts';
import { tombstoneOf } from '../../../functions/shared/audit/erasures.ts';
import { endOfHour, entryOf, HOUR_MS, isTombstone, leafOf, withLeaf } from '../../../functions/shared/audit/leaves.ts';
import { merkleRoot } from '../../../functions/shared/audit/merkle.ts';
import {
  BEGINNING,
  leafRows,
  leavesOf,
  placeAfter,
  SEALS,
  type Seal,
  sealExpiry,
  sealOver,
  sealRow,
} from '../../../functions/shared/audit/seals.ts';
import { canonicalJson } from '../../../functions/shared/envelopes.ts';
import type { Item } from '../../../functions/shared/store/language.ts';
import type { Random } from '../../simulation/kernel/random.ts';
import { isOfConversation, type Trail } from './world.ts';

type Rows = readonly Item[];
type Tamper = (trail: Trail, random: Random) => Rows | null;

const replaced = (rows: Rows, old: Item, row: Item): Rows => rows.map((one) => (one === old ? row : one));
const without = (rows: Rows, gone: Item): Rows => rows.filter((one) => one !== gone);

/** Some that time has not taken from every reader's eyes. */
function pick({ evidence }: Trail, random: Random, which: (row: Item) => boolean): Item | null {
  const live = evidence.rows.filter(
    (row) => which(row) && (row.expires_at === undefined || Number(row.expires_at) * 1000 > evidence.now),
  );
  return live[random.integer(0, Math.max(0, live.length - 1))] ?? null;
}

const isRecord = (row: Item): boolean => isOfConversation(row) && !isTombstone(row);
const isErased = (row: Item): boolean => isOfConversation(row) && isTombstone(row);
const isSeal = (row: Item): boolean => row.conversation_id === SEALS && row.fact !== undefined;
const inChain = (rows: Rows): Rows =>
  rows.filter(isSeal).toSorted((a, b) => (String(a.ts_action_id) < String(b.ts_action_id) ? -1 : 1));
const isPage = (row: Item): boolean => String(row.conversation_id).startsWith(leavesOf(''));

/** Another character of the same kind at a random place. */
function withByte(text: string, random: Random): string {
  const at = random.integer(0, text.length - 1);
  const other = text[at] === '1' ? '2' : '1';
  return `${text.slice(0, at)}${other}${text.slice(at + 1)}`;
}

const changing =
  (which: (row: Item) => boolean, name: string): Tamper =>
  (trail, random) => {
    const row = pick(trail, random, (one) => which(one) && typeof one[name] === 'string');
    return row && replaced(trail.evidence.rows, row, { ...row, [name]: withByte(String(row[name]), random) });
  };

const dropping =
  (which: (row: Item) => boolean): Tamper =>
  (trail, random) => {
    const row = pick(trail, random, which);
    return row && without(trail.evidence.rows, row);
  };

/** Nothing but its key can be read any more. */
const unreadable: Tamper = (trail, random) => {
  const row = pick(trail, random, ({ ts_action_id }) => ts_action_id !== BEGINNING);
  if (row === null) return null;
  const { conversation_id, ts_action_id } = row;
  return replaced(trail.evidence.rows, row, { conversation_id, ts_action_id } as Item);
};

/** Any text of any row but that which says since when hours are sealed: an earlier beginning claims no more. */
const changingAnything: Tamper = (trail, random) => {
  const row = pick(trail, random, ({ ts_action_id }) => ts_action_id !== BEGINNING);
  const names = Object.keys(row ?? {}).filter((name) => typeof row?.[name] === 'string');
  const name = names[random.integer(0, Math.max(0, names.length - 1))] ?? '';
  return row && replaced(trail.evidence.rows, row, { ...row, [name]: withByte(String(row[name]), random) });
};

/** With a leaf that fits, as the auditor would have made it. */
function releafed(row: Item, change: Item, random: Random): Item {
  const { leaf: _, leaf_salt: __, ...record } = row;
  return withLeaf({ ...record, ...change }, String(random.integer(1, 1_000_000_000)).padStart(32, '0'));
}

const isIn =
  (trail: Trail, isSealed: boolean) =>
  (row: Item): boolean =>
    isRecord(row) && isOfHour(trail, isSealed)(row);

const isOfHour =
  ({ evidence, seals }: Trail, isSealed: boolean) =>
  (row: Item): boolean => {
    const last = evidence.rows
      .filter(isSeal)
      .map((one) => Date.parse((JSON.parse(String(one.fact)) as { data: Seal }).data.to))
      .reduce((latest, to) => Math.max(latest, to), 0);
    return seals > 0 && endOfHour(String(row.leaf_hour)) <= last === isSealed;
  };

/** Says another thing, under a leaf that fits. */
const rewriting =
  (isSealed: boolean): Tamper =>
  (trail, random) => {
    const row = pick(trail, random, isIn(trail, isSealed));
    if (row === null) return null;
    const fact = JSON.parse(String(row.envelope)) as { metadata: Record<string, unknown>; data: unknown };
    const metadata = { ...fact.metadata, channel: fact.metadata.channel === 'sms' ? 'email' : 'sms' };
    return replaced(
      trail.evidence.rows,
      row,
      releafed(row, { envelope: canonicalJson({ ...fact, metadata }) }, random),
    );
  };

const droppingIn =
  (isSealed: boolean): Tamper =>
  (trail, random) => {
    const row = pick(trail, random, isIn(trail, isSealed));
    return row && without(trail.evidence.rows, row);
  };

/** A record of something that never happened. */
const adding =
  (isSealed: boolean): Tamper =>
  (trail, random) => {
    const row = pick(trail, random, isIn(trail, isSealed));
    if (row === null) return null;
    const fact = JSON.parse(String(row.envelope)) as { metadata: Record<string, unknown>; data: unknown };
    const eventId = `0194b8a0-3c1e-7d2a-9f00-${String(random.integer(0, 999_999_999)).padStart(12, '0')}`;
    const change = {
      ts_action_id: `${String(fact.metadata.occurredAt)}#${eventId}`,
      event_id: eventId,
      envelope: canonicalJson({ ...fact, metadata: { ...fact.metadata, eventId } }),
    };
    return [...trail.evidence.rows, releafed(row, change, random)];
  };

/** Two records in each other's places. */
const swapping: Tamper = (trail, random) => {
  const one = pick(trail, random, isRecord);
  const other = pick(trail, random, (row) => isRecord(row) && row !== one);
  if (one === null || other === null) return null;
  const [{ conversation_id, ts_action_id }, rest] = [one, other];
  const swapped = {
    ...one,
    conversation_id: rest.conversation_id ?? '',
    ts_action_id: rest.ts_action_id ?? '',
  };
  const back = { ...other, conversation_id: conversation_id ?? '', ts_action_id: ts_action_id ?? '' };
  return replaced(replaced(trail.evidence.rows, one, swapped), other, back);
};

/** Its time is over before it is, so that the table takes it away. */
const hastening: Tamper = (trail, random) => {
  const row = pick(trail, random, isRecord);
  return (
    row &&
    replaced(trail.evidence.rows, row, {
      ...row,
      expires_at: Math.floor(trail.evidence.now / 1000) - random.integer(1, 99),
    })
  );
};

/** Gone, and its seal says that its time was over. */
const pretendingExpiry: Tamper = (trail, random) => {
  const row = pick(trail, random, isIn(trail, true));
  if (row === null) return null;
  const entry = entryOf(leafOf(row));
  const past = entryOf({ ...leafOf(row), expiresAt: Math.floor(trail.evidence.now / 1000) - 1 });
  return without(trail.evidence.rows, row).map((one) =>
    isPage(one) && Array.isArray(one.entries)
      ? { ...one, entries: one.entries.map((listed) => (listed === entry ? past : listed)) }
      : one,
  );
};

/** A tombstone that no deletion left, or that names one of another customer. */
const pretendingDeletion =
  (isOfRequest: boolean): Tamper =>
  (trail, random) => {
    const row = pick(trail, random, isRecord);
    const real = pick(trail, random, isErased);
    if (row === null || (isOfRequest && real === null)) return null;
    const request = {
      ts_action_id: isOfRequest ? (real?.request_id ?? '') : '01KF0VVK40K2WY9KHWCZ27R9DM',
      erased_at: real?.erased_at ?? new Date(trail.evidence.now).toISOString(),
    };
    const expires = Number(real?.expires_at ?? Number(row.expires_at) + 10_000_000);
    const tombstone = tombstoneOf(row, request, expires);
    return replaced(trail.evidence.rows, row, tombstone);
  };

/** When it was recorded stands in no archive; under a leaf that fits, only the seal knows better. */
const redating: Tamper = (trail, random) => {
  const row = pick(trail, random, isIn(trail, true));
  if (row === null) return null;
  const at = new Date(Date.parse(String(row.recorded_at)));
  at.setUTCMilliseconds(at.getUTCMilliseconds() === 500 ? 501 : 500);
  return replaced(trail.evidence.rows, row, releafed(row, { recorded_at: at.toISOString() }, random));
};

/** A record of a sealed hour is forged, and all seals from there on are made anew: only what was published knows better. */
const resealing =
  (forging: Tamper): Tamper =>
  (trail, random) => {
    const forged = forging(trail, random);
    if (forged === null) return null;
    const isChanged = (row: Item): boolean => !trail.evidence.rows.includes(row);
    const row = forged.find(isChanged);
    const was = trail.evidence.rows.find((one) => one.event_id === row?.event_id);
    if (row === undefined || was === undefined) return null;
    let rows = forged;
    let previous: string | null = null;
    for (const seal of inChain(rows)) {
      const fact = JSON.parse(String(seal.fact)) as { data: Seal };
      const partition = leavesOf(fact.data.sealId);
      const pages = rows.filter((one) => one.conversation_id === partition);
      const entries = pages
        .flatMap((page) => (page.entries as string[]) ?? [])
        .map((entry) => (entry === entryOf(leafOf(was)) ? entryOf(leafOf(row)) : entry));
      const data: Seal = {
        ...fact.data,
        rootHash: merkleRoot(entries),
        previousRootHash: previous === null ? fact.data.previousRootHash : previous,
      };
      for (const page of pages) rows = replaced(rows, page, { ...page, entries });
      rows = replaced(rows, seal, { ...seal, fact: canonicalJson({ ...fact, data }) });
      previous = data.rootHash;
    }
    return rows;
  };

const reorderingLeaves: Tamper = (trail, random) => {
  const page = pick(trail, random, (row) => isPage(row) && Array.isArray(row.entries) && row.entries.length > 1);
  if (page === null) return null;
  const [first = '', second = '', ...rest] = page.entries as string[];
  return replaced(trail.evidence.rows, page, { ...page, entries: [second, first, ...rest] });
};

const droppingLeaf: Tamper = (trail, random) => {
  const page = pick(trail, random, (row) => isPage(row) && Array.isArray(row.entries) && row.entries.length > 0);
  return page && replaced(trail.evidence.rows, page, { ...page, entries: (page.entries as string[]).slice(1) });
};

/** Seals in each other's places. */
const reorderingSeals: Tamper = (trail, random) => {
  const one = pick(trail, random, isSeal);
  const other = pick(trail, random, (row) => isSeal(row) && row !== one);
  if (one === null || other === null) return null;
  const [a, b] = [one.ts_action_id ?? '', other.ts_action_id ?? ''];
  return replaced(replaced(trail.evidence.rows, one, { ...one, ts_action_id: b }), other, {
    ...other,
    ts_action_id: a,
  });
};

/** The whole last seal with its leaves, so that its hour counts as open. */
const unsealing: Tamper = (trail) => {
  const last = inChain(trail.evidence.rows).at(-1);
  if (last === undefined) return null;
  const { data } = JSON.parse(String(last.fact)) as { data: Seal };
  return without(trail.evidence.rows, last).filter((row) => row.conversation_id !== leavesOf(data.sealId));
};

/**
 * A message that never came, so long ago that no archive would have it, under a head of the forger's own over the hour that is open:
 * not published yet, as if its sealer had died just now.
 */
const appendingHead: Tamper = (trail, random) => {
  const row = pick(trail, random, (one) => isIn(trail, false)(one) && one.event_name === 'MessageReceived');
  const last = inChain(trail.evidence.rows).at(-1);
  if (row === null || last === undefined) return null;
  const fact = JSON.parse(String(row.envelope)) as AnyEvent;
  const eventId = `0194b8a0-3c1e-7d2a-9f00-${String(random.integer(0, 999_999_999)).padStart(12, '0')}`;
  const at = new Date(Date.parse(fact.metadata.occurredAt) - 20 * 24 * HOUR_MS).toISOString();
  const metadata = { ...fact.metadata, eventId, occurredAt: at, publishedAt: at };
  const change = {
    ts_action_id: `${at}#${eventId}`,
    event_id: eventId,
    envelope: canonicalJson({ ...fact, metadata }),
  };
  const forged = releafed(row, change, random);
  const before = JSON.parse(String(last.fact)) as AnyEvent;
  const end = endOfHour(String(row.leaf_hour));
  const leaves = [...trail.evidence.rows.filter((one) => one.leaf_hour === row.leaf_hour), forged].map(leafOf);
  const window = { from: (before.data as Seal).to, to: new Date(end).toISOString() };
  const seal = sealOver(leaves.map(entryOf), 0, window, before.data as Seal);
  const stated = {
    ...before,
    metadata: { ...before.metadata, eventId: eventId.replace('-9f00-', '-af00-') },
    data: seal,
  };
  const expires = sealExpiry(seal, leaves);
  const head = sealRow(placeAfter(String(last.ts_action_id)), stated, expires);
  return [...trail.evidence.rows, forged, ...leafRows(seal, leaves, expires), head];
};

export const TAMPERS: Readonly<Record<string, Tamper>> = {
  'anything at all': changingAnything,
  'a row made unreadable': unreadable,
  'content of a record': changing(isRecord, 'envelope'),
  'salt of a record': changing(isRecord, 'leaf_salt'),
  'leaf of a record': changing(isRecord, 'leaf'),
  'time of recording': changing(isRecord, 'recorded_at'),
  'hour of a record': changing(isRecord, 'leaf_hour'),
  'place of a record': changing(isRecord, 'ts_action_id'),
  'a sealed record rewritten': rewriting(true),
  'an open record rewritten': rewriting(false),
  'a sealed record dropped': droppingIn(true),
  'an open record dropped': droppingIn(false),
  'a record added to a sealed hour': adding(true),
  'a record added to the open hour': adding(false),
  'two records swapped': swapping,
  'a record made to expire': hastening,
  'expiry pretended': pretendingExpiry,
  'deletion pretended': pretendingDeletion(false),
  'deletion pretended by a real request': pretendingDeletion(true),
  'leaf of a tombstone': changing(isErased, 'leaf'),
  'leaf of a tombstone in the open hour': (trail, random) =>
    changing((row) => isErased(row) && isOfHour(trail, false)(row), 'leaf')(trail, random),
  'request of a tombstone': changing(isErased, 'request_id'),
  'a tombstone dropped': dropping(isErased),
  'a deletion forgotten': dropping((row) => row.conversation_id === 'erased#'),
  'a request changed': changing((row) => row.conversation_id === 'erasures#', 'erased_at'),
  'a request dropped': dropping((row) => row.conversation_id === 'erasures#'),
  'a seal changed': changing(isSeal, 'fact'),
  'a seal dropped': dropping(isSeal),
  'seals reordered': reorderingSeals,
  'the last seal undone': unsealing,
  'a forged hour sealed anew': resealing(rewriting(true)),
  'a sealed record redated': redating,
  'a forged head appended': appendingHead,
  'a redated hour sealed anew': resealing(redating),
  'leaves reordered': reorderingLeaves,
  'a leaf dropped': droppingLeaf,
  'leaves of a seal dropped': dropping(isPage),
  'the beginning dropped': dropping((row) => row.ts_action_id === BEGINNING),
};
