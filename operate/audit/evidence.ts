/** What `audit verify` judges: the rows of the trail, what the archives hold, and what is on its way from the one to the other. */
import type { AnyEvent } from '../../events/define-event.ts';
import type { Item } from '../../functions/shared/store/language.ts';

/** One moment of all of it. */
export type Evidence = {
  /** Every row of the table `audit_trail`. */
  readonly rows: readonly Item[];
  readonly archive: Archive;
  /** Ids of facts that are published and that the auditor has not finished with, or not been able to. */
  readonly underWay: ReadonlySet<string>;
  /** Epoch milliseconds. */
  readonly now: number;
};

export type Archive = {
  /** By event id, as the auditor would record them. */
  readonly facts: ReadonlyMap<string, ArchivedFact>;
  /** Published since then (epoch milliseconds), every fact is in it; of decisions and outcomes that is longer ago. */
  readonly holdsAllSince: number;
  readonly holdsFactsSince: number;
};

export type ArchivedFact = {
  readonly conversationId: string | null;
  readonly occurredAt: string;
  /** SHA-256 of each copy: two copies of one event may differ in `publishedAt` (protocols §1). */
  readonly copies: readonly string[];
  /** Whole, of seals and deletions alone. */
  readonly whole: AnyEvent | null;
};

/** The first thing that is wrong somewhere; `at` orders them (RFC 3339). */
export type Break = { readonly at: string; readonly link: string; readonly why: string };

export const textOf = (row: Item, name: string): string => (typeof row[name] === 'string' ? String(row[name]) : '');

/** Exactly these attributes, and perhaps those. */
export function hasOnly(row: Item, wanted: readonly string[], perhaps: readonly string[] = []): boolean {
  const names = Object.keys(row);
  return wanted.every((name) => names.includes(name)) && names.every((name) => [...wanted, ...perhaps].includes(name));
}
