/** A route that was written late, by one that died before it looked again: whoever is tried again looks (protocols §8). */
import { describe, expect, it } from 'vitest';
import type { EventName } from '../../../events/catalogue.ts';
import type { Metadata } from '../../../events/envelope.ts';
import { type Choreography, choreography } from '../../../test/choreography.ts';
import { commitRoute } from '../../shared/conversation/conversation.ts';
import { recordKeyOf } from '../../shared/ledger/messages.ts';
import { DAMAGED, dies, ESTIMATE, inWindow, isDecision, MINIMAL, MINUTE, routesOf, survive } from './testing.ts';

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

  /** The ledger was lost, and another root has its comment in a turn (protocols §9). */
  async function takenOver(c: Choreography): Promise<void> {
    const key = recordKeyOf(c.factsOf('MessageReceived')[0]?.metadata as Metadata);
    await c.store.put('idempotency', { key, root_event_id: '0194b8a0-3c1e-7d2a-8f00-00000000000f' });
  }
  const endings = [
    ['over', async () => undefined],
    ['taken over by another root', takenOver],
  ] as const;

  it.each(endings)('looks when it is tried again, although the message is %s: a stalled one', async (_how, ends) => {
    const c = await stalledLate();
    await ends(c);
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

  it.each(endings)(
    'looks when it is tried again, although the message is %s: the route that waited',
    async (_how, ends) => {
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
      await ends(c);
      await triedAgain(c, 'responder-reply', 'frontdesk.verify', 'ReplyApproved');
      expect([c.helpdesk.outbox, await routesOf(c)]).toEqual([[], ['route-leadership-team']]);
    },
  );
});
