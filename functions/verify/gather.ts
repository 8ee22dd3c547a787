/** Reads what the approval is judged on: conversation, history, flags; the rest came with the candidate. */
import type { Candidate, DecisionInput, OrderInput } from '../../events/decision.ts';
import { toApproval } from '../../policy/approval.ts';
import { readConversation } from '../shared/conversation/conversation.ts';
import { flagsInput, historyInput, stateInput } from '../shared/decision-inputs.ts';
import type { Judged, VerifyContext } from './handler.ts';

/** The candidate’s own input, brought up to now. */
export async function gatherApproval(
  { container }: VerifyContext,
  event: Judged,
  candidate: Candidate,
  order: OrderInput | null,
): Promise<DecisionInput> {
  const { conversationId, conversationSeq, replay } = event.metadata;
  const conversation = await readConversation(container, conversationId ?? '');
  const flags = await container.flags.read();
  const now = container.clock.now();
  const seen = candidate.input;
  return toApproval(candidate, {
    now: new Date(now).toISOString(),
    state: stateInput(conversation, conversationSeq ?? '', now, seen.state),
    history: await historyInput(container, conversation, candidate.customerHash),
    flags: flagsInput(flags, container.config, {
      recipientAllowed: seen.flags.recipient_allowed,
      botIdentityPresent: seen.flags.bot_identity_present,
    }),
    order,
    verifier: null,
    isReplay: replay !== null,
  });
}
