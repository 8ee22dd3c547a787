/** A resolution that was stored although its sender died or could not read: it stands (protocols §8). */
import { describe, expect, it } from 'vitest';
import { VendorError } from '../../shared/errors.ts';
import {
  announcing,
  dies,
  isDecision,
  MINIMAL,
  MINUTE,
  outcomes,
  routesOf,
  survive,
  sweepFor,
  ticketOf,
} from './testing.ts';

describe('a sender that died after it had resolved the ticket', () => {
  async function diedAfterResolving() {
    const c = announcing();
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
    const c = announcing();
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
      const c = announcing();
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
