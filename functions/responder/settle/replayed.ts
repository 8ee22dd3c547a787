/** An approval that a replay led to: it never reaches the sender, and ends here without a send (platform §11.5). */

import type { Outcome } from '../../../events/words.ts';
import { decided, NOTHING } from '../../shared/consumer/definition.ts';
import type { Envelope } from '../../shared/envelopes.ts';
import { uuidV5 } from '../../shared/ids.ts';
import { endWithoutSend, outcomeOf, readAction } from '../../shared/ledger/actions.ts';
import type { Decided } from '../../shared/ledger/claims.ts';
import { replyKey } from '../../shared/ledger/keys.ts';
import { writeWaitingRoute } from '../waiting-route.ts';
import type { SettleContext, Settled } from './handler.ts';

/** Ends the approval as suppressed, if nothing stands there. */
export async function settleReplayed(event: Settled<'ReplyApproved'>, context: SettleContext): Promise<Decided> {
  // The rule hears only approvals derived from a replay; one that is not goes to the door, not here.
  if (event.metadata.replay === null) return NOTHING;
  const { conversationId, conversationSeq } = event.metadata;
  const { approvalId, templateId, answersCommentId, candidate } = event.data;
  const key = replyKey(conversationId ?? '', answersCommentId);
  const outcome = context.state(
    'ReplySuppressed',
    {
      approvalId,
      templateId,
      reasonCode: 'replay_suppressed',
      reasonCodes: ['replay_suppressed'],
      isReplay: true,
      answersCommentId,
      input: null,
      inputHash: null,
      decision: null,
    },
    { eventId: uuidV5(key, 'outcome', context.generation) },
  );
  const standing = (await endWithoutSend(context.container, key, context.owner, outcome))
    ? outcome
    : await standingOutcome(context, key);
  if (!standing) return NOTHING;
  if (standing === outcome) tellSuppressed(context, event);
  const facts: Envelope[] = [standing];
  const reply = replyOutcome(standing);
  if (candidate.route.when !== 'afterReply') return decided(facts, { reply, action: key });
  const { decisionId, tier } = event.data;
  const waited = await writeWaitingRoute(context, event.metadata, {
    conversationId,
    conversationSeq,
    decisionId,
    tier,
    route: candidate.route,
  });
  return decided([...facts, ...waited.facts], { reply, ...waited.notes, action: key });
}

function tellSuppressed({ container }: SettleContext, { metadata, data }: Settled<'ReplyApproved'>): void {
  container.log('INFO', 'action.reply.suppressed', {
    ticket_id: metadata.conversationId,
    channel: metadata.channel,
    template_id: data.templateId,
    result: 'blocked',
    reason_codes: ['replay_suppressed'],
    is_replay: true,
  });
  container.metrics.count('responder.reply_suppressed_total', 1, metadata.channel);
}

async function standingOutcome(context: SettleContext, key: string): Promise<Envelope | null> {
  const action = await readAction(context.container, key);
  return action ? outcomeOf(action) : null;
}

/** What the fact of an outcome means for the branch `reply`. */
export function replyOutcome(outcome: Envelope): Outcome {
  const { eventName } = outcome.metadata;
  return eventName === 'ReplySent' ? 'replied' : eventName === 'ReplyFailed' ? 'failed' : 'suppressed';
}
