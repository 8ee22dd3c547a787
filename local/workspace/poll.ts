/** Where no webhook comes: looks at the ticket list now and then, and tells our own door which tickets changed. */
import { setTimeout as sleep } from 'node:timers/promises';
import { identifierOf, type Raw } from '../../functions/shared/helpdesk/shapes.ts';
import { listRows } from './listing.ts';
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

/** Of 100 rows: more changes than this between two looks are seen by the next. */
const PAGES = 3;
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
  busy: 'the share of the rate limit is used up; the next look comes later',
};

export function startPoll({ reader, everyMs, since, backlog, announce, tell }: PollSettings): Poll {
  const end = new AbortController();
  /** What was announced, by id and time of change. */
  const known = new Map<string, string>();
  const numbers = new Map<string, number>();
  let from = since;
  let isFirst = true;
  let lastTrouble: string | null = null;

  async function look(): Promise<void> {
    const began = Date.now();
    const listing = await listRows(reader, PATH, ['ticket', 'tickets'], {
      pages: PAGES,
      enough: (rows) => changedAt(rows.at(-1) ?? {}) < from,
    });
    if (!listing.ok) return complain(listing.why);
    lastTrouble = null;
    const rows = listing.rows.toSorted((a, b) => changedAt(a) - changedAt(b));
    for (const row of rows) keepNumber(row);
    const older = isFirst && backlog > 0 ? rows.filter((row) => changedAt(row) < from).slice(-backlog) : [];
    for (const row of [...older, ...rows.filter((one) => changedAt(one) >= from)]) {
      if (end.signal.aborted) return;
      await tellOf(row);
    }
    isFirst = false;
    from = Math.max(since, began - OVERLAP_MS);
  }

  async function tellOf(row: Raw): Promise<void> {
    const id = identifierOf(row.id) ?? '';
    const change = String(row.updated_at ?? '');
    if (known.get(id) === change) return;
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
