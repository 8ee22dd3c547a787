/** What `responder-settle` ends: stalled messages, claims without an outcome, routes that waited (protocols §6–8). */
import { describe, expect, it } from 'vitest';
import type { EventName } from '../../../events/catalogue.ts';
import type { Metadata } from '../../../events/envelope.ts';
import { type Choreography, choreography } from '../../../test/choreography.ts';
import { advanceLatest, commitRoute, setSticky } from '../../shared/conversation/conversation.ts';
import { VendorError } from '../../shared/errors.ts';
import { recordKeyOf } from '../../shared/ledger/messages.ts';
import type { Changes } from '../../shared/store/language.ts';
import { delivered, exampleOf } from '../../shared/testing.ts';

const DAMAGED = 'My lamp arrived broken, the glass is shattered.';
const ESTIMATE = 'What is the status of my order? I am looking forward to it.';
const MINIMAL = { ticket_id: 't-1', trigger: 'customer_message' };
const MINUTE = 60_000;

/** Placed two days before, unfulfilled, in a window that is recognised: the reply announces a resolution (replies §3.8 E01). */
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

/** The function dies whenever it would make such a change, until it is given its life back. */
function dies(
  c: Choreography,
  name: Parameters<Choreography['containerOf']>[0],
  at: (key: string, set: Changes['set']) => boolean,
  error: Error = new Error('dead'),
) {
  const container = c.containerOf(name);
  const { store } = container;
  Object.assign(container, {
    store: {
      ...store,
      update: (...call: Parameters<typeof store.update>) =>
        at(String(call[1].key), call[2].set) ? Promise.reject(error) : store.update(...call),
      change: (...call: Parameters<typeof store.change>) =>
        at(String(call[1].key), call[2].set) ? Promise.reject(error) : store.change(...call),
    },
  });
  return () => void Object.assign(container, { store });
}
const isDecision = (key: string, set: Changes['set']) => key.startsWith('csm:') && set?.status === 'DECIDED';

/** Runs on, whatever dies on the way. */
async function survive(c: Choreography, first: () => Promise<unknown>) {
  await first().catch(() => undefined);
  for (let time = 0; time < 20; time += 1) await c.run().catch(() => undefined);
}
const ticketOf = async (c: Choreography) => {
  const ticket = await c.helpdesk.ticket('t-1');
  return { status: ticket?.status, tags: ticket?.tags ?? [] };
};
const routesOf = async (c: Choreography) => (await ticketOf(c)).tags.filter((tag) => tag.startsWith('route-'));
const outcomes = (c: Choreography) => c.factsOf('MessageSettled').map(({ data }) => data.outcome);

/** Sweeps as time goes by, with what was parked coming back. */
async function sweepFor(c: Choreography, minutes: number) {
  for (let minute = 0; minute < minutes; minute += 1) {
    await c.pass(MINUTE, 10_000);
    await c.sweep().catch(() => undefined);
  }
}

describe('a sender that died after it had resolved the ticket', () => {
  async function diedAfterResolving() {
    const c = choreography();
    c.helpdesk.customerWrites({ conversationId: 't-1', text: ESTIMATE });
    c.helpdesk.link('t-1', inWindow);
    dies(c, 'responder-reply', isDecision);
    await survive(c, () => c.webhook(MINIMAL));
    expect(c.helpdesk.outbox).toHaveLength(1);
    expect((await ticketOf(c)).status).toBe('closed');
    return c;
  }

  it('leaves it resolved: whoever ends the reply writes no route (§8)', async () => {
    const c = await diedAfterResolving();
    await sweepFor(c, 6);
    expect((await ticketOf(c)).status).toBe('closed');
    expect(await routesOf(c)).toEqual([]);
    expect(outcomes(c)).toEqual(['replied']);
    expect([c.names().includes('ReplySent'), c.names().includes('TicketResolved')]).toEqual([true, true]);
  });

  it('although the message was already called stalled (its deadline is 120 s)', async () => {
    const c = await diedAfterResolving();
    // The claims are looked at later than the message.
    for (const key of ['act:rp_reply:t-1:c-1', 'act:rp_resolve:t-1:c-1'])
      await c.store.update('idempotency', { key }, { set: { next_sweep_at: c.clock.now() + 60 * MINUTE } });
    await sweepFor(c, 6);
    expect(c.names()).toContain('MessageStalled');
    expect((await ticketOf(c)).status).toBe('closed');
    expect(await routesOf(c)).toEqual([]);
    expect(outcomes(c)).toEqual(['replied']);
  });
});

describe('a sender whose reads fail once the resolution is stored', () => {
  it('has resolved the ticket all the same: no route, and everybody is told', async () => {
    const c = choreography();
    c.helpdesk.customerWrites({ conversationId: 't-1', text: ESTIMATE });
    c.helpdesk.link('t-1', inWindow);
    const container = c.containerOf('responder-reply');
    const { store } = container;
    const busy = new VendorError('dynamodb', 'rate_limited', { status: 400 });
    let isStored = false;
    Object.assign(container, {
      store: {
        ...store,
        get: (...call: Parameters<typeof store.get>) =>
          isStored && String(call[1].key).startsWith('act:rp_resolve:') ? Promise.reject(busy) : store.get(...call),
        async change(...call: Parameters<typeof store.change>) {
          const answer = await store.change(...call);
          if (String(call[1].key).startsWith('act:rp_resolve:') && call[2].set?.status === 'DONE') isStored = true;
          return answer;
        },
      },
    });
    await survive(c, () => c.webhook(MINIMAL));
    await sweepFor(c, 6);
    expect(isStored).toBe(true);
    expect((await ticketOf(c)).status).toBe('closed');
    expect(await routesOf(c)).toEqual([]);
    expect(outcomes(c)).toEqual(['replied']);
    expect(c.names().filter((name) => name === 'TicketResolved')).toHaveLength(1);
  });
});

describe('a sender that died after it had resolved the ticket and could not write its tags', () => {
  it.each([['ReplyOutcomeUnclear'], ['MessageStalled']])(
    'leaves them to whoever ends the reply: %s',
    async (stated) => {
      const c = choreography();
      c.helpdesk.customerWrites({ conversationId: 't-1', text: ESTIMATE });
      c.helpdesk.link('t-1', inWindow);
      const sender = c.containerOf('responder-reply');
      const refused = new VendorError('richpanel', 'server', { status: 502 });
      const addTags = (_id: string, tags: readonly string[]) =>
        Promise.reject(tags.includes('mw:auto_closed') ? refused : new Error('dead'));
      Object.assign(sender, { tagger: { ...sender.tagger, addTags } });
      await survive(c, () => c.webhook(MINIMAL));
      if (stated === 'MessageStalled')
        for (const key of ['act:rp_reply:t-1:c-1', 'act:rp_resolve:t-1:c-1'])
          await c.store.update('idempotency', { key }, { set: { next_sweep_at: c.clock.now() + 60 * MINUTE } });
      await sweepFor(c, 6);
      const named = c.factsOf('ReplySent').flatMap(({ data }) => data.tagsAdded as string[]);
      expect([c.names().includes(stated), outcomes(c), named]).toEqual([
        true,
        ['replied'],
        expect.arrayContaining(['mw-auto-replied']),
      ]);
      expect((await ticketOf(c)).tags).toEqual(expect.arrayContaining(named));
      expect([(await ticketOf(c)).status, await routesOf(c)]).toEqual(['closed', []]);
    },
  );
});

describe('a reply of which a rebuilt ledger knows the outcome alone', () => {
  it('gets the tags that its sender died over', async () => {
    const c = choreography(undefined, ['responder-settle']);
    c.helpdesk.customerWrites({ conversationId: 't-1', text: ESTIMATE });
    c.helpdesk.link('t-1', inWindow);
    const sender = c.containerOf('responder-reply');
    const refused = new VendorError('richpanel', 'server', { status: 502 });
    const addTags = (_id: string, tags: readonly string[]) =>
      Promise.reject(tags.includes('mw:auto_closed') ? refused : new Error('dead'));
    Object.assign(sender, { tagger: { ...sender.tagger, addTags } });
    await survive(c, () => c.webhook(MINIMAL));
    await sweepFor(c, 3);
    const key = 'act:rp_reply:t-1:c-1';
    const unclear = c.factsOf('ReplyOutcomeUnclear').find(({ data }) => data.actionKey === key);
    await c.store.update('idempotency', { key }, { set: { approval: null } });
    await c.hand('responder-settle', {
      source: 'frontdesk.sweeper',
      'detail-type': 'ReplyOutcomeUnclear',
      detail: unclear,
    });
    const named = c.factsOf('ReplySent').flatMap(({ data }) => data.tagsAdded as string[]);
    expect(named).toContain('mw-auto-replied');
    expect((await ticketOf(c)).tags).toEqual(expect.arrayContaining(named));
    expect(c.helpdesk.outbox).toHaveLength(1);
  });
});

describe('a sender that died while it was closing', () => {
  it('is waited for 120 s; then the close is given up, the ticket reopened and routed', async () => {
    const c = choreography();
    c.helpdesk.customerWrites({ conversationId: 't-1', text: ESTIMATE });
    c.helpdesk.link('t-1', inWindow);
    dies(c, 'responder-reply', (key) => key.startsWith('act:rp_resolve:'));
    await survive(c, () => c.webhook(MINIMAL));
    expect((await ticketOf(c)).status).toBe('closed');
    const key = 'act:rp_resolve:t-1:c-1';
    await c.store.update('idempotency', { key }, { set: { next_sweep_at: c.clock.now() + 5 * MINUTE } });
    // Both the reply's outcome and the stalled message wait for the close.
    await sweepFor(c, 4);
    expect([await routesOf(c), outcomes(c)]).toEqual([[], []]);
    await sweepFor(c, 10);
    expect((await ticketOf(c)).status).toBe('open');
    expect(await routesOf(c)).toEqual(['route-email-support-team']);
    expect(outcomes(c)).toEqual(['replied']);
    expect(c.names()).not.toContain('TicketResolved');
  });

  it('and opened again although the record of the conversation was lost since', async () => {
    const c = choreography();
    c.helpdesk.customerWrites({ conversationId: 't-1', text: ESTIMATE });
    c.helpdesk.link('t-1', inWindow);
    dies(c, 'responder-reply', (key) => key.startsWith('act:rp_resolve:'));
    await survive(c, () => c.webhook(MINIMAL));
    await c.store.remove('conversation_state', { conversation_id: 't-1' });
    expect((await ticketOf(c)).status).toBe('closed');
    await sweepFor(c, 6);
    expect((await ticketOf(c)).status).toBe('open');
  });

  it('and opened again although a newer message has the route by then', async () => {
    const c = choreography();
    c.helpdesk.customerWrites({ conversationId: 't-1', text: ESTIMATE });
    c.helpdesk.link('t-1', inWindow);
    const { closer } = c.containerOf('responder-reply');
    const close = async (id: string): Promise<void> => {
      // Written when the sender had looked for the last time, and routed before the close lands.
      c.helpdesk.customerWrites({ conversationId: 't-1', text: DAMAGED });
      await commitRoute(c.containerOf('responder-route'), 't-1', {
        seq: '7ZZZZZZZZZZZZZZZZZZZZZZZZZ',
        rank: 1,
        by: 'dec_newer',
        route: { team: 'Returns Admin', routeTag: 'route-returns-admin', tags: ['route-returns-admin'] },
      });
      await closer.close(id);
      throw new Error('dead');
    };
    Object.assign(c.containerOf('responder-reply'), { closer: { ...closer, close } });
    await survive(c, () => c.webhook(MINIMAL));
    expect((await ticketOf(c)).status).toBe('closed');
    await sweepFor(c, 6);
    expect((await ticketOf(c)).status).toBe('open');
  });
});

describe('a sender whose reads of the ticket lag', () => {
  it.each(['before the close', 'after it'])(
    'learns from the record of a newer message that was decided %s',
    async (when) => {
      const c = choreography();
      c.helpdesk.customerWrites({ conversationId: 't-1', text: ESTIMATE });
      c.helpdesk.link('t-1', inWindow);
      const container = c.containerOf('responder-reply');
      const { closer } = container;
      const isDecided = () => advanceLatest(container, 't-1', '7ZZZZZZZZZZZZZZZZZZZZZZZZZ');
      const { store } = container;
      const put: typeof store.put = async (...call) => {
        if (when === 'before the close' && String(call[1].key).startsWith('act:rp_resolve:')) await isDecided();
        return store.put(...call);
      };
      let closes = 0;
      const close = async (id: string): Promise<void> => {
        closes += 1;
        await closer.close(id);
        await isDecided();
      };
      Object.assign(container, { store: { ...store, put }, closer: { ...closer, close } });
      await c.webhook(MINIMAL);
      expect([closes, (await ticketOf(c)).status]).toEqual([when === 'before the close' ? 0 : 1, 'open']);
      expect(c.names()).not.toContain('TicketResolved');
    },
  );
});

describe('a close without an answer', () => {
  it('that lands when its message is routed and over is undone: nobody was told of it', async () => {
    const c = choreography();
    c.helpdesk.customerWrites({ conversationId: 't-1', text: ESTIMATE });
    c.helpdesk.link('t-1', inWindow);
    const { closer } = c.containerOf('responder-reply');
    const close = () => Promise.reject(new VendorError('richpanel', 'timeout', { applied: 'unknown' }));
    Object.assign(c.containerOf('responder-reply'), { closer: { ...closer, close } });
    await survive(c, () => c.webhook(MINIMAL));
    expect([await routesOf(c), outcomes(c)]).toEqual([['route-email-support-team'], ['replied']]);
    await closer.close('t-1');
    await sweepFor(c, 6);
    expect((await ticketOf(c)).status).toBe('open');
    expect(c.names()).not.toContain('TicketResolved');
  });
});

describe('a sender that died between its reply and the close', () => {
  it('leaves the tags of its reply to the write that routes the stalled message: a fact names them', async () => {
    const c = choreography();
    c.helpdesk.customerWrites({ conversationId: 't-1', text: ESTIMATE });
    c.helpdesk.link('t-1', inWindow);
    const container = c.containerOf('responder-reply');
    const { store } = container;
    const put: typeof store.put = (...call) =>
      String(call[1].key).startsWith('act:rp_resolve:') ? Promise.reject(new Error('dead')) : store.put(...call);
    Object.assign(container, { store: { ...store, put } });
    await survive(c, () => c.webhook(MINIMAL));
    const key = 'act:rp_reply:t-1:c-1';
    await c.store.update('idempotency', { key }, { set: { next_sweep_at: c.clock.now() + 60 * MINUTE } });
    await sweepFor(c, 6);
    expect([c.names().includes('MessageStalled'), outcomes(c)]).toEqual([true, ['replied']]);
    const named = c.factsOf('ReplySent').flatMap(({ data }) => data.tagsAdded as string[]);
    expect(named).toContain('mw-auto-replied');
    expect((await ticketOf(c)).tags).toEqual(expect.arrayContaining(named));
    // The sender that comes back: what is routed is not closed any more.
    Object.assign(container, { store });
    const [approval] = c.factsOf('ReplyApproved');
    if (approval) await c.hand('responder-reply', delivered(approval));
    expect([(await ticketOf(c)).status, await routesOf(c)]).toEqual(['open', ['route-email-support-team']]);
    expect(c.names()).not.toContain('TicketResolved');
  });
});

describe('an outcome that is unclear while the helpdesk answers nobody', () => {
  it('stays open until a read is answered: then the reply on the ticket is found', async () => {
    const c = choreography();
    c.helpdesk.customerWrites({ conversationId: 't-1', text: DAMAGED });
    dies(c, 'responder-reply', (key) => key.startsWith('act:rp_reply:'));
    await survive(c, () => c.webhook(MINIMAL));
    expect(c.helpdesk.outbox).toHaveLength(1);
    const settle = c.containerOf('responder-settle');
    const { helpdesk } = settle;
    Object.assign(settle, { helpdesk: { ticket: () => Promise.reject(new VendorError('richpanel', 'server')) } });
    await sweepFor(c, 6);
    expect([c.names().includes('ReplyOutcomeUnclear'), outcomes(c)]).toEqual([true, []]);
    Object.assign(settle, { helpdesk });
    await sweepFor(c, 40);
    expect([c.names().includes('ReplySent'), c.names().includes('ReplyFailed'), outcomes(c)]).toEqual([
      true,
      false,
      ['replied'],
    ]);
  });
});

/** While its write of a route is on the way another message is routed as Tier 0 and this one ended; it lands, and its writer dies. */
function writesLate(c: Choreography, name: 'responder-reply' | 'responder-settle') {
  const container = c.containerOf(name);
  const { tagger } = container;
  const tier0 = { team: 'Leadership Team', routeTag: 'route-leadership-team', tags: [] } as const;
  async function addTags(id: string, tags: readonly string[]) {
    if (!tags.includes('route-email-support-team')) return tagger.addTags(id, tags);
    const at = { seq: '7ZZZZZZZZZZZZZZZZZZZZZZZZZ', rank: 2, by: 'dec_newer', route: tier0 } as const;
    await commitRoute(c.containerOf('responder-route'), id, at);
    await tagger.addTags(id, [tier0.routeTag]);
    await tagger.addTags(id, tags);
    const key = recordKeyOf(c.factsOf('MessageReceived')[0]?.metadata as Metadata);
    const ended = {
      status: 'SETTLED',
      settled_by: 'responder-settle',
      settled_at: new Date(c.clock.now()).toISOString(),
    };
    await c.store.update('idempotency', { key }, { set: ended });
    throw new Error('dead');
  }
  Object.assign(container, { tagger: { ...tagger, addTags } });
}

describe('whoever died between the write of a route and the look at what stands since', () => {
  const BOTH = ['route-leadership-team', 'route-email-support-team'];

  /** As Lambda does, once the lease is over. */
  async function triedAgain(
    c: Choreography,
    name: 'responder-reply' | 'responder-settle',
    source: string,
    fact: EventName,
  ) {
    c.clock.advance(3 * MINUTE);
    const [detail] = c.factsOf(fact);
    await c.hand(name, { source, 'detail-type': fact, detail });
  }

  /** Its fallback was written over a Tier 0, and whoever wrote it died. */
  async function stalledLate(): Promise<Choreography> {
    const c = choreography();
    c.helpdesk.customerWrites({ conversationId: 't-1', text: DAMAGED });
    dies(c, 'classify', isDecision);
    await survive(c, () => c.webhook(MINIMAL));
    writesLate(c, 'responder-settle');
    c.clock.advance(121 * MINUTE);
    await survive(c, c.sweep);
    return c;
  }

  it('looks when it is tried again, although the message is over: a stalled one', async () => {
    const c = await stalledLate();
    expect(await routesOf(c)).toEqual(BOTH);
    await triedAgain(c, 'responder-settle', 'frontdesk.sweeper', 'MessageStalled');
    expect(await routesOf(c)).toEqual(['route-leadership-team']);
  });

  it('looks when its parked copy comes back, although the ledger that counted its attempt is lost: a stalled one', async () => {
    const c = await stalledLate();
    const [envelope] = c.factsOf('MessageStalled');
    await c.store.remove('idempotency', {
      key: `csm:responder-settle:responder-settle:${envelope?.metadata.eventId}`,
    });
    const at = { firstAt: c.clock.now(), count: 2, totalMs: 65_000 };
    const comesBack = (causes: Record<string, number>) =>
      c.hand('responder-settle', {
        Records: [{ body: JSON.stringify({ envelope, parked: { ...at, causes }, replayName: null }) }],
      });
    await comesBack({ foreign_lease: 2 });
    expect(await routesOf(c)).toEqual(BOTH);
    c.clock.advance(3 * MINUTE);
    await comesBack({ foreign_lease: 1, register_wait: 1 });
    expect(await routesOf(c)).toEqual(['route-leadership-team']);
  });

  it('looks when it is tried again, although the message is over: the route that waited for a reply', async () => {
    const c = choreography(undefined, ['responder-reply']);
    c.helpdesk.customerWrites({ conversationId: 't-1', text: ESTIMATE });
    c.helpdesk.link('t-1', inWindow);
    await c.webhook(MINIMAL);
    c.parameters.values.set('automation_enabled', 'false');
    writesLate(c, 'responder-reply');
    const [detail] = c.factsOf('ReplyApproved');
    const approval = { source: 'frontdesk.verify', 'detail-type': 'ReplyApproved', detail };
    await c.hand('responder-reply', approval).catch(() => undefined);
    expect(await routesOf(c)).toEqual(BOTH);
    await triedAgain(c, 'responder-reply', 'frontdesk.verify', 'ReplyApproved');
    expect([c.helpdesk.outbox, await routesOf(c)]).toEqual([[], ['route-leadership-team']]);
  });
});

describe('a stalled message (§7)', () => {
  it('that nobody decided is routed to people, tagged and failed', async () => {
    const c = choreography();
    c.helpdesk.customerWrites({ conversationId: 't-1', text: DAMAGED });
    dies(c, 'classify', isDecision);
    await survive(c, () => c.webhook(MINIMAL));
    c.clock.advance(121 * MINUTE);
    await survive(c, c.sweep);
    expect(outcomes(c)).toEqual(['failed']);
    expect((await ticketOf(c)).tags).toEqual(
      expect.arrayContaining(['route-email-support-team', 'mw-error-needs-attention', 'mw-needs-manual-triage']),
    );
  });

  it('whose route stands and whose reply hangs shuts the door, says so on the ticket, and moves nothing', async () => {
    const c = choreography();
    c.helpdesk.customerWrites({ conversationId: 't-1', text: DAMAGED });
    dies(c, 'verify', isDecision, new VendorError('dynamodb', 'server'));
    await survive(c, () => c.webhook(MINIMAL));
    const routed = await routesOf(c);
    expect(routed).toHaveLength(1);
    c.clock.advance(121 * MINUTE);
    await survive(c, c.sweep);
    expect(c.factsOf('ReplyFailed').map(({ data }) => data.errorCode)).toEqual(['stalled']);
    expect((await ticketOf(c)).tags).toEqual(expect.arrayContaining(['mw-error-needs-attention', ...routed]));
    expect(await routesOf(c)).toEqual(routed);
    expect(c.factsOf('TicketRouted').map(({ data }) => data.mode)).toEqual(['now', 'tags_only']);
    expect(outcomes(c)).toEqual(['failed']);
  });

  it('never sends afterwards, although the approval comes late', async () => {
    const c = choreography();
    c.helpdesk.customerWrites({ conversationId: 't-1', text: DAMAGED });
    const revive = dies(c, 'responder-reply', (key) => key.startsWith('csm:'));
    await survive(c, () => c.webhook(MINIMAL));
    c.clock.advance(121 * MINUTE);
    await survive(c, c.sweep);
    revive();
    const [approval] = c.factsOf('ReplyApproved');
    await c.bus.putEvents([
      { source: 'frontdesk.verify', detailType: 'ReplyApproved', detail: JSON.stringify(approval) },
    ]);
    await c.run();
    expect(c.helpdesk.outbox).toEqual([]);
    expect(outcomes(c)).toEqual(['failed']);
  });

  it('says that its waiting reply failed, although the outcome is told after the end', async () => {
    const c = choreography(undefined, ['responder-reply']);
    c.helpdesk.customerWrites({ conversationId: 't-1', text: ESTIMATE });
    c.helpdesk.link('t-1', inWindow);
    await c.webhook(MINIMAL);
    await sweepFor(c, 6);
    expect([outcomes(c), (await ticketOf(c)).tags.includes('mw-send-failed')]).toEqual([['failed'], false]);
    const [approval] = c.factsOf('ReplyApproved');
    await c.hand('responder-reply', { source: 'frontdesk.verify', 'detail-type': 'ReplyApproved', detail: approval });
    expect(c.helpdesk.outbox).toEqual([]);
    expect((await ticketOf(c)).tags).toContain('mw-send-failed');
    expect(await routesOf(c)).toEqual(['route-email-support-team']);
  });

  it('tells the route of its own decision where that was written after it had stored what it states, and nobody else will', async () => {
    const c = choreography(undefined, ['responder-reply']);
    const { bus } = c.containerOf('responder-settle');
    c.helpdesk.customerWrites({ conversationId: 't-1', text: ESTIMATE });
    c.helpdesk.link('t-1', inWindow);
    await commitRoute(c.containerOf('responder-route'), 't-1', {
      seq: '00000000000000000000000000',
      rank: 1,
      by: 'dec_older',
      route: { team: 'Sales Team', routeTag: 'route-sales-team', tags: ['route-sales-team'] },
    });
    await c.webhook(MINIMAL);
    // It shuts the door, routes, stores what it states, and dies before it is told.
    const putEvents = () => Promise.reject(new Error('dead'));
    Object.assign(c.containerOf('responder-settle'), { bus: { ...bus, putEvents } });
    await sweepFor(c, 6);
    expect(await routesOf(c)).toEqual(['route-sales-team']);
    // The sender finds the door shut, writes the route that had waited for it, and dies before that is stored.
    dies(c, 'responder-reply', isDecision);
    const [approval] = c.factsOf('ReplyApproved');
    const late = { source: 'frontdesk.verify', 'detail-type': 'ReplyApproved', detail: approval };
    await c.hand('responder-reply', late).catch(() => undefined);
    expect(await routesOf(c)).toEqual(['route-email-support-team']);

    Object.assign(c.containerOf('responder-settle'), { bus });
    await sweepFor(c, 60);
    expect([outcomes(c), await routesOf(c)]).toEqual([['failed'], ['route-email-support-team']]);
    const moved = c.factsOf('TicketRouted').filter(({ data }) => data.mode !== 'tags_only');
    expect(moved.map(({ data }) => data.routeTag)).toEqual(['route-sales-team', 'route-email-support-team']);
  });

  it('in a conversation with a sticky flag is routed as Tier 0', async () => {
    const c = choreography();
    c.helpdesk.customerWrites({ conversationId: 't-1', text: DAMAGED });
    dies(c, 'classify', isDecision);
    await survive(c, () => c.webhook(MINIMAL));
    await setSticky(c.containerOf('classify'), 't-1', ['CHARGEBACK_DISPUTE'], 'Chargebacks / Disputes Team');
    c.clock.advance(121 * MINUTE);
    await survive(c, c.sweep);
    expect(await routesOf(c)).toEqual(['route-chargebacks-disputes']);
    expect(c.factsOf('TicketRouted').map(({ data }) => data.rank)).toEqual([2]);
  });

  it('whose sticky team has left the helpdesk goes to the one that stands in for it (decisions §1.1)', async () => {
    const c = choreography();
    c.helpdesk.customerWrites({ conversationId: 't-1', text: DAMAGED });
    dies(c, 'classify', isDecision);
    await survive(c, () => c.webhook(MINIMAL));
    await setSticky(c.containerOf('classify'), 't-1', ['CHARGEBACK_DISPUTE'], 'Chargebacks / Disputes Team');
    const settle = c.containerOf('responder-settle');
    const available = settle.config.teams.available.filter((team) => team !== 'Chargebacks / Disputes Team');
    Object.assign(settle, { config: { ...settle.config, teams: { ...settle.config.teams, available } } });
    c.clock.advance(121 * MINUTE);
    await survive(c, c.sweep);
    expect(await routesOf(c)).toEqual(['route-leadership-team']);
    expect((await ticketOf(c)).tags).toContain('mw-needs-chargebacks-queue');
  });

  it('beside a Tier 0 route that is committed writes that one, not the team of the first flag', async () => {
    const c = choreography();
    c.helpdesk.customerWrites({
      conversationId: 't-1',
      text: 'I have opened a dispute with my bank about this payment.',
    });
    // Committed and written; its branch is not closed.
    dies(c, 'responder-route', isDecision);
    await survive(c, () => c.webhook(MINIMAL));
    const committed = await routesOf(c);
    await c.store.update('conversation_state', { conversation_id: 't-1' }, { set: { sticky_team: 'Leadership Team' } });
    c.clock.advance(121 * MINUTE);
    await survive(c, c.sweep);
    expect(committed).toEqual(['route-chargebacks-disputes']);
    expect(await routesOf(c)).toEqual(committed);
    expect(outcomes(c)).toEqual(['failed']);
  });

  it('has no explanation written any more by the denial that comes in a replay (§9)', async () => {
    const c = choreography();
    c.parameters.values.set('auto_close_enabled', 'false');
    c.helpdesk.customerWrites({ conversationId: 't-1', text: 'Where is my order?' });
    c.helpdesk.link('t-1', { ...inWindow, shippingMethod: 'Some day' });
    const settle = c.containerOf('responder-settle');
    const { tagger } = settle;
    Object.assign(settle, { tagger: { ...tagger, addTags: () => Promise.reject(new Error('dead')) } });
    await survive(c, () => c.webhook(MINIMAL));
    const [denial] = c.factsOf('ReplyDenied');
    expect(denial?.data.extraTags).toContain('mw-tier-route-only');
    Object.assign(settle, { tagger });
    c.clock.advance(121 * MINUTE);
    await survive(c, c.sweep);
    expect(outcomes(c)).toEqual(['failed']);
    const before = await ticketOf(c);
    await c.hand('responder-settle', {
      source: 'frontdesk.verify',
      'detail-type': 'ReplyDenied',
      'replay-name': 'recovery-01KJTHSKPGJBNSSM41Y3P1E213',
      detail: denial,
    });
    expect(await ticketOf(c)).toEqual(before);
  });

  it('whose reply nobody has seen says so in the end, although a replay came before its tag was written', async () => {
    const c = choreography(undefined, ['responder-settle']);
    c.helpdesk.customerWrites({ conversationId: 't-1', text: DAMAGED });
    const send = () => Promise.reject(new VendorError('richpanel', 'timeout', { applied: 'unknown' }));
    Object.assign(c.containerOf('responder-reply'), { sender: { send } });
    dies(c, 'responder-reply', (key, set) => key.startsWith('act:rp_reply:') && set?.status !== undefined);
    await survive(c, () => c.webhook(MINIMAL));
    c.clock.advance(3 * MINUTE);
    await survive(c, c.sweep);
    const unclear = c.factsOf('ReplyOutcomeUnclear')[0];
    const heard = { source: 'frontdesk.sweeper', 'detail-type': 'ReplyOutcomeUnclear', detail: unclear };
    const settle = c.containerOf('responder-settle');
    const { tagger } = settle;
    Object.assign(settle, { tagger: { ...tagger, addTags: () => Promise.reject(new Error('dead')) } });
    await c.hand('responder-settle', heard).catch(() => undefined);
    Object.assign(settle, { tagger });
    // Another ended the message meanwhile, so that the replay says nothing on the ticket.
    for (const record of [...(c.store.tables.get('idempotency')?.values() ?? [])])
      if (String(record.key).startsWith('evt:')) await c.store.put('idempotency', { ...record, status: 'DEAD' });
    c.clock.advance(2 * MINUTE);
    await c.hand('responder-settle', { ...heard, 'replay-name': 'recovery-01KJTHSKPGJBNSSM41Y3P1E213' });
    expect((await ticketOf(c)).tags).not.toContain('mw-send-failed');
    // The sweeper names the claim again, since nobody has taken it off the open ones.
    await c.hand('responder-settle', heard);
    expect((await ticketOf(c)).tags).toContain('mw-send-failed');
    // Then it is off, and whoever takes the tag away is left in peace.
    await c.helpdesk.removeTags('t-1', ['mw-send-failed']);
    await c.hand('responder-settle', heard);
    expect((await ticketOf(c)).tags).not.toContain('mw-send-failed');
  });

  it('whose reply nobody has seen says so, and a replay of what was unclear adds nothing (§6, §9)', async () => {
    const c = choreography();
    c.helpdesk.customerWrites({ conversationId: 't-1', text: DAMAGED });
    const send = () => Promise.reject(new VendorError('richpanel', 'timeout', { applied: 'unknown' }));
    Object.assign(c.containerOf('responder-reply'), { sender: { send } });
    const settle = c.containerOf('responder-settle');
    const { tagger } = settle;
    Object.assign(settle, { tagger: { ...tagger, addTags: () => Promise.reject(new Error('dead')) } });
    dies(c, 'responder-reply', (key, set) => key.startsWith('act:rp_reply:') && set?.status !== undefined);
    await survive(c, () => c.webhook(MINIMAL));
    c.clock.advance(3 * MINUTE);
    await survive(c, c.sweep);
    const [unclear] = c.factsOf('ReplyOutcomeUnclear');
    const key = 'act:rp_reply:t-1:c-1';
    await c.store.update('idempotency', { key }, { set: { next_sweep_at: c.clock.now() + 600 * MINUTE } });
    Object.assign(settle, { tagger });
    c.clock.advance(121 * MINUTE);
    await survive(c, c.sweep);
    expect(outcomes(c)).toEqual(['failed']);
    expect(c.factsOf('ReplyFailed').map(({ data }) => data.outcome)).toEqual(['unknown']);
    expect((await ticketOf(c)).tags).toContain('mw-send-failed');
    // Whoever has looked after it takes the tag away.
    await c.helpdesk.removeTags('t-1', ['mw-send-failed']);
    const before = await ticketOf(c);
    await c.hand('responder-settle', {
      source: 'frontdesk.sweeper',
      'detail-type': 'ReplyOutcomeUnclear',
      'replay-name': 'recovery-01KJTHSKPGJBNSSM41Y3P1E213',
      detail: unclear,
    });
    expect(await ticketOf(c)).toEqual(before);
  });

  it('whose lost record is by now the claim of another root is that one’s: nothing is written', async () => {
    const c = choreography();
    c.helpdesk.customerWrites({ conversationId: 't-1', text: DAMAGED });
    const key = 'evt:rp:t-1:c-1';
    await c.store.put('idempotency', { key, root_event_id: 'another', root_key: 'evt:rp:t-1:c-2' });
    const about = { conversationId: 't-1', messageId: 'c-1', messageKey: 'c-1', intakeKey: 'c-1' };
    const before = await ticketOf(c);
    await c.hand('responder-settle', delivered(exampleOf('MessageStalled', c.clock.now(), about)));
    expect([await ticketOf(c), c.names()]).toEqual([before, []]);
    expect(await c.store.get('idempotency', { key })).toEqual({
      key,
      root_event_id: 'another',
      root_key: 'evt:rp:t-1:c-2',
    });
  });

  it('that is over is left alone', async () => {
    const c = choreography();
    c.helpdesk.customerWrites({ conversationId: 't-1', text: DAMAGED });
    await c.webhook(MINIMAL);
    const before = c.names();
    c.clock.advance(3 * 60 * MINUTE);
    await c.sweep();
    expect(c.names()).toEqual(before);
  });
});
