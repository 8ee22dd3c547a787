/**
 * Finds customer comments that no claim holds, because their webhook was never accepted, and states them; and what agents said
 * by tag that no webhook told of. Reads the helpdesk and writes nothing there; never asks a tag whether a comment was handled
 * (protocols §7).
 */
import type { Container } from '../shared/container.ts';
import { codeOf, RetryableError, SafeError, VendorError } from '../shared/errors.ts';
import { stateIfMissed } from '../shared/missed.ts';
import { ownFact } from '../shared/own-fact.ts';
import type { Ticket } from '../shared/ports.ts';
import { publish } from '../shared/publisher.ts';
import { TIMES } from '../shared/times.ts';
import { byNeed, type Candidate, commentsToAsk, windowStart } from './decide.ts';
import { pullClosedFeedback } from './feedback.ts';
import { noteRead, openTickets } from './open-tickets.ts';
import { type Reading, whenFree } from './reading.ts';

export const uses = ['directory', 'helpdesk'] as const;
export type ReconcilerContainer = Container<(typeof uses)[number]>;

export type Reconciled = {
  /** Tickets read. */
  readonly scanned: number;
  /** Comments that no claim held. */
  readonly missing: number;
  /** Of those, how many are on the bus; the sweeper states the others. */
  readonly republished: number;
};
const NOTHING: Reconciled = { scanned: 0, missing: 0, republished: 0 };

/**
 * Of the timeout, within which reads begin: two windows of the budget. Only a last read that needs both of its attempts ends
 * later than the timeout; that run is made again.
 */
const READING_SHARE = 0.7;

export function reconciler(container: ReconcilerContainer): (payload: unknown) => Promise<Reconciled> {
  return async () => {
    try {
      const { ledgerGeneration, ledgerWhole, values } = await container.flags.read();
      // What a lost ledger no longer holds was answered all the same (protocols §9).
      if (ledgerGeneration === null || ledgerWhole !== ledgerGeneration) {
        container.log('WARN', 'system.reconciler.off', { error_code: 'ledger_not_rebuilt' });
        return NOTHING;
      }
      const now = container.clock.now();
      const since = windowStart(now, TIMES.reconcileWindowMs, ledgerGeneration, values.reply_epoch);
      return await reconcile(container, since, ledgerGeneration);
    } catch (error) {
      container.log('ERROR', 'consumer.event.failed', { error_code: codeOf(error) });
      throw new SafeError(codeOf(error));
    }
  };
}

async function reconcile(container: ReconcilerContainer, since: number, generation: number): Promise<Reconciled> {
  const reading = {
    since,
    generation,
    until: container.clock.monotonic() + container.settings.timeoutMs * READING_SHARE,
  };
  let told = NOTHING;
  try {
    const { candidates, isCut, isWhole, refused } = await openTickets(container, reading);
    if (refused !== null) {
      container.log('WARN', 'system.reconciler.list_refused', { http_status: refused });
      container.metrics.count('reconciler.list_refused_total');
    }
    for (const candidate of byNeed(candidates)) {
      const found = await reconcileTicket(container, reading, candidate);
      if (found === null) break;
      told = sum(told, found);
    }
    if (!isCut) container.metrics.observe('reconciler.unread_tickets', candidates.length - told.scanned);
    // Whoever waits for an answer comes first: a list that goes on leaves no reads for what agents say of closed tickets.
    if (isWhole) await pullClosedFeedback(container, reading);
  } catch (error) {
    // A vendor that does not answer is asked again by the next run.
    if (!(error instanceof VendorError)) throw error;
    container.log('WARN', 'system.reconciler.cut_short', { error_code: codeOf(error) });
  }
  container.metrics.count('reconciler.missed_total', told.missing);
  await publish(container, [ownFact(container, 'ReconciliationCompleted', told, 'reconciler')]);
  return told;
}

/** `null` when the run has no time left. */
async function reconcileTicket(
  container: ReconcilerContainer,
  reading: Reading,
  candidate: Candidate,
): Promise<Reconciled | null> {
  const read = await whenFree(container, reading, async () => ({
    ticket: await container.helpdesk.ticket(candidate.id),
  }));
  if (read === null) return null;
  const { due, isEarly } = commentsToAsk(
    { updatedAt: candidate.updatedAt, comments: read.ticket?.comments ?? [] },
    { now: container.clock.now(), since: reading.since, graceMs: container.waits.reconcileGraceMs },
  );
  let missing = 0;
  let republished = 0;
  for (const comment of due) {
    const found = await ask(container, candidate.id, comment, read.ticket);
    if (found !== 'held') missing += 1;
    if (found === 'stated') republished += 1;
  }
  if (!isEarly) await noteRead(container, reading, candidate);
  return { scanned: 1, missing, republished };
}

/** `put`: the record is there and the bus was busy. */
async function ask(
  container: ReconcilerContainer,
  conversationId: string,
  comment: Ticket['comments'][number],
  ticket: Ticket | null,
): Promise<'held' | 'stated' | 'put'> {
  const origin = { channel: ticket?.channel ?? 'unknown', brandId: container.settings.brandId, replay: null } as const;
  try {
    const isMissed = await stateIfMissed(container, conversationId, comment, origin);
    if (!isMissed) return 'held';
    container.log('WARN', 'system.reconciler.missed', { ticket_id: conversationId, message_key: comment.id });
    return 'stated';
  } catch (error) {
    if (!(error instanceof RetryableError)) throw error;
    return 'put';
  }
}

const sum = (one: Reconciled, other: Reconciled): Reconciled => ({
  scanned: one.scanned + other.scanned,
  missing: one.missing + other.missing,
  republished: one.republished + other.republished,
});
