/** A close that its sender died in, got no answer to or never began: it is given up, and the message routed (protocols §8). */
import { describe, expect, it } from 'vitest';
import type { Choreography } from '../../../test/choreography.ts';
import { advanceLatest, commitRoute } from '../../shared/conversation/conversation.ts';
import { VendorError } from '../../shared/errors.ts';
import { delivered, exampleOf } from '../../shared/testing.ts';
import {
  announcing,
  DAMAGED,
  dies,
  MINIMAL,
  MINUTE,
  outcomes,
  routesOf,
  survive,
  sweepFor,
  ticketOf,
} from './testing.ts';

/** What the sweeper says of the close in time. */
const unclearClose = (c: Choreography) =>
  exampleOf(
    'ReplyOutcomeUnclear',
    c.clock.now(),
    {
      conversationId: 't-1',
      messageId: 'c-1',
      messageKey: 'c-1',
      intakeKey: c.factsOf('MessageReceived')[0]?.metadata.intakeKey ?? null,
    },
    { actionKey: 'act:rp_resolve:t-1:c-1' },
  );

describe('a sender that died while it was closing', () => {
  it('is waited for 120 s; then the close is given up, the ticket reopened and routed', async () => {
    const c = announcing();
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
    const c = announcing();
    dies(c, 'responder-reply', (key) => key.startsWith('act:rp_resolve:'));
    await survive(c, () => c.webhook(MINIMAL));
    await c.store.remove('conversation_state', { conversation_id: 't-1' });
    expect((await ticketOf(c)).status).toBe('closed');
    await sweepFor(c, 6);
    expect((await ticketOf(c)).status).toBe('open');
  });

  it('and opened again although a replay came first to a message that was over', async () => {
    const c = announcing();
    dies(c, 'responder-reply', (key) => key.startsWith('act:rp_resolve:'));
    await survive(c, () => c.webhook(MINIMAL));
    for (const record of [...(c.store.tables.get('idempotency')?.values() ?? [])])
      if (String(record.key).startsWith('evt:')) await c.store.put('idempotency', { ...record, status: 'DEAD' });
    const heard = { source: 'frontdesk.sweeper', 'detail-type': 'ReplyOutcomeUnclear', detail: unclearClose(c) };
    await c.hand('responder-settle', { ...heard, 'replay-name': 'recovery-01KJTHSKPGJBNSSM41Y3P1E213' });
    expect((await ticketOf(c)).status).toBe('closed');
    // Whoever gives it up dies on the ticket: the claim stays among the open ones, and the next word is for it as well.
    const { tagger } = c.containerOf('responder-settle');
    const reopen = () => Promise.reject(new Error('dead'));
    Object.assign(c.containerOf('responder-settle'), { tagger: { ...tagger, reopen } });
    await c.hand('responder-settle', heard).catch(() => undefined);
    const claim = () => c.store.get('idempotency', { key: 'act:rp_resolve:t-1:c-1' });
    expect(await claim()).toMatchObject({ status: 'FAILED', open: 'act' });
    Object.assign(c.containerOf('responder-settle'), { tagger });
    await c.hand('responder-settle', heard);
    expect((await ticketOf(c)).status).toBe('open');
    expect((await claim())?.open).toBeUndefined();
    // Given up it is: whoever closes the ticket then is left in peace.
    await c.containerOf('responder-reply').closer.close('t-1');
    await c.hand('responder-settle', heard);
    expect((await ticketOf(c)).status).toBe('closed');
  });

  it('and opened again although a newer message has the route by then', async () => {
    const c = announcing();
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
      const c = announcing();
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

describe('a sender of whose reads after the close one lags', () => {
  it.each([0, 1])('opens the ticket again where read %i alone shows a newer comment', async (fresh) => {
    const c = announcing();
    const container = c.containerOf('responder-reply');
    const { closer, helpdesk } = container;
    let newer: string | null = null;
    let reads = 0;
    const close = async (id: string): Promise<void> => {
      newer = c.helpdesk.customerWrites({ conversationId: 't-1', text: DAMAGED });
      await closer.close(id);
    };
    const ticket = async (id: string) => {
      const whole = await helpdesk.ticket(id);
      if (newer === null || !whole || reads++ === fresh) return whole;
      return { ...whole, comments: whole.comments.filter((comment) => comment.id !== newer) };
    };
    Object.assign(container, { closer: { ...closer, close }, helpdesk: { ticket } });
    await c.webhook(MINIMAL);
    expect((await ticketOf(c)).status).toBe('open');
    expect(c.names()).not.toContain('TicketResolved');
  });
});

describe('a sender that was frozen', () => {
  const KEY = 'act:rp_resolve:t-1:c-1';
  const closing = () => {
    const c = announcing();
    return { c, container: c.containerOf('responder-reply') };
  };

  it('between its claim and the close closes nothing: by then others may have given it up', async () => {
    const { c, container } = closing();
    const { store } = container;
    const put: typeof store.put = async (...call) => {
      const isPut = await store.put(...call);
      if (String(call[1].key) === KEY) c.clock.advance(31_000);
      return isPut;
    };
    Object.assign(container, { store: { ...store, put } });
    await survive(c, () => c.webhook(MINIMAL));
    expect((await ticketOf(c)).status).toBe('open');
    expect(c.names()).not.toContain('TicketResolved');
    expect([await routesOf(c), outcomes(c)]).toEqual([['route-email-support-team'], ['replied']]);
  });

  it('in the close itself opens the ticket again where the close was given up meanwhile', async () => {
    const { c, container } = closing();
    const { closer } = container;
    const close = async (id: string): Promise<void> => {
      await c.store.update('idempotency', { key: KEY }, { set: { status: 'FAILED' }, remove: ['open'] });
      await closer.close(id);
    };
    Object.assign(container, { closer: { ...closer, close } });
    await survive(c, () => c.webhook(MINIMAL));
    expect((await ticketOf(c)).status).toBe('open');
    expect(c.names()).not.toContain('TicketResolved');
  });
});

describe('a close without an answer', () => {
  it('that lands when its message is routed and over is undone: nobody was told of it', async () => {
    const c = announcing();
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
    const c = announcing();
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
