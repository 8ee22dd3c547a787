/** What follows the outcome of a reply: resolve where the reply announced it, and the route that waited for it. */
import type { Decision, DecisionInput } from '../../../events/decision.ts';
import type { Outcome, ReasonCode } from '../../../events/words.ts';
import { decided } from '../../shared/consumer/definition.ts';
import type { Envelope } from '../../shared/envelopes.ts';
import type { Decided } from '../../shared/ledger/claims.ts';
import { resolveKey } from '../../shared/ledger/keys.ts';
import { noteOf } from '../note.ts';
import { rememberFlow } from '../pending-flow.ts';
import { addExplanation } from '../register.ts';
import { writeWaitingRoute } from '../waiting-route.ts';
import type { Approved, ReplyContext } from './handler.ts';
import { isUntagged, resolveTicket } from './resolve.ts';
import { isResolvedNext } from './tags.ts';

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
  const failureTags = failureTagsOf(event, outcome);
  // A route that still has to be written carries them (replies §7.2).
  if (failureTags.length > 0 && event.data.candidate.route.when !== 'afterReply')
    await addExplanation(context.container, event.metadata.conversationId ?? '', failureTags);
  if (reply === 'replied') tellClosing(event, context);
  const resolved =
    reply === 'replied' && isResolvedNext(event) ? await resolveTicket(event, context, tagsOf(outcome)) : null;
  // The outcome names the tags that went with the resolution's; where that write failed they are written by themselves.
  if (resolved && isUntagged(resolved))
    await addExplanation(context.container, event.metadata.conversationId ?? '', tagsOf(outcome));
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
    extraTags: [...tagsOf(outcome), ...failureTags],
  });
  return decided([...facts, ...waited.facts], { reply, ...waited.notes, ...note });
}

function tellClosing(event: Approved, { container }: ReplyContext): void {
  const { conversationId, channel } = event.metadata;
  container.log('INFO', 'policy.autoclose.decided', {
    ticket_id: conversationId,
    channel,
    template_id: event.data.templateId,
    result: isResolvedNext(event) ? 'success' : 'skipped',
  });
}

const tagsOf = ({ data }: Envelope): string[] => (Array.isArray(data.tagsAdded) ? data.tagsAdded.map(String) : []);

/** A reply that failed, whose outcome is unknown, or that has no seat to come from: a person answers (replies §5). */
function failureTagsOf({ metadata }: Approved, { metadata: { eventName }, data }: Envelope): string[] {
  const isSeatless = eventName === 'ReplySuppressed' && data.reasonCode === 'bot_identity_missing';
  if (eventName !== 'ReplyFailed' && !isSeatless) return [];
  const ofMail = isSeatless ? 'mw-send-message-author-missing' : 'mw-send-message-failed';
  return ['mw-send-failed', 'mw-needs-manual-triage', ...(metadata.channel === 'email' ? [ofMail] : [])];
}

async function noteAbout(
  event: Approved,
  { container }: ReplyContext,
  outcome: Envelope,
  isResolved: boolean,
  failureTags: readonly string[],
): ReturnType<typeof noteOf> {
  const { metadata, data } = outcome;
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
    tags: [...route.tags, ...failureTags, ...tagsOf(outcome)].filter(
      (tag) => !(isResolved && tag.startsWith('route-')),
    ),
  });
}
