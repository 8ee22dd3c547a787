/**
 * Records of the trail as leaves. A leaf is a salted hash of its record: it proves what was recorded, and says nothing of it once
 * record and salt are destroyed (architecture §8).
 */
import { createHash } from 'node:crypto';
import { canonicalJson } from '../envelopes.ts';
import type { Item } from '../store/language.ts';

export const HOUR_MS = 3_600_000;

/** What a seal lists of a record. The end of its life is part of it, so that nobody can call expired what was taken away. */
export type Leaf = {
  readonly eventId: string;
  /** Epoch seconds. */
  readonly expiresAt: number;
  /** Salted SHA-256, hex. */
  readonly hash: string;
};

/** Partition of the index in which the leaves of an hour stand: that of writing them down, whatever they date from. */
export const leafHour = (now: number): string => `hour#${new Date(now).toISOString().slice(0, 13)}`;

/** The hour's end, epoch milliseconds; NaN where it is none. */
export const endOfHour = (hour: string): number => Date.parse(`${hour.replace(/^hour#/, '')}:00:00.000Z`) + HOUR_MS;

/** @param salt  fresh, at random, kept nowhere but in the record */
export function withLeaf(record: Item, salt: string): Item {
  return { ...record, leaf_salt: salt, leaf: hashOf(record, salt) };
}

/** What the record's leaf must be: every attribute but the leaf itself is in it. */
export function leafHashOf({ leaf: _, leaf_salt: salt, ...record }: Item): string {
  return hashOf(record, String(salt));
}

function hashOf(record: Item, salt: string): string {
  return createHash('sha256').update(salt).update(canonicalJson(record)).digest('hex');
}

/** Of a record, or of the tombstone that an erased one leaves. */
export function leafOf({ event_id, expires_at, leaf_expires_at, leaf }: Item): Leaf {
  return { eventId: String(event_id), expiresAt: Number(leaf_expires_at ?? expires_at), hash: String(leaf) };
}

/** As it stands in a seal, and goes into its tree. */
export const entryOf = ({ eventId, expiresAt, hash }: Leaf): string => `${eventId} ${expiresAt} ${hash}`;

/** `null` for what `entryOf` has not written. */
export function parseEntry(entry: string): Leaf | null {
  const [, eventId = '', expiresAt = '', hash = ''] = /^(\S+) (\d+) ([0-9a-f]{64})$/.exec(entry) ?? [];
  return eventId === '' ? null : { eventId, expiresAt: Number(expiresAt), hash };
}

export const isTombstone = ({ erased_at }: Item): boolean => erased_at !== undefined;
