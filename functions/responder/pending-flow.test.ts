/** What was asked for is waited for, taken up once, and never asked again (replies §4.3). */
import { describe, expect, it } from 'vitest';
import { type Choreography, choreography } from '../../test/choreography.ts';
import { readConversation } from '../shared/conversation/conversation.ts';

const WHERE = 'What is the status of my order? I am looking forward to it.';
const DAMAGED = 'My lamp arrived broken, the glass is shattered.';
const HOUR = 3_600_000;
const FOLLOWED = ['mw-escalated-human', 'mw-auto-skipped-followup'];

/** Placed two days before, unfulfilled, in a window that is recognised (replies §3.8 E01). */
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

async function writes(c: Choreography, text: string, attachments = 0): Promise<void> {
  c.helpdesk.customerWrites({ conversationId: 't-1', text, attachments });
  await c.webhook({ ticket_id: 't-1', trigger: 'customer_message' });
  // "The operator wrote last" is believed on a second look; the bucket of the next webhook is another one.
  await c.pass(30_000);
}

async function seen(c: Choreography) {
  const ticket = await c.helpdesk.ticket('t-1');
  const tags = ticket?.tags ?? [];
  const { pendingFlow } = await readConversation({ store: c.store }, 't-1');
  return {
    sent: c.helpdesk.outbox.length,
    status: ticket?.status,
    route: tags.filter((tag) => tag.startsWith('route-')),
    tags,
    flow: pendingFlow && { type: pendingFlow.type, intent: pendingFlow.intent },
  };
}

async function asked(text: string) {
  const c = choreography();
  await writes(c, text);
  expect((await seen(c)).sent).toBe(1);
  return c;
}

describe('the number question', () => {
  it('is remembered, and its answer goes to a person without a second one', async () => {
    const c = await asked(WHERE);
    expect((await seen(c)).flow).toEqual({ type: 'order_identifiers', intent: 'order_status_tracking' });
    c.clock.advance(HOUR);
    await writes(c, 'It is order #1043, nora@customer.test.');
    const now = await seen(c);
    expect(now).toMatchObject({ sent: 1, route: ['route-email-support-team'], flow: null });
    expect(now.tags).toEqual(expect.arrayContaining(FOLLOWED));
  });

  it('is not asked again a day later, when the same template may be sent again', async () => {
    const c = await asked(WHERE);
    c.clock.advance(30 * HOUR);
    await writes(c, WHERE);
    expect((await seen(c)).sent).toBe(1);
    // The answer was taken up: the next one is a new matter.
    c.clock.advance(HOUR);
    await writes(c, WHERE);
    expect((await seen(c)).sent).toBe(2);
  });

  it('is forgotten after seven days', async () => {
    const c = await asked(WHERE);
    c.clock.advance(7 * 24 * HOUR + HOUR);
    await writes(c, WHERE);
    expect((await seen(c)).sent).toBe(2);
  });

  it('is over once a colleague has answered; the conversation is quiet for a day', async () => {
    const c = await asked(WHERE);
    c.helpdesk.agentWrites('t-1', 'We have found it.');
    c.clock.advance(HOUR);
    await writes(c, WHERE);
    expect((await seen(c)).sent).toBe(1);
    expect((await seen(c)).tags).not.toContain('mw-auto-skipped-followup');
    c.clock.advance(25 * HOUR);
    await writes(c, WHERE);
    expect((await seen(c)).sent).toBe(2);
  });

  it('gives way to another matter under the limits', async () => {
    const c = await asked(WHERE);
    c.clock.advance(HOUR);
    await writes(c, DAMAGED);
    expect(await seen(c)).toMatchObject({ sent: 2, flow: { type: 'intake', intent: 'damaged_item' } });
  });
});

it('a photo sent for an intake goes to the team that asked for it, unanswered', async () => {
  const c = await asked(DAMAGED);
  c.clock.advance(HOUR);
  await writes(c, '', 1);
  const now = await seen(c);
  expect(now).toMatchObject({ sent: 1, route: ['route-returns-admin'], flow: null });
  expect(now.tags).toEqual(expect.arrayContaining([...FOLLOWED, 'mw-attachment-only']));
});

it('a reply to an estimate reopens the ticket for a person; there is no second estimate (A44)', async () => {
  const c = choreography();
  c.helpdesk.customerWrites({ conversationId: 't-1', text: WHERE });
  c.helpdesk.link('t-1', inWindow);
  await c.webhook({ ticket_id: 't-1', trigger: 'customer_message' });
  expect(await seen(c)).toMatchObject({ sent: 1, status: 'closed', route: [], flow: { type: 'estimate' } });
  c.clock.advance(HOUR);
  await writes(c, WHERE);
  const now = await seen(c);
  expect(now).toMatchObject({ sent: 1, status: 'open', route: ['route-email-support-team'], flow: null });
  expect(now.tags).toEqual(expect.arrayContaining(FOLLOWED));
});

it('a message written before the reply takes nothing up', async () => {
  const c = await asked(WHERE);
  const flow = (await seen(c)).flow;
  await c.webhook({ ticket_id: 't-1', trigger: 'customer_message' });
  await c.pass(60_000);
  expect((await seen(c)).flow).toEqual(flow);
});
