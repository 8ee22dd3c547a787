/** The counted table: what one message of each path asks of AWS, as it was measured and looked over (docs/cost.md). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { parse } from 'yaml';

/** Paths of messages; each message of a real run is one of them (operate/cost/path.ts). */
export const MESSAGE_PATHS = [
  'tier-0',
  'route-only',
  'unanswerable',
  'denied',
  'tier-1-reply',
  'tier-2-reply',
  'tier-2-resolve',
] as const;
export type MessagePath = (typeof MESSAGE_PATHS)[number];

/**
 * What comes on top of a path, for a message that meets it: a webhook that names no message (the look after 20 s in it), one that
 * comes again, a helpdesk that is busy once, and containers that have read neither flags nor secrets yet.
 */
export const EXTRAS = ['unnamed-message', 'duplicate-webhook', 'parked-once', 'cold-caches'] as const;
export type Extra = (typeof EXTRAS)[number];

/** What runs whether anybody writes or not, for each run of it with nothing to do. */
export const RUNS = ['sweeper', 'reconciler', 'sealer'] as const;
export type FixedRun = (typeof RUNS)[number];

const Natural = v.pipe(v.number(), v.integer(), v.minValue(0));
/** Requests, and what they cost in the service's own units: write or read units, events of 64 KB. */
const Count = v.tuple([Natural, v.pipe(v.number(), v.minValue(0))]);

const Counted = v.strictObject({
  operations: v.record(v.pipe(v.string(), v.regex(/^[a-z]+\.[A-Za-z]+( [\w:/-]+){0,2}$/)), Count),
  bytes: v.strictObject({
    /** What functions wrote to their logs, metrics in it. */
    logs: Natural,
    /** What both archives take in. */
    archived: Natural,
    /** Bytes in the archives times the days that they stay. */
    archive_byte_days: Natural,
    /** Bytes in tables and indexes times the days that they stay. */
    table_byte_days: Natural,
  }),
});
export type Counted = v.InferOutput<typeof Counted>;

const entriesOf = <const N extends string>(names: readonly N[]) =>
  Object.fromEntries(names.map((name) => [name, Counted])) as Record<N, typeof Counted>;

const sharesOf = <const N extends string>(names: readonly N[]) =>
  Object.fromEntries(names.map((name) => [name, Natural])) as Record<N, typeof Natural>;

export const Counts = v.strictObject({
  /** Commit and day of the run. */
  counted: v.pipe(v.string(), v.maxLength(80)),
  paths: v.strictObject(entriesOf(MESSAGE_PATHS)),
  extras: v.strictObject(entriesOf(EXTRAS)),
  runs: v.strictObject(entriesOf(RUNS)),
  /** Messages of the shipped set by path; `none` asked for nothing of their own. */
  mix: v.strictObject({ ...sharesOf(MESSAGE_PATHS), none: Natural }),
  /** Billed milliseconds of each function for one invocation on the machine of the run: compute, told beside the requests. */
  billed_ms: v.record(v.string(), Natural),
  /** Custom metrics seen: names with their dimensions. */
  metrics: Natural,
});
export type Counts = v.InferOutput<typeof Counts>;

export const COUNTS_FILE = join(import.meta.dirname, 'counts.yaml');

/** Throws when the table is not there or not right. */
export function shippedCounts(): Counts {
  return v.parse(Counts, parse(readFileSync(COUNTS_FILE, 'utf8')));
}
