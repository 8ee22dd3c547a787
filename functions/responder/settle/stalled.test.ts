/** A message past its deadline: who ends it, and what may still follow (protocols §7). */
import { describe, expect, it } from 'vitest';
import { choreography } from '../../../test/choreography.ts';
import { commitRoute } from '../../shared/conversation/conversation.ts';
import { VendorError } from '../../shared/errors.ts';
import { delivered, exampleOf } from '../../shared/testing.ts';
import {
  DAMAGED,
  dies,
  ESTIMATE,
  inWindow,
  isDecision,
  MINIMAL,
  MINUTE,
  outcomes,
  routesOf,
  survive,
  sweepFor,
  ticketOf,
} from './testing.ts';

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

  it('whose reply went out leaves its fallback to the decision’s own route, however late that comes', async () => {
    const c = choreography(undefined, ['responder-route']);
    c.helpdesk.customerWrites({ conversationId: 't-1', text: DAMAGED });
    await c.webhook(MINIMAL);
    await sweepFor(c, 130);
    expect([outcomes(c), await routesOf(c)]).toEqual([['replied'], ['route-email-support-team']]);
    const [decided] = c.factsOf('MessageClassified');
    if (decided) await c.hand('responder-route', delivered(decided));
    expect(await routesOf(c)).toEqual([decided?.data.routeTag]);
    expect(decided?.data.routeTag).not.toBe('route-email-support-team');
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
