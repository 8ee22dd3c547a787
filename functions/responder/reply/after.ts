/** What follows the outcome of a reply: resolve where the reply announced it, and the route that waited for it. */
import type { Decision, DecisionInput } from '../../../events/decision.ts';
import type { Outcome, ReasonCode } from '../../../events/words.ts';
import { mayAutoClose } from '../../../policy/template-choice.ts';
import { decided } from '../../shared/consumer/consumer.ts';
import type { Envelope } from '../../shared/envelopes.ts';
import type { Decided } from '../../shared/ledger/claims.ts';
import { resolveKey } from '../../shared/ledger/keys.ts';
import { noteOf } from '../note.ts';
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
  const failureTags = reply === 'failed' ? await tagFailure(event, context) : [];
  const resolved =
    reply === 'replied' && event.data.autoCloseEligible && mayAutoClose(event.data.templateId)
      ? await resolveTicket(event, context)
      : null;
  const note = await noteAbout(event, context, outcome, resolved !== null, failureTags);
  if (resolved) facts.push(resolved);
  const closing = resolved
    ? { resolve: resolveKey(event.metadata.conversationId ?? '', event.data.answersCommentId) }
    : {};
  if (event.data.candidate.route.when !== 'afterReply') return decided(facts, { reply, ...closing, ...note });
  if (resolved) return decided(facts, { reply, route: 'routed', ...closing, ...note });
  const { conversationId, conversationSeq } = event.metadata;
  const { decisionId, tier, candidate } = event.data;
  const waited = await writeWaitingRoute(context, event.metadata, {
    conversationId,
    conversationSeq,
    decisionId,
    tier,
    route: candidate.route,
  });
  return decided([...facts, ...waited.facts], { reply, ...waited.notes, ...note });
}

/** A reply that failed or whose outcome is unknown: a person answers. */
async function tagFailure(event: Approved, { container }: ReplyContext): Promise<readonly string[]> {
  const path = event.metadata.channel === 'email' ? ['mw-send-message-failed'] : [];
  const tags = ['mw-send-failed', 'mw-needs-manual-triage', ...path];
  await addExplanation(container, event.metadata.conversationId ?? '', tags);
  return tags;
}

async function noteAbout(
  event: Approved,
  { container }: ReplyContext,
  { metadata, data }: Envelope,
  isResolved: boolean,
  failureTags: readonly string[],
): ReturnType<typeof noteOf> {
  const decision = (data.decision ?? event.data.decision) as Decision;
  const isSent = metadata.eventName === 'ReplySent';
  const isGone = metadata.eventName === 'ReplyFailed' && data.outcome === 'unknown';
  const { route } = event.data.candidate;
  return noteOf(container, {
    decision,
    input: (data.input ?? event.data.input) as DecisionInput,
    reply: isResolved ? 'resolved' : isSent ? 'sent' : isGone ? 'gone' : 'none',
    templateId: event.data.templateId,
    team: isResolved ? null : (decision.team ?? route.department),
    reasonCode: (data.reasonCode ?? decision.reasonCodes[0] ?? null) as ReasonCode | null,
    ...(typeof data.errorCode === 'string' && { errorCode: data.errorCode }),
    tags: [...route.tags, ...failureTags, ...(Array.isArray(data.tagsAdded) ? data.tagsAdded.map(String) : [])].filter(
      (tag) => !(isResolved && tag.startsWith('route-')),
    ),
  });
}
