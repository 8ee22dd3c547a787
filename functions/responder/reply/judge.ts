/** The decision at the door: the approved input with state, history, order days and flags as they are now. */

import type { Decision, DecisionInput } from '../../../events/decision.ts';
import { toSending } from '../../../policy/approval.ts';
import { decide } from '../../../policy/decide.ts';
import type { Conversation } from '../../shared/conversation/conversation.ts';
import { flagsInput, historyInput, stateInput } from '../../shared/decision-inputs.ts';
import { shopOf } from '../../shared/shop.ts';
import type { Approved, ReplyContext } from './handler.ts';
import { orderInputNow } from './order-now.ts';
import type { Reading } from './reading.ts';

/**
 * Judges the approval once more.
 *
 * @param fresh  reads the flags anew: then their reading is the last await, and nothing is awaited between it and the send.
 */
export async function judgeAtDoor(
  event: Approved,
  context: ReplyContext,
  reading: Reading,
  conversation: Conversation,
  fresh: boolean,
): Promise<{ readonly input: DecisionInput; readonly decision: Decision }> {
  const { container } = context;
  const { candidate, approvalId, expiresAt, input: approved } = event.data;
  const history = await historyInput(container, conversation, candidate.customerHash, approvalId);
  const botIdentityPresent = await hasBotIdentity(context);
  const flags = await container.flags.read(fresh);
  const order = orderInputNow(event, context, reading.order, approved.order, shopOf(container.config, flags));
  const isMethodOff = order?.matchMethod === 'verified' && !flags.values.order_match_verified_enabled;
  const now = container.clock.now();
  const input = toSending(approved, {
    now: new Date(now).toISOString(),
    state: stateInput(conversation, event.metadata.conversationSeq ?? '', now, reading.state),
    history,
    flags: flagsInput(flags, container.config, {
      recipientAllowed: flags.allows(reading.ticket.customer.email),
      botIdentityPresent,
    }),
    turn: reading.turn,
    isReplay: event.metadata.replay !== null,
    expiresAt,
    // Matched by a method that is no longer enabled: nothing is known of the order.
    order: isMethodOff ? { ...order, deterministicMatch: 'unknown' } : order,
  });
  return { input, decision: decide(input) };
}

async function hasBotIdentity({ container }: ReplyContext): Promise<boolean> {
  try {
    return (await container.secrets.read('richpanel/bot_agent_id')).trim() !== '';
  } catch {
    return false;
  }
}
