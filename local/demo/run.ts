/** Writes the rows as customers, conversation by conversation, and makes an outcome row of what came of each. */
import { encodeVendorId } from '../../functions/shared/vendor-ids.ts';
import type { Platform } from '../platform/platform.ts';
import type { MessageReceipt } from '../sandbox/sandbox.ts';
import { createMailbox } from './mailbox.ts';
import { outcomeRow, unsettledRow } from './outcome-row.ts';
import { conversationOf, type MessageRow } from './rows.ts';
import type { Result } from './summary.ts';
import { createTraces } from './traces.ts';

export type RunOptions = {
  readonly concurrency: number;
  /** After this long without news a message counts as not settled. */
  readonly patienceMs?: number;
  readonly onResult?: (result: Result, done: number) => void;
};

/** Longer than Lambda's waits between attempts (1 and 2 minutes) and the sweeper's first two rounds. */
const PATIENCE_MS = 8 * 60_000;

/** Results in the order of the rows. */
export async function runRows(rows: readonly MessageRow[], platform: Platform, options: RunOptions): Promise<Result[]> {
  const { concurrency, patienceMs = PATIENCE_MS, onResult = () => {} } = options;
  const traces = createTraces();
  const mailbox = createMailbox(platform.sandbox);
  const stopListening = platform.endpoint.tap.listen(traces.hear);
  const results = new Map<MessageRow, Result>();
  const conversations = [...byConversation(rows).values()];

  async function converse(messages: readonly MessageRow[]): Promise<void> {
    let before: Promise<void>[] = [];
    const roots = new Set<string>();
    for (const message of messages) {
      if (message.burst !== true) {
        await Promise.all(before);
        before = [];
      }
      before.push(
        deliver(message, roots).then((result) => {
          results.set(message, result);
          onResult(result, results.size);
        }),
      );
    }
    await Promise.all(before);
    // A trace may serve several messages of its conversation; a long run keeps none that is over.
    for (const root of roots) traces.forget(root);
  }

  async function deliver(message: MessageRow, roots: Set<string>): Promise<Result> {
    const receipt = await platform.sandbox.customerWrites(customerMessage(message));
    const messageKey = encodeVendorId(receipt.messageId);
    const named = { id: message.id, conversationId: conversationOf(message), messageKey };
    const root = acceptedRoot(receipt);
    if (root === null || messageKey === null) return { message, row: unsettledRow(named), isSettled: false };
    const settlement = await traces.settled(messageKey, root, patienceMs);
    roots.add(root).add(settlement?.trace.root ?? root);
    if (settlement === null) return { message, row: unsettledRow(named), isSettled: false };
    const seen = {
      replyText: settlement.kind === 'own' ? mailbox.replyTo(receipt.conversationId, settlement.trace) : null,
      ticketTags: mailbox.tagsOf(receipt.conversationId),
    };
    return { message, row: outcomeRow(named, settlement, seen), isSettled: true };
  }

  const queue = conversations.values();
  const worker = async (): Promise<void> => {
    for (const messages of queue) await converse(messages);
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, conversations.length) }, worker));
  stopListening();
  return rows.flatMap((row) => results.get(row) ?? []);
}

function byConversation(rows: readonly MessageRow[]): Map<string, MessageRow[]> {
  const conversations = new Map<string, MessageRow[]>();
  for (const row of rows) {
    const known = conversations.get(conversationOf(row));
    if (known === undefined) conversations.set(conversationOf(row), [row]);
    else known.push(row);
  }
  return conversations;
}

/** As the sandbox takes it; keys that are `null` say as much as absent ones, but for `order`. */
export function customerMessage(row: MessageRow): Parameters<Platform['sandbox']['customerWrites']>[0] {
  const { channel, subject, attachments, at, customer, order } = row;
  return {
    conversationId: conversationOf(row),
    channel: channel ?? 'email',
    text: row.text,
    ...(subject !== null && subject !== undefined && { subject }),
    ...(attachments !== null && attachments !== undefined && { attachments }),
    ...(at !== null && at !== undefined && { at }),
    ...(order !== undefined && { order }),
    ...(customer !== null && customer !== undefined && { customer: present(customer) }),
  };
}

function present(customer: NonNullable<MessageRow['customer']>): { firstName?: string; email?: string } {
  const { firstName, email } = customer;
  return { ...(typeof firstName === 'string' && { firstName }), ...(typeof email === 'string' && { email }) };
}

/** Event id that the webhook was answered with; `null` when it was not accepted. */
function acceptedRoot({ webhooks }: MessageReceipt): string | null {
  for (const { status, answer } of webhooks) {
    if (status !== 200) continue;
    try {
      const { event_id: root }: { event_id?: unknown } = Object(JSON.parse(answer ?? ''));
      if (typeof root === 'string' && root !== '') return root;
    } catch {
      // An answer of somebody else's webhook says nothing.
    }
  }
  return null;
}
