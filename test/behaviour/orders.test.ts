/** Orders as customers hear of them: facts read again before they are sent, and orders that customers prove (replies §2). */
import { describe, expect, it } from 'vitest';
import { VendorError } from '../../functions/shared/errors.ts';
import { type Choreography, choreography } from '../choreography.ts';

const MINUTE = 60_000;
const STORE = 'acme-store-1';
const NORA = 'nora.field@example.test';
const MINIMAL = { ticket_id: 't-1', trigger: 'customer_message' };
/** Mon 2026-01-12; the test clock stands on Thu 2026-01-15, so of 3–5 business days three are gone. */
const waiting = {
  orderId: '1043',
  orderName: '#1043',
  appClientId: STORE,
  email: NORA,
  status: 'open',
  fulfillmentStatus: 'unfulfilled',
  financialStatus: 'paid',
  createdAt: Date.parse('2026-01-12T14:00:00.000Z'),
  shippingMethod: 'Standard Shipping',
  items: [{ id: 'p-1', name: 'Mug', price: 12, quantity: 1 }],
  fulfillment: [],
};
const parcel = (number: string) => [
  { id: 'f-1', status: 'in_transit', tracking: [{ trackingNumber: number, trackingCompany: 'UPS' }] },
];
const shipped = { ...waiting, fulfillmentStatus: 'fulfilled', fulfillment: parcel('1Z999AA10123456784') };

const asks = (c: Choreography, text = 'Where is my order?', channel: 'email' | 'livechat' = 'email', email = NORA) =>
  c.helpdesk.customerWrites({ conversationId: 't-1', text, channel, customer: { email } });
const texts = (c: Choreography) => c.helpdesk.outbox.map(({ text }) => text);
const dataOf = (c: Choreography, name: Parameters<Choreography['factsOf']>[0]) =>
  c.factsOf(name).map(({ data }) => data);
const tagsOf = async (c: Choreography) => (await c.helpdesk.ticket('t-1'))?.tags ?? [];

function counted(c: Choreography, name: 'order-lookup' | 'responder-reply') {
  const container = c.containerOf(name);
  const calls: string[] = [];
  const { linked, byId } = container.orders;
  Object.assign(container, {
    orders: {
      linked: (id: string) => {
        calls.push('linked');
        return linked(id);
      },
      byId: (store: string, id: string) => {
        calls.push(`${store} ${id}`);
        return byId(store, id);
      },
    },
  });
  return calls;
}

/** Lets time go by between look-up and approval, and once more before the door reads the ticket: 16 minutes in all. */
function slow(c: Choreography, meanwhile: () => void = () => undefined) {
  const lookUp = c.containerOf('order-lookup');
  const { bus } = lookUp;
  Object.assign(lookUp, {
    bus: {
      putEvents: async (entries: Parameters<typeof bus.putEvents>[0]) => {
        c.clock.advance(8 * MINUTE);
        return bus.putEvents(entries);
      },
    },
  });
  const door = c.containerOf('responder-reply');
  const read = door.helpdesk.ticket.bind(door.helpdesk);
  let isFirst = true;
  Object.assign(door, {
    helpdesk: {
      ...door.helpdesk,
      ticket: async (id: string) => {
        if (isFirst) {
          isFirst = false;
          c.clock.advance(8 * MINUTE);
          meanwhile();
        }
        return read(id);
      },
    },
  });
}

describe('freshness (replies §2.7)', () => {
  it('facts of a moment ago are not read again', async () => {
    const c = choreography();
    const calls = counted(c, 'responder-reply');
    c.helpdesk.link('t-1', waiting);
    asks(c);
    await c.webhook(MINIMAL);
    expect(texts(c)[0]).toContain('up to 2 business days');
    expect(calls).toEqual([]);
  });

  it('facts older than 15 minutes are read again, once, and sent when nothing changed', async () => {
    const c = choreography();
    const calls = counted(c, 'responder-reply');
    slow(c);
    c.helpdesk.link('t-1', shipped);
    asks(c);
    await c.webhook(MINIMAL);
    expect(texts(c)[0]).toContain('1Z999AA10123456784');
    expect(calls).toEqual(['linked']);
    const [sent] = c.factsOf('ReplySent');
    expect(sent?.data.input).toMatchObject({ stage: 'sending', order: { factsFetchedAt: '2026-01-15T12:16:00.000Z' } });
  });

  it.each([
    ['is shipped now (A31)', waiting, shipped, 't_order_status_verified'],
    ['is cancelled now', shipped, { ...shipped, cancelledAt: Date.parse('2026-01-15T12:00:00.000Z') }, null],
    [
      'got another parcel number',
      shipped,
      { ...shipped, fulfillment: parcel('1Z999AA10123456785') },
      't_order_status_verified',
    ],
    ['is somebody else’s now', shipped, { ...shipped, email: 'other@example.test' }, null],
    ['is another order now', shipped, { ...shipped, orderId: '2000', orderName: '#2000' }, 't_order_status_verified'],
    ['is two orders now', shipped, [shipped, waiting], 't_order_status_ask_order_number'],
    ['is linked no longer', shipped, {}, 't_order_status_ask_order_number'],
  ])('an order that %s is decided again, and what was approved is not sent', async (_, before, after, wanted) => {
    const c = choreography();
    slow(c, () => c.helpdesk.link('t-1', after));
    c.helpdesk.link('t-1', before);
    asks(c);
    await c.webhook(MINIMAL);
    expect(dataOf(c, 'ReplyApproved')).toHaveLength(1);
    expect(texts(c)).toEqual([]);
    const [suppressed] = dataOf(c, 'ReplySuppressed');
    expect(suppressed?.decision).toMatchObject({ templateId: wanted });
    if (wanted !== null) expect(suppressed).toMatchObject({ reasonCode: 'order_facts_stale' });
    expect(await tagsOf(c)).toContain('route-email-support-team');
    expect(dataOf(c, 'MessageSettled')).toHaveLength(1);
  });

  it('an answer that cannot be read sends nothing', async () => {
    const c = choreography();
    slow(c, () => c.helpdesk.link('t-1', 'words'));
    c.helpdesk.link('t-1', shipped);
    asks(c);
    await c.webhook(MINIMAL);
    expect(texts(c)).toEqual([]);
    expect(dataOf(c, 'ReplySuppressed')[0]).toMatchObject({ reasonCode: 'vendor_error_fail_closed' });
  });

  it('a helpdesk that is busy is asked again before anything is claimed', async () => {
    const c = choreography();
    const door = c.containerOf('responder-reply');
    const { linked } = door.orders;
    let isBusy = true;
    Object.assign(door, {
      orders: {
        ...door.orders,
        linked: async (id: string) => {
          if (!isBusy) return linked(id);
          isBusy = false;
          throw new VendorError('richpanel', 'server', { status: 503 });
        },
      },
    });
    slow(c);
    c.helpdesk.link('t-1', shipped);
    asks(c);
    await c.webhook(MINIMAL);
    expect(texts(c)).toEqual([]);
    await c.pass(MINUTE);
    expect(texts(c)).toHaveLength(1);
  });
});

function proving(channel: 'email' | 'livechat' = 'livechat') {
  const c = choreography();
  c.parameters.values.set('order_match_verified_enabled', 'true');
  c.helpdesk.putOrder(STORE, '1043', { ...shipped, phone: '801-555-0142' });
  return {
    c,
    ask: async (text: string, email = NORA) => {
      asks(c, text, channel, email);
      await c.webhook(MINIMAL);
      await c.pass(MINUTE);
    },
  };
}

describe('an order that a customer proves (M2 and M3, replies §2.2)', () => {
  it('is not looked for while the stage is off', async () => {
    const c = choreography();
    const calls = counted(c, 'order-lookup');
    c.helpdesk.putOrder(STORE, '1043', shipped);
    asks(c, 'Where is my order #1043?');
    await c.webhook(MINIMAL);
    expect(calls).toEqual(['linked']);
    expect(dataOf(c, 'OrderNotMatched')[0]).toMatchObject({ reason: 'unlinked' });
  });

  it('by number and the sender’s address', async () => {
    const { c, ask } = proving('email');
    await ask('Where is my order #1043?');
    expect(dataOf(c, 'OrderMatched')[0]).toMatchObject({ matchMethod: 'verified', matchCount: 1 });
    expect(texts(c)[0]).toContain('1Z999AA10123456784');
  });

  it('by number and a typed phone number in a chat', async () => {
    const { c, ask } = proving();
    await ask('Where is my order #1043? My phone is +1 801 555 0142.');
    expect(dataOf(c, 'OrderMatched')[0]).toMatchObject({ matchMethod: 'verified' });
    expect(texts(c)).toHaveLength(1);
  });

  it('is looked for where several are linked, never beside the one that is linked', async () => {
    const { c, ask } = proving('email');
    c.helpdesk.link('t-1', { ...waiting, orderId: '1001', orderName: '#1001' });
    await ask('Where is my order #1043?');
    expect(dataOf(c, 'OrderNotMatched')[0]).toMatchObject({ reason: 'multiple' });
    const several = proving('email');
    several.c.helpdesk.link('t-1', [waiting, shipped]);
    await several.ask('Where is my order #1043?');
    expect(dataOf(several.c, 'OrderMatched')[0]).toMatchObject({ matchMethod: 'verified' });
  });

  it('nobody learns whether a number exists: the same events, tags, text and calls', async () => {
    const heard = await Promise.all(
      // Somebody else’s order, one of somebody else that is incomplete, and none.
      [shipped, { ...shipped, createdAt: null }, null].map(async (order) => {
        const { c, ask } = proving('email');
        c.helpdesk.putOrder(STORE, '1043', order);
        const calls = counted(c, 'order-lookup');
        await ask('Where is my order #1043?', 'mallory@example.test');
        return {
          names: c.names(),
          told: dataOf(c, 'OrderNotMatched').map(({ reason, missingFields, reasonCodes }) => ({
            reason,
            missingFields,
            reasonCodes,
          })),
          tags: await tagsOf(c),
          texts: texts(c),
          calls,
        };
      }),
    );
    expect(heard[0]?.texts).toHaveLength(1);
    expect(heard[0]?.calls).toEqual(['linked', `${STORE} 1043`]);
    expect(heard[1]).toEqual(heard[0]);
    expect(heard[2]).toEqual(heard[0]);
  });

  it('after three attempts in a conversation nothing is looked for, and a person is asked in', async () => {
    const { c, ask } = proving('email');
    const calls = counted(c, 'order-lookup');
    for (const number of [2001, 2002, 2003]) {
      await ask(`Where is my order #${number}?`);
      c.clock.advance(11 * MINUTE);
    }
    await ask('Where is my order #1043?');
    expect(calls.filter((call) => call !== 'linked')).toEqual([2001, 2002, 2003].map((number) => `${STORE} ${number}`));
    expect(dataOf(c, 'OrderNotMatched').at(-1)).toMatchObject({
      reasonCodes: ['missing_order_context', 'cap_24h_conversation'],
    });
    expect(texts(c)).toHaveLength(1);
    expect(await tagsOf(c)).toContain('mw-needs-manual-triage');
  });

  it('is not spoken of once the stage is switched off', async () => {
    const { c, ask } = proving('email');
    slow(c, () => c.parameters.values.set('order_match_verified_enabled', 'false'));
    await ask('Where is my order #1043?');
    expect(dataOf(c, 'OrderMatched')).toHaveLength(1);
    expect(texts(c)).toEqual([]);
  });

  it('is read again by the same method', async () => {
    const { c, ask } = proving('email');
    const calls = counted(c, 'responder-reply');
    slow(c);
    await ask('Where is my order #1043?');
    expect(texts(c)).toHaveLength(1);
    expect(calls).toEqual([`${STORE} 1043`]);
  });
});

describe('the estimate (replies §3)', () => {
  /** What the door and the look-up have told of the flags. */
  const alerts = (c: Choreography) =>
    (['order-lookup', 'responder-reply'] as const).map((name) =>
      c
        .containerOf(name)
        .telemetry.lines.some(
          ({ event, level, fields }) =>
            event === 'system.flags.malformed' && level === 'ERROR' && fields.error_code === 'transit_map',
        ),
    );
  const ask = async (transitMap: string) => {
    const c = choreography();
    c.parameters.values.set('transit_map', transitMap);
    c.helpdesk.link('t-1', waiting);
    asks(c);
    await c.webhook(MINIMAL);
    return c;
  };

  it.each([
    '{"standard":[3,5]',
    'standard',
    '[]',
    '{"standard":[5,3]}',
    '{"standard":[9,9],"ground":[0,2]}',
    '{"standard":[9,9],"ground":[1,61]}',
    '{"standard":[9,9.5]}',
    '{"standard":{"window":[9,9],"label":"<b>"}}',
    'null',
  ])('a malformed transit_map %s leaves the configured map in place, with an alert (A50)', async (flag) => {
    const c = await ask(flag);
    expect(texts(c)[0]).toContain('up to 2 business days');
    expect(alerts(c)).toEqual([true, true]);
  });

  it.each([
    ['', 'up to 2 business days'],
    ['{"standard":[8,9]}', '5–6 business days'],
  ])('transit_map %j counts "%s", without an alert', async (flag, words) => {
    const c = await ask(flag);
    expect(texts(c)[0]).toContain(words);
    expect(alerts(c)).toEqual([false, false]);
  });

  it('says in the fact of the reply how the window was counted, and names neither order nor method (replies §3.7)', async () => {
    const c = await ask('');
    const [sent] = dataOf(c, 'ReplySent');
    expect(sent?.estimate).toEqual({
      orderRefHash: dataOf(c, 'OrderMatched')[0]?.orderRefHash,
      shippingMethodHash: expect.stringMatching(/^h_1_[0-9a-f]{32}$/),
      shippingBucket: 'Standard',
      slaMinBd: 3,
      slaMaxBd: 5,
      createdAtDate: '2026-01-12',
      asOfDate: '2026-01-15',
      zone: 'America/New_York',
      calendar: 'none',
      elapsedBd: 3,
      remainingMinBd: 0,
      remainingMaxBd: 2,
    });
    expect(sent).toMatchObject({ templateId: 't_order_eta_no_tracking_verified', templateVersion: '1.0.0' });
    expect(dataOf(c, 'TicketResolved')).toHaveLength(1);
    expect(JSON.stringify(c.facts())).not.toMatch(/1043|Standard Shipping/);
  });

  it('is in no fact about an order with tracking', async () => {
    const c = choreography();
    c.helpdesk.link('t-1', shipped);
    asks(c);
    await c.webhook(MINIMAL);
    expect(dataOf(c, 'ReplySent')[0]).not.toHaveProperty('estimate');
  });
});
