/** The decision at the door: the approved input with state, history, order days and flags as they are now. */

import * as v from 'valibot';
import type { Decision, DecisionInput, OrderInput } from '../../../events/decision.ts';
import { toSending } from '../../../policy/approval.ts';
import { decide } from '../../../policy/decide.ts';
import { OrderFacts } from '../../../policy/orders/facts.ts';
import { estimateOrder } from '../../../policy/orders/link.ts';
import type { Conversation } from '../../shared/conversation/conversation.ts';
import { flagsInput, historyInput, stateInput } from '../../shared/decision-inputs.ts';
import { shopOf } from '../../shared/shop.ts';
import { readVault } from '../../shared/vault/vault.ts';
import type { Approved, ReplyContext } from './handler.ts';
import type { DoorReading } from './reading.ts';

/**
 * Judges the approval once more.
 *
 * @param fresh  reads the flags anew: then their reading is the last await, and nothing is awaited between it and the send.
 */
export async function judgeAtDoor(
  event: Approved,
  context: ReplyContext,
  reading: DoorReading,
  conversation: Conversation,
  fresh: boolean,
): Promise<{ readonly input: DecisionInput; readonly decision: Decision }> {
  const { container } = context;
  const { candidate, approvalId, expiresAt, input: approved } = event.data;
  const history = await historyInput(container, conversation, candidate.customerHash, approvalId);
  const botIdentityPresent = await hasBotIdentity(context);
  const order = await orderNow(event, context, approved);
  const flags = await container.flags.read(fresh);
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
    order,
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

/** Days go by between approval and sending: the window is counted again at send time (replies §7.4). */
async function orderNow(
  event: Approved,
  { container }: ReplyContext,
  approved: DecisionInput,
): Promise<OrderInput | null> {
  const { order } = approved;
  if (!order?.labels || event.data.contextRef === null) return order;
  const facts = v.safeParse(OrderFacts, await readVault(container, event.data.contextRef));
  if (!facts.success)
    return { ...order, contextComplete: false, contextExpiresAt: new Date(container.clock.now()).toISOString() };
  const shop = shopOf(container.config, await container.flags.read());
  const asOf = new Date(
    Math.max(container.clock.now(), Date.parse(event.metadata.commentCreatedAt ?? approved.now)),
  ).toISOString();
  const estimated = estimateOrder(facts.output, {
    transit: shop.transit,
    days: shop.days,
    asOf: sendAsOf(event, asOf),
  });
  if (estimated?.kind !== 'window') return order;
  return {
    ...order,
    labels: {
      ...order.labels,
      elapsedBd: estimated.elapsedBd,
      remainingMinBd: estimated.remainingMinBd,
      remainingMaxBd: estimated.remainingMaxBd,
      isLate: estimated.remainingMaxBd === 0,
    },
  };
}

/** `asOf` moves on by the time that passed since the message came in, so that a given date of the customer's stays the base. */
function sendAsOf(event: Approved, now: string): string {
  const { commentCreatedAt, receivedAt } = event.metadata;
  if (!commentCreatedAt || !receivedAt) return now;
  return new Date(Date.parse(commentCreatedAt) + Math.max(0, Date.parse(now) - Date.parse(receivedAt))).toISOString();
}
