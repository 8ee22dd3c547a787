/** What our own records say at the door. Read beside each other: the time that this takes is part of the residual window. */
import { type Conversation, readConversation } from '../../shared/conversation/conversation.ts';
import { readSlots, type Slots } from '../../shared/conversation/customers.ts';
import type { Approved, ReplyContext } from './handler.ts';

export type Standing = {
  readonly conversation: Conversation;
  /** `null` where the customer is not known. */
  readonly slots: Slots | null;
  readonly hasSeat: boolean;
};

export async function readStanding(event: Approved, context: ReplyContext): Promise<Standing> {
  const { container } = context;
  const { customerHash } = event.data.candidate;
  const [conversation, slots, hasSeat] = await Promise.all([
    readConversation(container, event.metadata.conversationId ?? ''),
    customerHash === null ? null : readSlots(container, customerHash),
    hasBotIdentity(context),
  ]);
  return { conversation, slots, hasSeat };
}

async function hasBotIdentity({ container }: ReplyContext): Promise<boolean> {
  try {
    return (await container.secrets.read('richpanel/bot_agent_id')).trim() !== '';
  } catch {
    return false;
  }
}
