/** What follows the outcome of a reply: resolve where the reply announced it, and the route that waited for it. */
import type { Outcome } from '../../../events/words.ts';
import { mayAutoClose } from '../../../policy/template-choice.ts';
import { decided } from '../../shared/consumer/consumer.ts';
import type { Envelope } from '../../shared/envelopes.ts';
import type { Decided } from '../../shared/ledger/claims.ts';
import { resolveKey } from '../../shared/ledger/keys.ts';
import { rememberFlow } from '../pending-flow.ts';
import { addExplanation } from '../register.ts';
import { writeWaitingRoute } from '../waiting-route.ts';
import type { Approved, ReplyContext } from './handler.ts';
import { resolveTicket } from './resolve.ts';

/** The facts of this attempt: the outcome as stored, then what it leads to. Safe to repeat. */
export async function afterOutcome(
  event: Approved,
  context: ReplyContext,
  outcome: Envelope,
  escalations: readonly Envelope[],
): Promise<Decided> {
  const facts: Envelope[] = [outcome, ...escalations];
  const name = outcome.metadata.eventName;
  const reply: Outcome = name === 'ReplySent' ? 'replied' : name === 'ReplyFailed' ? 'failed' : 'suppressed';
  await rememberFlow(context.container, event, outcome);
  if (reply === 'failed') await tagFailure(event, context);
  const resolved =
    reply === 'replied' && event.data.autoCloseEligible && mayAutoClose(event.data.templateId)
      ? await resolveTicket(event, context)
      : null;
  if (resolved) facts.push(resolved);
  const closing = resolved
    ? { resolve: resolveKey(event.metadata.conversationId ?? '', event.data.answersCommentId) }
    : {};
  if (event.data.candidate.route.when !== 'afterReply') return decided(facts, { reply, ...closing });
  if (resolved) return decided(facts, { reply, route: 'routed', ...closing });
  const { conversationId, conversationSeq } = event.metadata;
  const { decisionId, tier, candidate } = event.data;
  const waited = await writeWaitingRoute(context, event.metadata, {
    conversationId,
    conversationSeq,
    decisionId,
    tier,
    route: candidate.route,
  });
  return decided([...facts, ...waited.facts], { reply, ...waited.notes });
}

/** A reply that failed or whose outcome is unknown: a person answers. */
async function tagFailure(event: Approved, { container }: ReplyContext): Promise<void> {
  const path = event.metadata.channel === 'email' ? ['mw-send-message-failed'] : [];
  await addExplanation(container, event.metadata.conversationId ?? '', [
    'mw-send-failed',
    'mw-needs-manual-triage',
    ...path,
  ]);
}
