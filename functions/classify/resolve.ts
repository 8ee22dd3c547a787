/** From a root to its verdict: read, claim, plan; then decide, wait, or find nothing to do (protocols §3). */

import { timesParkedFor } from '../shared/consumer/delivery.ts';
import { readConversation } from '../shared/conversation/conversation.ts';
import { codeOf, RetryableError } from '../shared/errors.ts';
import { timeOfUlid } from '../shared/ids.ts';
import { announcedOf, type Decided, decidedTurn, rootOfClaim } from '../shared/ledger/claims.ts';
import { consumerKey } from '../shared/ledger/keys.ts';
import { isTakenOver, readMessage, recordKeyOf } from '../shared/ledger/messages.ts';
import type { Ticket } from '../shared/ports.ts';
import { readComment } from '../shared/reading/labels.ts';
import { nth, TIMES } from '../shared/times.ts';
import { decideTurn } from './decide-turn.ts';
import { classificationFailed } from './failed.ts';
import { type ClassifyContext, namedComment, type Root, settledAs } from './handler.ts';
import { type Claims, claimTurn, isStale, readClaims } from './standing.ts';
import { planTurn, readTurn } from './turn.ts';

const STALE_READ = 'stale_read';

/** Throws `RetryableError` while the root has to wait; the wrapper parks it. */
export async function resolveTurn(root: Root, context: ClassifyContext): Promise<Decided> {
  const { container } = context;
  const me = root.metadata.eventId;
  const conversationId = root.metadata.conversationId ?? '';
  const ticket = await fetchContext(container, conversationId);
  if (!ticket) return stale(root, context, 'ticket_not_found');
  const digester = await container.digests();
  const conversation = await readConversation(container, conversationId);
  const since = lookBack(root, ticket, conversation.lastTurnSeq);
  const reading = readTurn(
    ticket.comments,
    (comment) => digester.conversationSeq(comment.createdAt, comment.id),
    since,
  );
  const claims = await readClaims(container, conversationId, reading.customer, me);
  const present = new Set(ticket.comments.map(({ id }) => id));
  if (isStale(context.record, namedComment(root), reading.customer, present, claims, me))
    return stale(root, context, STALE_READ);
  const holders = await claimTurn(context, conversationId, reading, claims, {
    eventId: me,
    recordKey: recordKeyOf(root.metadata),
  });
  const newest = reading.customer.at(-1);
  const newestRoot = newest ? claims.roots.get(newest.comment.id) : undefined;
  const plan = planTurn(reading, {
    holderOf: (id) => holders.get(id) ?? 'nobody',
    isDecided: (id) => claims.decided.has(id),
    newestOwnerDecided: newestRoot !== undefined && claims.decidedRoots.has(newestRoot),
    isStrong: ({ comment }) => readComment(comment).strength === 'strong',
  });
  switch (plan.do) {
    case 'wait':
      throw new RetryableError('awaiting_turn');
    case 'superseded':
      return settledAs([nothing(root, context, 'superseded', plan.by)], 'suppressed', { turn: [] });
    case 'nothing':
      if (!isDecidedElsewhere(root, claims)) secondLook(context);
      return settledAs([nothing(root, context, plan.verdict, plan.by)], 'suppressed', { turn: [] });
    case 'decide':
      // "The operator wrote last" is a verdict of "nothing to answer" and rests on no single read.
      if (plan.operatorNewest) secondLook(context);
      return decideTurn(root, context, {
        ticket,
        reading,
        turn: plan.turn,
        answers: plan.answers,
        operatorNewest: plan.operatorNewest,
        mayAnswer: true,
        conversation,
      });
    case 'decide_own':
      return decideTurn(root, context, {
        ticket,
        reading,
        turn: plan.turn,
        answers: plan.answers,
        operatorNewest: null,
        mayAnswer: false,
        conversation,
      });
  }
}

/** Reads the ticket, and tells how it went. */
async function fetchContext({ helpdesk, log, trace, clock }: ClassifyContext['container'], conversationId: string) {
  const began = clock.monotonic();
  const told = { ticket_id: conversationId, vendor: 'richpanel', operation: 'ticket' } as const;
  const latency = () => Math.round(clock.monotonic() - began);
  try {
    const ticket = await trace('classify.fetch_context', {}, () => helpdesk.ticket(conversationId));
    log('INFO', 'classify.context.fetch.success', { ...told, latency_ms: latency() });
    return ticket;
  } catch (error) {
    log('ERROR', 'classify.context.fetch.failed', { ...told, error_code: codeOf(error), latency_ms: latency() });
    throw error;
  }
}

/** The one comment that a named root stands for stands in the stored turn of another: the ledger says so, and no read of the ticket. */
function isDecidedElsewhere(root: Root, { decided }: Claims): boolean {
  const named = namedComment(root);
  return named !== null && decided.has(named);
}

/** Nothing could be read or classified in time: the fallback routes it to people, unless it has been routed. */
export async function givenUp(root: Root, context: ClassifyContext, code: string): Promise<Decided> {
  return (await isLeftToAnother(root, context))
    ? settledAs([nothing(root, context, 'duplicate', null)], 'suppressed', { turn: [] })
    : classificationFailed(root, context, code);
}

/**
 * Its one comment stands in the stored turn of another root, which has routed it, and it has begun to claim no other: whoever
 * comes back late, or by a replay, writes nothing. What the ledger says needs no read of the ticket.
 */
async function isLeftToAnother(root: Root, { container, claimKey }: ClassifyContext): Promise<boolean> {
  const named = namedComment(root);
  const record = named === null ? null : await readMessage(container, recordKeyOf(root.metadata));
  const holder = isTakenOver(record) ? rootOfClaim(record) : null;
  if (named === null || holder === null) return false;
  const turn = await decidedTurn(container, consumerKey('classify', 'classify', holder));
  if (!turn?.includes(named)) return false;
  return announcedOf((await container.store.get('idempotency', { key: claimKey })) ?? {}).length === 0;
}

/** `last_turn_seq` − 24 h only bounds how far back to look; an older newest comment is looked at all the same. */
function lookBack(root: Root, ticket: Ticket, lastTurnSeq: string | null): number {
  const receivedAt = Date.parse(root.metadata.receivedAt ?? root.metadata.occurredAt);
  const newest = ticket.comments
    .filter(({ author }) => author === 'customer')
    .reduce<number>((latest, { createdAt }) => Math.max(latest, createdAt), 0);
  const named = ticket.comments.find(({ id }) => id === namedComment(root))?.createdAt ?? receivedAt;
  const base = lastTurnSeq === null ? receivedAt : timeOfUlid(lastTurnSeq);
  return Math.min(base, newest === 0 ? base : newest, named) - TIMES.lookBackMs;
}

/** What the read lacks is waited for 5 s, 30 s, 2 min, 10 min, then manual triage; waits for anything else do not count. */
function stale(root: Root, context: ClassifyContext, code: string): Promise<Decided> {
  const { staleReadMs } = context.container.waits;
  const waits = timesParkedFor(context.parked, STALE_READ);
  if (waits < staleReadMs.length) throw new RetryableError(STALE_READ, nth(staleReadMs, waits));
  return givenUp(root, context, code);
}

/**
 * Final is what a second read says, by the copy that waited for it: 20 s after a first read that said the same, so 20 s
 * after receipt or later, whatever a clock shows.
 */
function secondLook({ parked, container }: ClassifyContext): void {
  if (parked?.code !== 'second_look') throw new RetryableError('second_look', container.waits.secondLookMs);
}

function nothing(
  root: Root,
  context: ClassifyContext,
  verdict: 'duplicate' | 'superseded' | 'empty_turn',
  by: string | null,
) {
  context.container.log('INFO', 'system.idempotency.duplicate_event_detected', {
    ticket_id: root.metadata.conversationId,
    result: 'skipped',
  });
  if (verdict === 'superseded') context.container.metrics.count('sequence.superseded_total');
  return context.state('MessageDeduplicated', {
    duplicateOfKey: by,
    verdict,
    reasonCodes: verdict === 'superseded' ? ['superseded_by_newer_message'] : [],
  });
}
