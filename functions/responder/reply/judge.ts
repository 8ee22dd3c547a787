/** The decision at the door: the approved input with state, history, order days and flags as they are now. */

import type { Decision, DecisionInput } from '../../../events/decision.ts';
import { toSending } from '../../../policy/approval.ts';
import { decide } from '../../../policy/decide.ts';
import { flagsInput, historyOf, stateInput } from '../../shared/decision-inputs.ts';
import type { FlagSnapshot } from '../../shared/flags/flags.ts';
import { shopOf } from '../../shared/shop.ts';
import type { Approved, ReplyContext } from './handler.ts';
import { orderInputNow } from './order-now.ts';
import type { Reading } from './reading.ts';
import type { Standing } from './standing.ts';

/** Judges the approval once more, on what was read: nothing is awaited here. */
export function judgeAtDoor(
  event: Approved,
  context: ReplyContext,
  reading: Reading,
  { conversation, slots, hasSeat }: Standing,
  flags: FlagSnapshot,
): { readonly input: DecisionInput; readonly decision: Decision } {
  const { container } = context;
  const { approvalId, expiresAt, input: approved } = event.data;
  const order = orderInputNow(event, context, reading.order, approved.order, shopOf(container.config, flags));
  const isMethodOff = order?.matchMethod === 'verified' && !flags.values.order_match_verified_enabled;
  const now = container.clock.now();
  const switches = flagsInput(flags, container.config, {
    recipientAllowed: flags.allows(reading.ticket.customer.email),
    botIdentityPresent: hasSeat,
  });
  const input = toSending(approved, {
    now: new Date(now).toISOString(),
    state: stateInput(conversation, event.metadata.conversationSeq ?? '', now, reading.state),
    history: historyOf(now, conversation, slots?.slots ?? null, approvalId),
    // What the bus had handed over when a rule was switched off ends here.
    flags: { ...switches, automation_enabled: switches.automation_enabled && flags.rulesOn },
    turn: reading.turn,
    isReplay: event.metadata.replay !== null,
    expiresAt,
    // Matched by a method that is no longer enabled: nothing is known of the order.
    order: isMethodOff ? { ...order, deterministicMatch: 'unknown' } : order,
  });
  return { input, decision: decide(input, container.policy) };
}
