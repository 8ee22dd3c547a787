/** The team of a stalled message in a conversation that belongs to Tier 0 (protocols §7, decisions §1.1). */
import { describe, expect, it } from 'vitest';
import { choreography } from '../../../test/choreography.ts';
import { setSticky } from '../../shared/conversation/conversation.ts';
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

  it('that was decided as Tier 0 and told to nobody goes to its team, although the sticky flag is lost', async () => {
    const c = choreography();
    c.helpdesk.customerWrites({
      conversationId: 't-1',
      text: 'I have opened a dispute with my bank about this payment.',
    });
    Object.assign(c.containerOf('classify'), { bus: { putEvents: () => Promise.reject(new Error('dead')) } });
    await survive(c, () => c.webhook(MINIMAL));
    await c.store.remove('conversation_state', { conversation_id: 't-1' });
    c.clock.advance(121 * MINUTE);
    await survive(c, c.sweep);
    expect(c.names()).not.toContain('MessageClassified');
    expect(await routesOf(c)).toEqual(['route-chargebacks-disputes']);
    expect((await ticketOf(c)).tags).toContain('mw-escalated-human');
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

  it('whose route was committed and written by others only, when they ended it, is told when its writer is tried again', async () => {
    const c = choreography(undefined, ['responder-reply']);
    c.helpdesk.customerWrites({ conversationId: 't-1', text: ESTIMATE });
    c.helpdesk.link('t-1', inWindow);
    await c.webhook(MINIMAL);
    await setSticky(c.containerOf('responder-reply'), 't-1', ['CHARGEBACK_DISPUTE'], 'Chargebacks / Disputes Team');
    const settle = c.containerOf('responder-settle');
    const { tagger } = settle;
    Object.assign(settle, { tagger: { ...tagger, addTags: () => Promise.reject(new Error('dead')) } });
    await sweepFor(c, 6);
    expect(await routesOf(c)).toEqual([]);
    // The sender finds its door shut, and writes what is committed in place of the route that waited for it.
    const hand = async (name: 'responder-reply' | 'responder-settle', fact: 'ReplyApproved' | 'MessageStalled') => {
      const [detail] = c.factsOf(fact);
      await c.hand(name, { source: `frontdesk.${detail?.metadata.producer}`, 'detail-type': fact, detail });
    };
    await hand('responder-reply', 'ReplyApproved');
    expect(await routesOf(c)).toEqual(['route-chargebacks-disputes']);
    const moved = () => c.factsOf('TicketRouted').filter(({ data }) => data.mode !== 'tags_only');
    expect([outcomes(c), moved()]).toEqual([['failed'], []]);

    Object.assign(settle, { tagger });
    c.clock.advance(3 * MINUTE);
    await hand('responder-settle', 'MessageStalled');
    await hand('responder-settle', 'MessageStalled');
    expect(moved().map(({ data }) => [data.routeTag, data.rank, data.mode])).toEqual([
      ['route-chargebacks-disputes', 2, 'fallback'],
    ]);
    expect(await routesOf(c)).toEqual(['route-chargebacks-disputes']);
  });
});
