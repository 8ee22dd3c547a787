/**
 * A ticket on which an agent or the customer wrote at any point before the vendor answered the last re-read gets no reply to
 * what was asked before, at every interleaving: somebody writes before each await of every function, one run for each.
 */
import { describe, expect, it } from 'vitest';
import { type Conversation, converse, type Run, type Writer } from './world.ts';

const DAMAGED = 'My lamp arrived broken, the glass is shattered.';
const WHERE = 'What is the status of my order? I am looking forward to it.';

/** Placed two days before, unfulfilled, in a window that is recognised (replies §3.8 E01): the reply resolves the ticket. */
const inWindow = {
  orderId: '1043',
  orderName: '#1043',
  appClientId: 'acme-store-1',
  status: 'open',
  fulfillmentStatus: 'unfulfilled',
  financialStatus: 'paid',
  shippingMethod: 'Standard Shipping (3-5 Business Days)',
  createdAt: Date.parse('2026-01-13T14:00:00.000Z'),
  items: [{ id: 'p-1', name: 'Mug', price: 12, quantity: 1 }],
};

const CONVERSATIONS: readonly Conversation[] = [
  { name: 'an intake by e-mail', text: DAMAGED, channel: 'email' },
  { name: 'the number question in a chat', text: WHERE, channel: 'livechat' },
  { name: 'an estimate that resolves', text: WHERE, channel: 'email', order: inWindow },
  { name: 'a send that was refused once', text: DAMAGED, channel: 'email', isRefusedOnce: true },
  { name: 'a commit that was overtaken once', text: DAMAGED, channel: 'livechat', isContended: true },
];
const WRITERS: readonly Writer[] = ['customer', 'agent'];

/** What a run may end in, given when the other one wrote. */
function mayBe({ lastReRead, sentAt, isResidual, answered, interrupting }: Run, before: number, by: Writer): boolean {
  if (answered.length > 1) return false;
  if (answered.length === 0) return true;
  if (lastReRead === null || sentAt === null) return false;
  // Nobody can see what falls between that reading and the send; it is found afterwards (protocols §6).
  if (before > lastReRead) return isResidual === before <= sentAt;
  // A customer's comment that classify has read is the one that is answered.
  return by === 'customer' && answered[0] === interrupting;
}

/** One run for each step of the conversation. */
async function interleaved(conversation: Conversation, by: Writer) {
  const undisturbed = await converse(conversation, null);
  expect(undisturbed.answered).toEqual(['c-1']);
  const wrong: string[] = [];
  const ends = { withheld: 0, answeredWhole: 0, sentInWindow: 0 };
  // A run may go on longer once it was interrupted; what lies behind its end is no step of it.
  for (let before = 1; before <= undisturbed.steps.length; before += 1) {
    const run = await converse(conversation, { before, by });
    if (!mayBe(run, before, by)) wrong.push(`${before} ${run.steps[before - 1]}: ${run.answered.join()}`);
    if (run.answered.length === 0) ends.withheld += 1;
    else if (run.answered[0] === run.interrupting) ends.answeredWhole += 1;
    else ends.sentInWindow += 1;
  }
  return { wrong, ends };
}

describe.each(CONVERSATIONS)('$name', (conversation) => {
  it.each(WRITERS)('is not answered over the head of the %s', async (by) => {
    const { wrong, ends } = await interleaved(conversation, by);
    expect(wrong).toEqual([]);
    // The rule says something only where it had something to withhold, and the send is not withheld for ever.
    expect(ends.withheld).toBeGreaterThan(10);
    expect(ends.sentInWindow).toBeGreaterThan(0);
  });
});

it.each(WRITERS)('the rule finds a door that does not look again (%s)', async (by) => {
  const { wrong } = await interleaved({ name: 'blind', text: DAMAGED, channel: 'email', isBlind: true }, by);
  expect(wrong.length).toBeGreaterThan(10);
});
