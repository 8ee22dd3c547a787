/**
 * Seals the audit leaves of each closed hour and chains the seal to the last one. Reads leaves, never what they stand for; writes
 * nothing but seals (platform §1.3).
 */
import type { AnyEvent } from '../../events/define-event.ts';
import { entryOf, HOUR_MS, isTombstone, leafHour, leafOf, parseEntry } from '../shared/audit/leaves.ts';
import { merkleRoot } from '../shared/audit/merkle.ts';
import {
  beginningRow,
  entriesOf,
  leafRows,
  leavesOf,
  placeAfter,
  SEALS,
  type Seal,
  sealExpiry,
  sealKey,
  sealOver,
  sealRow,
} from '../shared/audit/seals.ts';
import type { Container } from '../shared/container.ts';
import { codeOf, SafeError } from '../shared/errors.ts';
import { ownFact } from '../shared/own-fact.ts';
import { publish } from '../shared/publisher.ts';
import { absent, type Item, present } from '../shared/store/language.ts';
import { LEAVES_BY_HOUR } from '../shared/store/tables.ts';
import { TIMES } from '../shared/times.ts';

export const uses = [] as const;

/** Of the timeout, within which another hour is begun. */
const SEALING_SHARE = 0.7;
const EVERYTHING = 1_000_000;

/** Seals every hour that is over and was not sealed, the oldest first; what a run has no time for is left to the next. */
export function sealer(container: Container): (payload: unknown) => Promise<{ readonly sealed: number }> {
  return async () => {
    try {
      const until = container.clock.monotonic() + container.settings.timeoutMs * SEALING_SHARE;
      let end = await endOfChain(container);
      // Whoever stored it may not have lived to publish it.
      await publishSeal(container, end);
      let sealed = 0;
      while (container.clock.monotonic() < until) {
        const next = await sealNext(container, end);
        if (next === null) break;
        await publishSeal(container, next);
        end = next;
        sealed += 1;
      }
      container.log('INFO', 'system.audit.sealed', { count: sealed });
      return { sealed };
    } catch (error) {
      container.log('ERROR', 'consumer.event.failed', { error_code: codeOf(error) });
      throw new SafeError(codeOf(error));
    }
  };
}

type End = {
  readonly place: string;
  /** Up to where everything is sealed, epoch milliseconds. */
  readonly upTo: number;
  /** `null` before the first seal. */
  readonly seal: Seal | null;
  /** What is to be published still. */
  readonly unpublished: AnyEvent | null;
};

/** Throws `SafeError` where what is to be published still is no seal of a sealer. */
async function endOfChain(container: Container): Promise<End> {
  const [row] = await container.store.query('audit_trail', { partition: SEALS, limit: 1, newestFirst: true });
  if (row !== undefined) {
    const end = endFrom(row);
    if (end.unpublished !== null && !(await isOverItsLeaves(container, end.seal)))
      throw new SafeError('seal_not_of_its_leaves');
    return end;
  }
  const beginning = beginningRow(startOfHour(container.clock.now() - TIMES.sealSinceMs));
  // Another run may have begun the chain, and gone on.
  return (await container.store.put('audit_trail', beginning, absent('since')))
    ? endFrom(beginning)
    : endOfChain(container);
}

function endFrom(row: Item): End {
  const place = String(row.ts_action_id);
  if (row.fact === undefined) return { place, upTo: Date.parse(String(row.since)), seal: null, unpublished: null };
  const fact = JSON.parse(String(row.fact)) as AnyEvent;
  const seal = fact.data as Seal;
  return { place, upTo: Date.parse(seal.to), seal, unpublished: row.published === true ? null : fact };
}

/**
 * Whoever may write the table may put a seal at its end, and publishing would make it true. Its root is computed anew: over the
 * leaves it lists, each of which stands in the index under one of the hours it was made from, or has expired.
 */
async function isOverItsLeaves(container: Container, seal: Seal | null): Promise<boolean> {
  if (seal === null) return false;
  const entries = entriesOf(await pagesOf(container, seal));
  if (entries.length !== seal.leafCount || merkleRoot(entries) !== seal.rootHash) return false;
  const last = Date.parse(seal.to) - HOUR_MS;
  const late = Date.parse(seal.from) - HOUR_MS;
  const rows = [...(await leavesIn(container, late)), ...(await leavesIn(container, last))];
  const standing = new Set(rows.map((row) => entryOf(leafOf(row))));
  const isExpired = (entry: string) => Number(parseEntry(entry)?.expiresAt) * 1000 <= container.clock.now();
  return entries.every((entry) => standing.has(entry) || isExpired(entry));
}

const pagesOf = (container: Container, { sealId }: Seal): Promise<Item[]> =>
  container.store.query('audit_trail', { partition: leavesOf(sealId), limit: EVERYTHING });

/** Seals the first hour behind the end that has leaves; `null` when none has, or none is over long enough. */
async function sealNext(container: Container, end: End): Promise<End | null> {
  const now = container.clock.now();
  const late = end.seal === null ? [] : await lateLeaves(container, end.seal);
  for (let hour = end.upTo; hour + HOUR_MS + TIMES.sealAfterMs <= now; hour += HOUR_MS) {
    const rows = [...late, ...(await leavesIn(container, hour))];
    if (rows.length > 0) return store(container, end, hour, rows);
  }
  return null;
}

const startOfHour = (instant: number): number => Math.floor(instant / HOUR_MS) * HOUR_MS;

/** By event id. */
function leavesIn(container: Container, hour: number): Promise<Item[]> {
  return container.store.query('audit_trail', {
    index: LEAVES_BY_HOUR,
    partition: leafHour(hour),
    limit: EVERYTHING,
  });
}

/**
 * A second look at the hour sealed last: an index is eventually consistent, and clocks differ. What came late to it goes into the
 * next seal, since no seal is ever changed.
 */
async function lateLeaves(container: Container, last: Seal): Promise<Item[]> {
  const rows = await leavesIn(container, Date.parse(last.to) - HOUR_MS);
  if (rows.length === 0) return [];
  const sealed = new Set(entriesOf(await pagesOf(container, last)));
  return rows.filter((row) => !sealed.has(entryOf(leafOf(row))));
}

/**
 * Leaves first, then the seal, put once in the place behind the last one: whoever puts it first has made it, and everybody goes on
 * from there, so the chain never forks. Leaves that no seal names are nobody's.
 */
async function store(container: Container, end: End, hour: number, rows: readonly Item[]): Promise<End> {
  const leaves = rows.map(leafOf);
  const window = {
    from: new Date(end.seal === null ? hour : end.upTo).toISOString(),
    to: new Date(hour + HOUR_MS).toISOString(),
  };
  const seal = sealOver(leaves.map(entryOf), rows.filter(isTombstone).length, window, end.seal);
  const expires = sealExpiry(seal, leaves);
  const row = sealRow(placeAfter(end.place), ownFact(container, 'AuditSealed', seal, seal.sealId), expires);
  for (const page of leafRows(seal, leaves, expires)) await container.store.put('audit_trail', page);
  return (await container.store.put('audit_trail', row, absent('fact'))) ? endFrom(row) : endOfChain(container);
}

async function publishSeal(container: Container, { place, unpublished }: End): Promise<void> {
  if (unpublished === null) return;
  await publish(container, [unpublished]);
  await container.store.change('audit_trail', sealKey(place), { set: { published: true } }, present('fact'));
}
