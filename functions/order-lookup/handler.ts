/** Finds the one order that may be spoken of, and puts its facts into the vault. Never writes to the helpdesk. */

import type { Candidate } from '../../events/decision.ts';
import type { MessageClassified } from '../../events/message-classified.ts';
import { type Matched, matchOrder, type NotMatched } from '../../policy/orders/link.ts';
import { consumer } from '../shared/consumer/consumer.ts';
import { type Context, decided, NOTHING } from '../shared/consumer/definition.ts';
import type { Envelope } from '../shared/envelopes.ts';
import { VendorError } from '../shared/errors.ts';
import { restrict } from '../shared/restricted.ts';
import { shopOf } from '../shared/shop.ts';
import { keepOrderFacts } from '../shared/vault/vault.ts';
import { findOrder, type MatchMethod } from './find.ts';

type Produces = 'OrderMatched' | 'OrderNotMatched' | 'OrderLookupFailed';
export type LookupContext = Context<'orders' | 'helpdesk' | 'digests' | 'cipher', Produces>;

/** States a match, no match or a failed look-up for a Tier 2 candidate. */
export const orderLookup = consumer({
  name: 'order-lookup',
  consumes: ['MessageClassified'],
  produces: ['OrderMatched', 'OrderNotMatched', 'OrderLookupFailed'],
  uses: ['orders', 'helpdesk', 'digests', 'cipher'],
  hasEffects: true,
  budgetMs: ({ metadata }, waits) => (metadata.channel === 'livechat' ? waits.replyAgeLivechatMs : waits.replyAgeMs),
  async handle(event, context) {
    const { candidate } = event.data;
    if (candidate?.tierCandidate !== 2) return NOTHING;
    try {
      return decided([await lookUp(event, candidate, context)]);
    } catch (error) {
      if (error instanceof VendorError && !error.retryable)
        return decided([failed(candidate, context, error.kind, false)]);
      throw error;
    }
  },
  async onBudget(event, context, code) {
    const { candidate } = event.data;
    return candidate?.tierCandidate === 2 ? decided([failed(candidate, context, code, true)]) : NOTHING;
  },
});

/** A look-up waits while the reply could still be in time (protocols §5). */
async function lookUp(event: MessageClassified, candidate: Candidate, context: LookupContext): Promise<Envelope> {
  const { container } = context;
  const conversationId = event.metadata.conversationId ?? '';
  const flags = await container.flags.read();
  const shop = shopOf(container.config, flags);
  const began = container.clock.monotonic();
  const mayProve = flags.values.order_match_verified_enabled;
  const found = await container.trace('order_lookup.fetch', {}, () =>
    findOrder(container, conversationId, candidate, shop, { mayProve }),
  );
  if (found.kind === 'found' && found.match.linkage.kind === 'linked')
    container.log('INFO', 'vendor.richpanel.order.fetch.success', {
      ticket_id: conversationId,
      vendor: 'richpanel',
      operation: 'order',
      latency_ms: Math.max(0, Math.round(container.clock.monotonic() - began)),
    });
  if (found.kind === 'unreadable') return failed(candidate, context, 'unreadable_answer', false);
  if (found.kind === 'refused') return notMatched(found.outcome, candidate, context);
  const match = matchOrder({
    ...found.match,
    asOf: event.metadata.commentCreatedAt ?? event.metadata.occurredAt,
    transit: shop.transit,
    days: shop.days,
  });
  return match.kind === 'matched'
    ? matched(match, found.method, candidate, conversationId, context)
    : notMatched(match, candidate, context);
}

async function matched(
  match: Matched,
  matchMethod: MatchMethod,
  candidate: Candidate,
  conversationId: string,
  context: LookupContext,
): Promise<Envelope> {
  const { container } = context;
  const digester = await container.digests();
  const kept = await keepOrderFacts(container, conversationId, candidate.answersCommentId, restrict(match.facts));
  container.log('INFO', 'vendor.richpanel.order_link.lookup.success', {
    ticket_id: conversationId,
    vendor: 'richpanel',
    operation: 'order_link',
    result: 'success',
  });
  container.metrics.count('order_lookup.matched_total');
  return context.state('OrderMatched', {
    decisionId: candidate.decisionId,
    candidate,
    matchMethod,
    matchCount: 1,
    ...match.labels,
    factsFetchedAt: match.facts.fetchedAt,
    orderRefHash: digester.digest('order-ref', match.facts.orderRef),
    contextRef: kept.ref,
    contextExpiresAt: new Date(kept.expiresAt).toISOString(),
  });
}

function notMatched(match: NotMatched, candidate: Candidate, context: LookupContext): Envelope {
  context.container.log('INFO', 'vendor.richpanel.order_link.lookup.empty', {
    vendor: 'richpanel',
    operation: 'order_link',
    result: 'success',
    error_code: match.reason,
    reason_codes: match.reasonCodes,
  });
  context.container.metrics.count('order_lookup.not_matched_total');
  return context.state('OrderNotMatched', {
    decisionId: candidate.decisionId,
    candidate,
    reason: match.reason,
    missingFields: [...match.missingFields],
    reasonCodes: [...match.reasonCodes],
  });
}

function failed(candidate: Candidate, context: LookupContext, errorCode: string, retryable: boolean): Envelope {
  context.container.log('ERROR', 'vendor.richpanel.order.fetch.failed', {
    vendor: 'richpanel',
    operation: 'order',
    result: 'failed',
    error_code: errorCode,
  });
  context.container.metrics.count('order_lookup.failed_total');
  return context.state('OrderLookupFailed', {
    decisionId: candidate.decisionId,
    candidate,
    vendor: 'richpanel',
    errorCode,
    attempts: (context.parked?.count ?? 0) + 1,
    retryable,
  });
}
