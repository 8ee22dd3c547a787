/** The door to the customer, seen from outside: what the helpdesk received (protocols §6, decisions §9, replies §11). */
import { describe, expect, it } from 'vitest';
import { VendorError } from '../../functions/shared/errors.ts';
import { type Choreography, choreography } from '../choreography.ts';

const MINUTE = 60_000;
const DAMAGED = 'My lamp arrived broken, the glass is shattered.';
const WHERE = 'Where is my order?';
const MINIMAL = { ticket_id: 't-1', trigger: 'customer_message' };

function customer(
  c: Choreography,
  text: string,
  more: { conversationId?: string; channel?: 'email' | 'livechat' } = {},
) {
  return c.helpdesk.customerWrites({ conversationId: 't-1', text, ...more });
}
const outcome = (c: Choreography) => c.factsOf('MessageSettled').map(({ data }) => data.outcome);
const suppressions = (c: Choreography) => c.factsOf('ReplySuppressed').map(({ data }) => data.reasonCode);

/** Runs `meanwhile` when the reply door reads the ticket for the n-th time, before it has its answer. */
function whenDoorReads(c: Choreography, nth: number, meanwhile: () => void | Promise<void>) {
  const container = c.containerOf('responder-reply');
  const read = container.helpdesk.ticket.bind(container.helpdesk);
  let reads = 0;
  Object.assign(container, {
    helpdesk: {
      ...container.helpdesk,
      ticket: async (id: string) => {
        reads += 1;
        if (reads === nth) await meanwhile();
        return read(id);
      },
    },
  });
}

describe('the plain case', () => {
  it('routes and answers, once', async () => {
    const c = choreography();
    customer(c, DAMAGED);
    await c.webhook(MINIMAL);
    expect(c.names()).toEqual([
      'MessageReceived',
      'MessageClassified',
      'ReplyApproved',
      'TicketRouted',
      'ReplySent',
      'MessageSettled',
    ]);
    expect(c.helpdesk.outbox).toHaveLength(1);
    expect(outcome(c)).toEqual(['replied']);
  });

  it.each([11_000, 5 * 60_000, 24 * 3_600_000])(
    'the webhook as shipped replayed %i ms later is one more look at the ticket and no second reply',
    async (later) => {
      const c = choreography();
      customer(c, DAMAGED);
      await c.webhook(MINIMAL);
      await c.pass(later, later / 10);
      const before = c.names().length;
      const tags = (await c.helpdesk.ticket('t-1'))?.tags;
      expect(JSON.parse((await c.webhook(MINIMAL)).body)).toMatchObject({ status: 'accepted' });
      await c.pass(MINUTE);
      expect(c.names().slice(before)).toEqual(['MessageReceived', 'MessageDeduplicated', 'MessageSettled']);
      expect(c.helpdesk.outbox).toHaveLength(1);
      expect((await c.helpdesk.ticket('t-1'))?.tags).toEqual(tags);
    },
  );

  it('asks for the order number where none is linked, and tags that a look-up is needed (A01)', async () => {
    const c = choreography();
    customer(c, WHERE);
    await c.webhook(MINIMAL);
    expect(c.helpdesk.outbox[0]?.text).toContain('your order number');
    const tags = (await c.helpdesk.ticket('t-1'))?.tags ?? [];
    expect(tags).toEqual(expect.arrayContaining(['mw-order-lookup-needed', 'route-email-support-team']));
    // One tier tag a decision, of the tier that was in force in the end (decisions §1.5).
    expect(tags.filter((tag) => tag.startsWith('mw-tier-'))).toEqual(['mw-tier-1']);
  });
});

describe('routing', () => {
  it('moves its own route tag and leaves a person’s alone (replies §7.1)', async () => {
    const c = choreography();
    customer(c, DAMAGED);
    await c.helpdesk.addTags('t-1', ['route-sales-team', 'vip']);
    await c.webhook(MINIMAL);
    c.clock.advance(20 * 60_000);
    customer(c, 'I am filing a chargeback with my bank.');
    await c.webhook(MINIMAL);
    const tags = (await c.helpdesk.ticket('t-1'))?.tags ?? [];
    expect(tags).toEqual(expect.arrayContaining(['route-sales-team', 'vip', 'route-chargebacks-disputes']));
    expect(tags).not.toContain('route-returns-admin');
  });
});

describe('at most one reply', () => {
  it.each([2, 100])('for %i copies of one webhook', async (copies) => {
    const c = choreography();
    customer(c, DAMAGED);
    for (let copy = 0; copy < copies; copy += 1) await c.webhook(MINIMAL);
    await c.pass(60_000);
    expect(c.helpdesk.outbox).toHaveLength(1);
    expect(outcome(c)).toContain('replied');
  });

  it('although the approval is delivered again', async () => {
    const c = choreography();
    customer(c, DAMAGED);
    await c.webhook(MINIMAL);
    const approval = c.factsOf('ReplyApproved')[0];
    if (approval)
      await c.bus.putEvents([
        { source: 'frontdesk.verify', detailType: 'ReplyApproved', detail: JSON.stringify(approval) },
      ]);
    await c.run();
    expect(c.helpdesk.outbox).toHaveLength(1);
  });

  it('within 10 minutes in one conversation; the second is tagged (decisions 62)', async () => {
    const c = choreography();
    customer(c, DAMAGED);
    await c.webhook(MINIMAL);
    c.clock.advance(9 * 60_000);
    customer(c, 'Please cancel my order.');
    await c.webhook(MINIMAL);
    expect(c.helpdesk.outbox).toHaveLength(1);
    expect(c.factsOf('MessageClassified').map(({ data }) => data.reasonCodes)).toEqual([
      ['tier1_safe_assist'],
      ['cooldown_10m'],
    ]);
    expect((await c.helpdesk.ticket('t-1'))?.tags).toContain('mw-auto-rate-limited');
  });

  it('after 10 minutes a new question may be answered', async () => {
    const c = choreography();
    customer(c, DAMAGED);
    await c.webhook(MINIMAL);
    c.clock.advance(10 * 60_000 + 1);
    customer(c, 'Please cancel my order.');
    await c.webhook(MINIMAL);
    expect(c.helpdesk.outbox).toHaveLength(2);
  });
});

describe('nothing is sent', () => {
  it('when the customer writes again before the send (A33)', async () => {
    const c = choreography();
    customer(c, DAMAGED);
    whenDoorReads(c, 1, () => void customer(c, 'Also, please cancel my order.'));
    await c.webhook(MINIMAL);
    expect(c.helpdesk.outbox).toEqual([]);
    expect(suppressions(c)).toEqual(['superseded_by_newer_message']);
  });

  it('when an agent has answered meanwhile (A34)', async () => {
    const c = choreography();
    customer(c, DAMAGED);
    whenDoorReads(c, 1, () => void c.helpdesk.agentWrites('t-1', 'I am on it.'));
    await c.webhook(MINIMAL);
    expect(c.helpdesk.outbox).toEqual([]);
    expect(suppressions(c)).toEqual(['last_message_from_agent']);
  });

  it('when the ticket was closed meanwhile', async () => {
    const c = choreography();
    customer(c, DAMAGED);
    whenDoorReads(c, 1, () => c.helpdesk.agentCloses('t-1'));
    await c.webhook(MINIMAL);
    expect(suppressions(c)).toEqual(['ticket_closed']);
  });

  it.each([
    { flag: 'automation_enabled', value: 'false', reason: 'automation_disabled' },
    { flag: 'safe_mode', value: 'true', reason: 'safe_mode_route_only' },
    { flag: 'outbound_enabled', value: 'false', reason: 'outbound_disabled' },
    { flag: 'template_enabled/t_damaged_item_intake', value: 'false', reason: 'template_disabled' },
    { flag: 'outbound_allowlist', value: 'someone@else.test', reason: 'allowlist_miss' },
    { flag: 'reply_epoch', value: '2027-01-01T00:00:00.000Z', reason: 'too_old_to_reply' },
  ])('when $flag is set to $value between approval and sending ($reason)', async ({ flag, value, reason }) => {
    const c = choreography();
    customer(c, DAMAGED);
    whenDoorReads(c, 1, () => void c.parameters.values.set(flag, value));
    await c.webhook(MINIMAL);
    expect(c.helpdesk.outbox).toEqual([]);
    expect(suppressions(c)).toEqual([reason]);
    expect(outcome(c)).toEqual(['suppressed']);
  });

  it('when a dispute turns up at the last look: the flag sticks, the ticket goes to the escalation team', async () => {
    const c = choreography();
    customer(c, DAMAGED);
    whenDoorReads(c, 1, () => void customer(c, 'I have filed a chargeback with my bank.'));
    await c.webhook(MINIMAL);
    expect(c.helpdesk.outbox).toEqual([]);
    expect(c.factsOf('EscalationRaised')).toHaveLength(1);
    expect((await c.helpdesk.ticket('t-1'))?.tags).toEqual(
      expect.arrayContaining(['mw-escalated-human', 'route-chargebacks-disputes']),
    );
    expect(outcome(c)).toHaveLength(1);
  });

  it('when the ticket was read more than 2 s before the socket write', async () => {
    const c = choreography();
    customer(c, DAMAGED);
    const container = c.containerOf('responder-reply');
    const send = container.sender.send.bind(container.sender);
    Object.assign(container, {
      sender: {
        send: (message: Parameters<typeof send>[0], abort: number, mayWrite: () => boolean) => {
          c.clock.advance(2_001);
          return send(message, abort, mayWrite);
        },
      },
    });
    await c.webhook(MINIMAL);
    expect(c.helpdesk.outbox).toEqual([]);
    expect(c.factsOf('ReplySuppressed')).toHaveLength(1);
  });

  it('to a replayed approval', async () => {
    const c = choreography();
    customer(c, DAMAGED);
    whenDoorReads(c, 1, () => void c.parameters.values.set('automation_enabled', 'false'));
    await c.webhook(MINIMAL);
    const approval = c.factsOf('ReplyApproved')[0];
    expect(approval).toBeDefined();
    c.parameters.values.set('automation_enabled', 'true');
    await c.containerOf('responder-reply').store.remove('idempotency', { key: 'act:rp_reply:t-1:c-1' });
    const replayed = {
      ...approval,
      metadata: {
        ...approval?.metadata,
        eventId: '0194b8a0-3c1e-7d2a-8f00-1a2b3c4d5e70',
        replay: {
          name: 'recovery-01JQ8Z5M9H3V6T2K4N7P0R1S8W',
          purpose: 'recovery',
          originalEventId: approval?.metadata.eventId,
        },
      },
    };
    await c.bus.putEvents([
      { source: 'frontdesk.verify', detailType: 'ReplyApproved', detail: JSON.stringify(replayed) },
    ]);
    await c.run();
    expect(c.helpdesk.outbox).toEqual([]);
    expect(suppressions(c)).toContain('replay_suppressed');
  });
});

describe('an outcome that is not proven', () => {
  function sendFails(c: Choreography, applied: boolean, error: VendorError) {
    const container = c.containerOf('responder-reply');
    const send = container.sender.send.bind(container.sender);
    let calls = 0;
    Object.assign(container, {
      sender: {
        send: async (...args: Parameters<typeof send>) => {
          calls += 1;
          if (applied) await send(...args);
          throw error;
        },
      },
    });
    return () => calls;
  }

  it('is found by reading when the answer was lost after the bytes left', async () => {
    const c = choreography();
    customer(c, DAMAGED);
    const calls = sendFails(c, true, new VendorError('richpanel', 'timeout', { applied: 'unknown' }));
    await c.webhook(MINIMAL);
    expect(c.helpdesk.outbox).toHaveLength(1);
    expect(calls()).toBe(1);
    expect(c.factsOf('ReplySent').map(({ data }) => data.confirmedBy)).toEqual(['reading']);
  });

  it('is never sent again when it was not seen, tagged and left to a person (A46)', async () => {
    const c = choreography();
    customer(c, DAMAGED);
    const calls = sendFails(c, false, new VendorError('richpanel', 'server', { applied: 'unknown' }));
    await c.webhook(MINIMAL);
    await c.sweep();
    expect(calls()).toBe(1);
    expect(c.factsOf('ReplyFailed').map(({ data }) => data.outcome)).toEqual(['unknown']);
    expect((await c.helpdesk.ticket('t-1'))?.tags).toContain('mw-send-failed');
    expect(outcome(c)).toEqual(['failed']);
  });

  it('is tried a second time when provably not a byte was written', async () => {
    const c = choreography();
    customer(c, DAMAGED);
    const container = c.containerOf('responder-reply');
    const send = container.sender.send.bind(container.sender);
    let calls = 0;
    Object.assign(container, {
      sender: {
        send: (...args: Parameters<typeof send>) => {
          calls += 1;
          return calls === 1
            ? Promise.reject(new VendorError('richpanel', 'network', { applied: 'no' }))
            : send(...args);
        },
      },
    });
    await c.webhook(MINIMAL);
    expect(c.helpdesk.outbox).toHaveLength(1);
    expect(outcome(c)).toEqual(['replied']);
  });

  it('of a sender that died with its claim is named after 120 s and closed by reading', async () => {
    const c = choreography();
    customer(c, DAMAGED);
    const container = c.containerOf('responder-reply');
    Object.assign(container, { sender: { send: () => Promise.reject(new Error('the process is gone')) } });
    const finish = container.store.change.bind(container.store);
    Object.assign(container, {
      store: {
        ...container.store,
        change: (table: never, key: { key?: string }, ...rest: never[]) =>
          String(key.key).startsWith('act:rp_reply')
            ? Promise.reject(new Error('dead'))
            : finish(table, key as never, ...(rest as unknown as [never])),
      },
    });
    await c.webhook(MINIMAL).catch(() => undefined);
    await c.run().catch(() => undefined);
    // Reading back took 30 s of the 120.
    c.clock.advance(89_000);
    await c.sweep();
    expect(c.factsOf('ReplyOutcomeUnclear')).toEqual([]);
    c.clock.advance(2_000);
    await c.sweep();
    expect(c.factsOf('ReplyFailed').map(({ data }) => data.errorCode)).toEqual(['sender_lost']);
    expect(outcome(c)).toEqual(['failed']);
    expect(c.helpdesk.outbox).toEqual([]);
  });
});

describe('an order that is linked', () => {
  const shipped = {
    orderId: '1043',
    orderName: '#1043',
    appClientId: 'acme-store-1',
    status: 'processing',
    fulfillmentStatus: 'fulfilled',
    financialStatus: 'paid',
    shippingMethod: 'Standard',
    createdAt: Date.parse('2026-01-12T12:00:00.000Z'),
    items: [{ id: 'p-1', name: 'Mug', price: 12, quantity: 1 }],
    fulfillment: [
      {
        id: 'f-1',
        status: 'in_transit',
        tracking: [{ trackingNumber: '1Z999AA10123456784', trackingCompany: 'UPS' }],
        items: [{ id: 'p-1', name: 'Mug', price: 12, quantity: 1 }],
      },
    ],
  };

  it('is told of with its tracking, and the ticket stays open', async () => {
    const c = choreography();
    customer(c, WHERE);
    c.helpdesk.link('t-1', shipped);
    await c.webhook(MINIMAL);
    expect(c.helpdesk.outbox[0]?.text).toContain('1Z999AA10123456784');
    expect((await c.helpdesk.ticket('t-1'))?.status).toBe('open');
  });

  it('is not told of when the message asks something else besides (decisions §4)', async () => {
    const c = choreography();
    customer(c, 'Where is my order? Also, do you have a store in Springfield?');
    c.helpdesk.link('t-1', shipped);
    await c.webhook(MINIMAL);
    expect(c.helpdesk.outbox).toEqual([]);
    expect(c.factsOf('ReplyDenied')[0]?.data.reasonCodes).toEqual(['tier2_verifier_failed']);
    expect(outcome(c)).toEqual(['routed']);
  });
});

describe('Tier 0', () => {
  it.each([
    'I am filing a chargeback with my bank.',
    'Refund me today or I go to my bank.',
    'You will hear from my lawyer.',
    'Someone used my stolen card for this.',
  ])('is escalated and never answered: %s', async (text) => {
    const c = choreography();
    customer(c, text);
    await c.webhook(MINIMAL);
    expect(c.helpdesk.outbox).toEqual([]);
    expect((await c.helpdesk.ticket('t-1'))?.tags).toContain('mw-escalated-human');
    expect(outcome(c)).toEqual(['routed']);
  });

  it('sticks: the next question of the conversation keeps its team and gets no reply (decisions 4)', async () => {
    const c = choreography();
    customer(c, 'I am filing a chargeback with my bank.');
    await c.webhook(MINIMAL);
    c.clock.advance(30 * 60_000);
    customer(c, WHERE);
    await c.webhook(MINIMAL);
    expect(c.helpdesk.outbox).toEqual([]);
    const tags = (await c.helpdesk.ticket('t-1'))?.tags.filter((tag) => tag.startsWith('route-'));
    expect(tags).toEqual(['route-chargebacks-disputes']);
  });

  it('in the first message of a burst is seen whatever came after', async () => {
    const c = choreography();
    customer(c, 'I will dispute this charge with my bank.');
    customer(c, WHERE);
    customer(c, 'hello?');
    await c.webhook(MINIMAL);
    await c.pass(60_000);
    expect(c.helpdesk.outbox).toEqual([]);
    expect((await c.helpdesk.ticket('t-1'))?.tags).toContain('route-chargebacks-disputes');
  });
});

describe('shadow', () => {
  it('decides, records what it would do, and writes nothing', async () => {
    const c = choreography();
    c.parameters.values.set('shadow_mode', 'true');
    customer(c, DAMAGED);
    await c.webhook(MINIMAL);
    expect(c.helpdesk.outbox).toEqual([]);
    expect((await c.helpdesk.ticket('t-1'))?.tags).toEqual([]);
    expect(c.factsOf('ReplyDenied')[0]?.data).toMatchObject({ wouldReply: true, reasonCodes: ['shadow_mode'] });
    expect(outcome(c)).toEqual(['suppressed']);
  });
});
