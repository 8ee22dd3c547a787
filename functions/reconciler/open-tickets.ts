/** The open tickets that something happened to within the window, as far as the list shows them. */
import { readConversation } from '../shared/conversation/conversation.ts';
import { VendorError } from '../shared/errors.ts';
import type { TicketRow } from '../shared/helpdesk/richpanel-directory.ts';
import { expiresAt } from '../shared/ledger/keys.ts';
import { CAPS, TIMES } from '../shared/times.ts';
import type { Candidate } from './decide.ts';
import { stateFeedbackOn } from './feedback.ts';
import type { ReconcilerContainer } from './handler.ts';
import { type Reading, whenFree } from './reading.ts';

export type OpenTickets = {
  readonly candidates: readonly Candidate[];
  /** No time was left for the list: what is no candidate may not have been read. */
  readonly isCut: boolean;
  /** The list was read to its end, or to where it leaves the window. */
  readonly isWhole: boolean;
  /** What the list's refusal was answered with; `null` where it was read. */
  readonly refused: 403 | 404 | null;
};

/** Rows are compared with what was read before: a ticket that has not changed since costs no further read. */
export async function openTickets(container: ReconcilerContainer, reading: Reading): Promise<OpenTickets> {
  const { since } = reading;
  const query = { status: 'OPEN', sortKey: 'updated_at', order: 'DESC', updatedAfter: since } as const;
  const candidates = new Map<string, Candidate>();
  let next: number | null = 1;
  let isPast = false;
  for (let pages = 0; next !== null && pages < CAPS.reconcilePages; pages += 1) {
    const page: number = next;
    const list = await whenFree(container, reading, () => container.directory.tickets(query, page));
    if (list === null) return { candidates: [...candidates.values()], isCut: true, isWhole: false, refused: null };
    if (list.kind === 'unavailable')
      return { candidates: [...candidates.values()], isCut: false, isWhole: false, refused: list.status };
    // Filter and order are unproven (reference §3.2c): rows are looked at, and none ends the list by itself.
    for (const row of list.rows.filter((row) => isOfWindow(row, since))) {
      const candidate = await candidateOf(container, reading, row);
      if (!candidate) continue;
      // Not noted as read where what an agent says of it could not be stated.
      const isTold = await stateFeedbackOn(container, row);
      candidates.set(row.id, isTold ? candidate : { ...candidate, updatedAt: null });
    }
    if (candidates.size >= CAPS.reconcileCandidates) break;
    isPast = list.rows.length > 0 && list.rows.every((row) => row.updatedAt !== null && row.updatedAt < since);
    if (isPast) break;
    next = list.next;
  }
  return { candidates: [...candidates.values()], isCut: false, isWhole: isPast || next === null, refused: null };
}

function isOfWindow({ status, updatedAt }: TicketRow, since: number): boolean {
  return status === 'open' && (updatedAt === null || updatedAt >= since);
}

async function candidateOf(
  container: ReconcilerContainer,
  { generation }: Pick<Reading, 'generation'>,
  { id, updatedAt }: TicketRow,
): Promise<Candidate | null> {
  try {
    const read = await container.store.get('vendor_limits', { bucket: readKey(id) });
    if (updatedAt !== null && read?.updated_at === updatedAt && Number(read.generation ?? 1) === generation)
      return null;
    return { id, updatedAt, latestSeq: (await readConversation(container, id)).latestSeq };
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    // One of hundreds: the ticket is read once more for nothing, rather than no other at all.
    return { id, updatedAt, latestSeq: null };
  }
}

/** Notes that the ticket was read as it stood then. */
export async function noteRead(
  container: ReconcilerContainer,
  { generation }: Pick<Reading, 'generation'>,
  { id, updatedAt }: Candidate,
): Promise<void> {
  if (updatedAt === null) return;
  const now = container.clock.now();
  await container.store.put('vendor_limits', {
    bucket: readKey(id),
    updated_at: updatedAt,
    generation,
    expires_at: expiresAt(now, TIMES.reconcileWindowMs),
  });
}

const readKey = (id: string): string => `richpanel#read#${id}`;
