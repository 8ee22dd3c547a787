/** Trying it out in the sandbox: writing as a customer or as an agent, and seeing what came of it. */
import * as v from 'valibot';
import { rootIn } from '../../commands/say.ts';
import type { Context } from '../../context.ts';
import { Failure } from '../../failure.ts';
import { requireInstance } from '../../instance/instance.ts';
import { INVENTED_CUSTOMER, inventedOrder, ORDER_CHOICES } from '../../instance/invented-orders.ts';
import { writeAsAgent, writeAsCustomer } from '../../instance/sandbox.ts';
import { readThread } from '../../instance/sandbox-thread.ts';
import { action } from '../desk/action.ts';

const Id = v.pipe(v.string(), v.minLength(1), v.maxLength(2_048));
/** As long as a person types. */
const Text = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(10_000));
const Message = v.strictObject({
  text: Text,
  channel: v.picklist(['email', 'livechat', 'social', 'tiktok', 'phone']),
  order: v.picklist(ORDER_CHOICES),
  /** As the helpdesk writes it; a new one where it is left out. */
  conversation: v.optional(Id),
});

/**
 * @property at  when it was written, RFC 3339
 * @property rootEventId  under which the webhook entered; `null` where it was not answered in time, or not at all
 */
export type Sent = {
  readonly conversation: string;
  readonly ticket: number;
  readonly at: string;
  readonly rootEventId: string | null;
};

async function write(
  context: Context,
  { text, channel, order, conversation }: v.InferOutput<typeof Message>,
): Promise<Sent> {
  const instance = requireInstance(context);
  const at = new Date().toISOString();
  const linked = conversation === undefined ? inventedOrder(order, Date.now()) : undefined;
  const receipt = await writeAsCustomer(instance, {
    text,
    // Channel, customer and order belong to the ticket: a further message has the ticket's.
    ...(conversation === undefined ? { channel, customer: INVENTED_CUSTOMER } : { conversationId: conversation }),
    ...(linked !== undefined && { order: linked }),
  });
  return { conversation: receipt.conversationId, ticket: receipt.ticketNumber, at, rootEventId: rootIn(receipt) };
}

export const TRY_ACTIONS = [
  action({
    name: 'write-as-customer',
    kind: 'act',
    input: Message,
    run: async (context, message) => ({ value: await write(context, message) }),
  }),
  action({
    name: 'write-as-agent',
    kind: 'act',
    input: v.strictObject({ conversation: Id, text: Text }),
    run: async (context, { conversation, text }) => {
      await writeAsAgent(requireInstance(context), { conversationId: conversation, text });
      return { value: { conversation } };
    },
  }),
  action({
    name: 'thread',
    kind: 'read',
    input: v.strictObject({ conversation: Id }),
    run: async (context, { conversation }) => {
      const thread = await readThread(requireInstance(context), conversation);
      if (thread === null)
        throw new Failure('unknown_ticket', 'the sandbox has no such ticket any more', 'write as a customer again');
      return { value: thread };
    },
  }),
];
