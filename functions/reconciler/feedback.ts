/** Agents' feedback tags on the rows of the ticket list: no ticket is read for them (platform §9.6, "else daily pull"). */
import { feedbackIn } from '../../events/feedback.ts';
import { codeOf, RetryableError, VendorError } from '../shared/errors.ts';
import { stateFeedback } from '../shared/feedback.ts';
import type { TicketRow } from '../shared/helpdesk/richpanel-directory.ts';
import { expiresAt } from '../shared/ledger/keys.ts';
import { CAPS, TIMES } from '../shared/times.ts';
import type { ReconcilerContainer } from './handler.ts';
import { type Reading, whenFree } from './reading.ts';

const PULLED = { bucket: 'richpanel#feedback' };

/** Agents tag a ticket and close it: those are on no list of open ones. Once a day, as far as the run has time. */
export async function pullClosedFeedback(container: ReconcilerContainer, reading: Reading): Promise<void> {
  const now = container.clock.now();
  const pulled = Number((await container.store.get('vendor_limits', PULLED))?.pulled_at ?? 0);
  if (now - pulled < TIMES.feedbackPullMs) return;
  const since = Math.max(pulled, now - 2 * TIMES.feedbackPullMs);
  const query = { status: 'CLOSED', sortKey: 'updated_at', order: 'DESC', updatedAfter: since } as const;
  let isTold = true;
  let next: number | null = 1;
  for (let pages = 0; next !== null && pages < CAPS.reconcilePages; pages += 1) {
    const page: number = next;
    const list = await whenFree(container, reading, () => container.directory.tickets(query, page));
    if (list === null) return;
    if (list.kind === 'unavailable') break;
    const rows = list.rows.filter(({ updatedAt }) => updatedAt === null || updatedAt >= since);
    for (const row of rows) isTold = (await stateFeedbackOn(container, row)) && isTold;
    if (rows.length === 0) break;
    next = list.next;
  }
  if (!isTold) return;
  const expires_at = expiresAt(now, 2 * TIMES.feedbackPullMs);
  await container.store.put('vendor_limits', { ...PULLED, pulled_at: now, expires_at });
}

/** `false` where the bus or a table was busy: the next run is to come to the tag again. */
export async function stateFeedbackOn(container: ReconcilerContainer, row: TicketRow): Promise<boolean> {
  const { id, channel, updatedAt } = row;
  const appliedAt = updatedAt ?? container.clock.now();
  try {
    for (const feedback of feedbackIn(row.tags))
      await stateFeedback(container, feedback, { conversationId: id, channel, appliedAt });
    return true;
  } catch (error) {
    if (!(error instanceof RetryableError || error instanceof VendorError)) throw error;
    container.log('WARN', 'system.reconciler.cut_short', { error_code: codeOf(error) });
    return false;
  }
}
