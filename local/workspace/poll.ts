/** Where no webhook comes: looks at the ticket list now and then, and tells our own door which tickets changed. */
import { setTimeout as sleep } from 'node:timers/promises';
import { identifierOf, type Raw } from '../../functions/shared/helpdesk/shapes.ts';
import { type Listing, listRows } from './listing.ts';
import type { WorkspaceReader } from './reader.ts';

export type Poll = { stop(): Promise<void>; ticketNumber(id: string): number | undefined };

export type PollSettings = {
  readonly reader: WorkspaceReader;
  readonly everyMs: number;
  /** Tickets that changed before are of no interest, but for the newest ones of the first look. Epoch milliseconds. */
  readonly since: number;
  /** How many older ones the first look takes along, so that there is something to see. */
  readonly backlog: number;
  readonly announce: (ticketId: string) => Promise<void>;
  readonly tell: (line: string) => void;
};

type Changes =
  | { readonly ok: true; readonly rows: readonly Raw[]; readonly isReached: boolean }
  | Extract<Listing, { ok: false }>;

/** Of 100 rows: of more changes than this between two looks, the next ones go on with the older. */
const PAGES = 3;
/** Further down nobody looks: a list that has no end must not be read for ever. */
const MOST_PAGES = 100;
/** A look begins this much earlier than the last one ended, since clocks and lists lag. */
const OVERLAP_MS = 120_000;
const MOST_KNOWN = 20_000;
const MOST_NUMBERS = 5_000;
const PATH = '/tickets?status=OPEN&sortKey=updated_at&order=DESC';

const REFUSED: Readonly<Record<string, string>> = {
  forbidden:
    'this key may not list tickets (403), so polling finds nothing: ask Richpanel to allow it for the key, or let an HTTP Target call the webhook (`npx frontdesk connect richpanel` says how)',
  unauthorised: 'the key is refused (401): make a new one in Richpanel, set RICHPANEL_API_KEY and start again',
  unreadable: 'the ticket list is not what the API answers (HTML or empty): check RICHPANEL_BASE_URL',
  too_many:
    'more than 10,000 tickets changed since the last look: the older of them are not seen until they change again',
  busy: 'the share of the rate limit is used up; the next look comes later',
};

export function startPoll({ reader, everyMs, since, backlog, announce, tell }: PollSettings): Poll {
  const end = new AbortController();
  /** What was announced, by id and time of change. */
  const known = new Map<string, string>();
  const numbers = new Map<string, number>();
  let from = since;
  /** Changes that a look did not get down to: since when, and the page to go on with. */
  let rest: { readonly from: number; readonly page: number } | null = null;
  let isFirst = true;
  let lastTrouble: string | null = null;

  async function look(): Promise<void> {
    const began = Date.now();
    const left = rest;
    const newest = await changesSince(from, 1);
    if (!newest.ok) return complain(newest.why);
    lastTrouble = null;
    // Below one that was told there is nothing new: it was looked at, or is what is left.
    const isReached = newest.isReached || isTold(newest.rows[0] ?? {});
    const older = isFirst && backlog > 0 ? newest.rows.filter((row) => changedAt(row) < from).slice(-backlog) : [];
    await tellOfAll([...older, ...newest.rows.filter((row) => changedAt(row) >= from)]);
    isFirst = false;
    // What changes goes to the top, so what was not reached lies below the last page; read again, since rows may leave.
    if (!isReached) rest = { from: Math.min(from, left?.from ?? from), page: PAGES };
    from = Math.max(since, began - OVERLAP_MS);
    if (left !== null && isReached) await goOn(left);
  }

  async function goOn(left: { readonly from: number; readonly page: number }): Promise<void> {
    const changes = await changesSince(left.from, left.page);
    if (!changes.ok) return complain(changes.why);
    await tellOfAll(changes.rows.filter((row) => changedAt(row) >= left.from));
    const page = left.page + PAGES - 1;
    rest = changes.isReached || page > MOST_PAGES ? null : { from: left.from, page };
    if (!changes.isReached && rest === null) complain('too_many');
  }

  /** The oldest first. */
  async function changesSince(start: number, firstPage: number): Promise<Changes> {
    const listing = await listRows(reader, PATH, ['ticket', 'tickets'], {
      pages: PAGES,
      firstPage,
      enough: (rows) => changedAt(rows.at(-1) ?? {}) < start,
    });
    if (!listing.ok) return listing;
    for (const row of listing.rows) keepNumber(row);
    const isReached = listing.isComplete || changedAt(listing.rows.at(-1) ?? {}) < start;
    return { ok: true, rows: listing.rows.toSorted((a, b) => changedAt(a) - changedAt(b)), isReached };
  }

  async function tellOfAll(rows: readonly Raw[]): Promise<void> {
    for (const row of rows) {
      if (end.signal.aborted) return;
      await tellOf(row);
    }
  }

  function isTold(row: Raw): boolean {
    return known.get(identifierOf(row.id) ?? '') === String(row.updated_at ?? '');
  }

  async function tellOf(row: Raw): Promise<void> {
    const id = identifierOf(row.id) ?? '';
    const change = String(row.updated_at ?? '');
    if (isTold(row)) return;
    await announce(id);
    known.delete(id);
    known.set(id, change);
    if (known.size > MOST_KNOWN) known.delete(known.keys().next().value ?? '');
  }

  function keepNumber(row: Raw): void {
    const number = Number(row.conversation_no);
    if (!Number.isSafeInteger(number) || number <= 0) return;
    numbers.set(identifierOf(row.id) ?? '', number);
    if (numbers.size > MOST_NUMBERS) numbers.delete(numbers.keys().next().value ?? '');
  }

  /** Once for each kind of trouble, not at every look. */
  function complain(why: string): void {
    if (why !== lastTrouble)
      tell(REFUSED[why] ?? `the ticket list could not be read (${why}); the next look comes later`);
    lastTrouble = why;
  }

  async function run(): Promise<void> {
    while (!end.signal.aborted) {
      await look().catch(() => complain('unexpected'));
      await sleep(everyMs, undefined, { signal: end.signal }).catch(() => undefined);
    }
  }
  const running = run();
  return {
    ticketNumber: (id) => numbers.get(id),
    async stop() {
      end.abort();
      await running;
    },
  };
}

/** Epoch milliseconds; a row without a time counts as new. */
function changedAt(row: Raw): number {
  const at = Date.parse(String(row.updated_at ?? row.created_at ?? ''));
  return Number.isFinite(at) ? at : Number.POSITIVE_INFINITY;
}
