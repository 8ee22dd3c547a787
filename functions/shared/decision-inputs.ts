/** Parts of a `DecisionInput` that several functions assemble the same way. */
import type { Config } from '../../config/schema.ts';
import type { DecisionInput } from '../../events/decision.ts';
import type { Base } from './container.ts';
import { type Conversation, flowNow } from './conversation/conversation.ts';
import { readSlots, type Slot } from './conversation/customers.ts';
import type { FlagSnapshot } from './flags/flags.ts';
import { TIMES } from './times.ts';

/** Replies of the last 24 h, without the traces of one approval itself. */
export async function historyInput(
  container: Pick<Base, 'store' | 'clock'>,
  conversation: Conversation,
  customerHash: string | null,
  approvalId?: string,
): Promise<DecisionInput['history']> {
  const slots = customerHash === null ? null : (await readSlots(container, customerHash)).slots;
  return historyOf(container.clock.now(), conversation, slots, approvalId);
}

/** @param slots  `null` where the customer is not known. */
export function historyOf(
  now: number,
  conversation: Conversation,
  slots: readonly Slot[] | null,
  approvalId?: string,
): DecisionInput['history'] {
  const since = now - TIMES.capWindowMs;
  return {
    conversation: conversation.replies
      .filter((reply) => reply.at > since && reply.approvalId !== approvalId)
      .slice(-20)
      .map(({ at, templateId }) => ({ at: new Date(at).toISOString(), templateId })),
    customer: (slots ?? [])
      .filter((slot) => slot.approvalId !== approvalId)
      .slice(-20)
      .map(({ at }) => new Date(at).toISOString()),
    customerKnown: slots !== null,
  };
}

/** Runtime flags and the shop's own list of intents without reply: either of them blocks. */
export function flagsInput(
  flags: FlagSnapshot,
  config: Pick<Config, 'intents'>,
  about: { readonly recipientAllowed: boolean; readonly botIdentityPresent: boolean },
): DecisionInput['flags'] {
  return {
    ...flags.values,
    blocked_intents: [...new Set([...flags.values.blocked_intents, ...config.intents.blocked])],
    recipient_allowed: about.recipientAllowed,
    bot_identity_present: about.botIdentityPresent,
  };
}

/** What the ledger knows of the conversation; ticket and last author come from a reading of the ticket. */
export function stateInput(
  conversation: Conversation,
  seq: string,
  now: number,
  ticket: Pick<DecisionInput['state'], 'ticketOpen' | 'lastAuthor' | 'assignedTeam'> & { readonly agentHeld: boolean },
): DecisionInput['state'] {
  const flow = flowNow(conversation, now);
  return {
    ticketOpen: ticket.ticketOpen,
    lastAuthor: ticket.lastAuthor,
    assignedTeam: ticket.assignedTeam,
    agentHeld: ticket.agentHeld || conversation.agentHeldUntil > now,
    stickyFlags: [...conversation.stickyFlags],
    stickyTeam: conversation.stickyTeam,
    autoResolvedBefore: conversation.autoResolved,
    pendingFlow: flow && { type: flow.type, intent: flow.intent },
    sequence: conversation.latestSeq !== null && conversation.latestSeq > seq ? 'superseded' : 'newest',
  };
}
