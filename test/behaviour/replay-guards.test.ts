/**
 * Platform §11.5: a replayed approval is never sent, and each guard alone is enough. Every test takes all guards away but one:
 * the approval was never handled, comes at once and unmarked past every rule, the ledger, the vault, the epoch and the ticket
 * have nothing to say against it. So bare it is sent, which the first tests show; then one guard stands again. Guards are taken
 * away by what the code meets, not by switches in it.
 */
import { describe, expect, it } from 'vitest';
import type { AnyEvent } from '../../events/define-event.ts';
import type { FunctionName } from '../../events/words.ts';
import { consumerKey, replyKey } from '../../functions/shared/ledger/keys.ts';
import { delivered } from '../../functions/shared/testing.ts';
import { topology } from '../../stacks/topology.ts';
import { ROLES } from '../../stacks/topology-grants.ts';
import { type Choreography, choreography } from '../choreography.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const RECOVERY = 'recovery-01JQ8Z5M9H3V6T2K4N7P0R0000';
const DAMAGED = 'My lamp arrived broken, the glass is shattered.';
const WHERE = 'Where is my order?';
const SHIPPED = {
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

type Bare = { readonly c: Choreography; readonly approval: AnyEvent; sent(): number; reasons(): unknown[] };

/** An approval that nobody has handled, with nothing standing against it. */
async function bare(text = DAMAGED, more: { order?: unknown; channel?: 'email' | 'livechat' } = {}): Promise<Bare> {
  const c = choreography(undefined, ['responder-reply']);
  c.helpdesk.customerWrites({ conversationId: 't-1', text, channel: more.channel ?? 'email' });
  if (more.order !== undefined) c.helpdesk.link('t-1', more.order);
  await c.webhook({ ticket_id: 't-1', trigger: 'customer_message' });
  const [approval] = c.factsOf('ReplyApproved');
  if (approval === undefined) throw new Error('nothing was approved');
  return {
    c,
    approval,
    sent: () => c.helpdesk.outbox.length,
    reasons: () => c.factsOf('ReplySuppressed').map(({ data }) => data.reasonCode),
  };
}

/** Past the rules and without a mark: what a replay is once twins and code guard are gone. */
const replayUnmarked = ({ c, approval }: Bare): Promise<void> => c.hand('responder-reply', delivered(approval));

/** The approval's own end moved away, so that only the age is left to speak. */
function unending(world: Bare): Bare {
  const { approval } = world;
  return { ...world, approval: { ...approval, data: { ...approval.data, expiresAt: '2026-12-31T00:00:00.000Z' } } };
}

describe('with all guards taken away', () => {
  it.each([
    ['Tier 1', DAMAGED, {}],
    ['Tier 2', WHERE, { order: SHIPPED }],
  ])('an approval of %s is sent', async (_tier, text, more) => {
    const world = await bare(text, more);
    expect(world.sent()).toBe(0);
    await replayUnmarked(world);
    expect(world.sent()).toBe(1);
  });
});

describe('guard 1, the rules', () => {
  it.each([RECOVERY, 'rebuild-01JQ8Z5M9H3V6T2K4N7P0R0000', 'backfill-1', 'by-hand'])(
    'let nothing of the archive through to the sender, replayed as %s by whatever filter',
    async (replayName) => {
      const { c } = await bare();
      for (const fact of c.facts()) {
        const event = {
          source: `frontdesk.${fact.metadata.producer}`,
          'detail-type': fact.metadata.eventName,
          detail: fact,
          'replay-name': replayName,
        };
        expect(c.heardBy(event)).not.toContain('responder-reply');
        // The very same event heard live, so that it is the name that stops it.
        const { 'replay-name': _, ...live } = event;
        expect(c.heardBy(live).includes('responder-reply')).toBe(fact.metadata.eventName === 'ReplyApproved');
      }
    },
  );

  it('send an approval that a replay led to elsewhere', async () => {
    const { c, approval } = await bare();
    const replay = { name: RECOVERY, purpose: 'recovery', originalEventId: approval.metadata.causationId };
    const derived = { ...approval, metadata: { ...approval.metadata, replay } };
    const event = { source: 'frontdesk.verify', 'detail-type': 'ReplyApproved', detail: derived };
    expect(c.heardBy(event).sort()).toEqual(['analytics', 'auditor', 'responder-settle']);
  });

  it('have no twin for the sender', () => {
    const twins = topology.rules.filter(({ replayPurpose }) => replayPurpose !== null).map(({ target }) => target);
    expect(twins).not.toContain('responder-reply');
  });
});

describe('guard 2, the code', () => {
  it('refuses what comes under a replay’s name', async () => {
    const world = await bare();
    await world.c.hand('responder-reply', delivered(world.approval, RECOVERY));
    expect([world.sent(), world.reasons()]).toEqual([0, ['replay_suppressed']]);
  });

  it('refuses what a replay led to', async () => {
    const world = await bare();
    const { metadata } = world.approval;
    const replay = { name: RECOVERY, purpose: 'recovery', originalEventId: metadata.causationId } as const;
    await world.c.hand('responder-reply', delivered({ ...world.approval, metadata: { ...metadata, replay } }));
    expect([world.sent(), world.reasons()]).toEqual([0, ['replay_suppressed']]);
  });
});

describe('guard 3, the ledger', () => {
  /** Another world in which the reply was sent: the same ids, since they are computed. */
  async function answered(): Promise<Choreography> {
    const there = await bare();
    await replayUnmarked(there);
    expect(there.sent()).toBe(1);
    return there.c;
  }
  const copy = async (from: Choreography, to: Choreography, key: string): Promise<void> => {
    const item = await from.store.get('idempotency', { key });
    if (item === null) throw new Error(`${key} is not in the ledger`);
    await to.store.put('idempotency', item);
  };

  it('the action alone, however old: its claim never becomes a new one', async () => {
    const world = await bare();
    await copy(await answered(), world.c, replyKey('t-1', 'c-1'));
    await replayUnmarked(world);
    expect(world.sent()).toBe(0);
  });

  it('the action, claimed by a sender that died', async () => {
    const world = await bare();
    const key = replyKey('t-1', 'c-1');
    await copy(await answered(), world.c, key);
    await world.c.store.update('idempotency', { key }, { set: { status: 'CLAIMED' }, remove: ['outcome'] });
    await replayUnmarked(world);
    expect(world.sent()).toBe(0);
  });

  it('the claim of the event alone', async () => {
    const world = await bare();
    const name: FunctionName = 'responder-reply';
    await copy(await answered(), world.c, consumerKey(name, name, world.approval.metadata.eventId));
    await replayUnmarked(world);
    expect(world.sent()).toBe(0);
  });

  it('the conversation’s record alone: what was answered is not answered by another approval', async () => {
    const world = await bare();
    const there = await (await answered()).store.get('conversation_state', { conversation_id: 't-1' });
    const { last_reply_seq: seq } = there ?? {};
    if (typeof seq !== 'string') throw new Error('no reply stands in the record');
    await world.c.store.update('conversation_state', { conversation_id: 't-1' }, { set: { last_reply_seq: seq } });
    await replayUnmarked(world);
    expect([world.sent(), world.reasons()]).toEqual([0, ['stale_sequence']]);
  });
});

describe('guard 4, the age', () => {
  it.each([
    ['email', 2 * HOUR_MS],
    ['livechat', 15 * MINUTE_MS],
  ] as const)('refuses a message by %s that is older than %i ms', async (channel, limitMs) => {
    const younger = unending(await bare(DAMAGED, { channel }));
    younger.c.clock.advance(limitMs - MINUTE_MS);
    await replayUnmarked(younger);
    expect(younger.sent()).toBe(1);
    const older = unending(await bare(DAMAGED, { channel }));
    older.c.clock.advance(limitMs + MINUTE_MS);
    await replayUnmarked(older);
    expect([older.sent(), older.reasons()]).toEqual([0, ['too_old_to_reply']]);
  });

  it('refuses an approval past its end', async () => {
    const world = await bare();
    world.c.clock.advance(11 * MINUTE_MS);
    await replayUnmarked(world);
    expect([world.sent(), world.reasons()]).toEqual([0, ['context_expired']]);
  });

  it('goes by the comment where the webhook is younger, and by nothing where either is missing', async () => {
    for (const about of [
      { commentCreatedAt: '2026-01-15T09:00:00.000Z' },
      { commentCreatedAt: null },
      { receivedAt: null },
    ]) {
      const world = unending(await bare());
      const { approval } = world;
      const input = { ...Object(approval.data.input), age: { ...Object(approval.data.input).age, ...about } };
      const aged = { metadata: { ...approval.metadata, ...about }, data: { ...approval.data, input } };
      await replayUnmarked({ ...world, approval: aged });
      expect([world.sent(), world.reasons()]).toEqual([0, ['too_old_to_reply']]);
    }
  });

  it('refuses any event older than claims are kept, less a week', async () => {
    const world = await bare();
    world.c.clock.advance(23 * 24 * HOUR_MS + MINUTE_MS);
    await replayUnmarked(world);
    expect([world.sent(), world.reasons()]).toEqual([0, []]);
    expect(world.c.containerOf('responder-reply').queues.failed.map(({ cause }) => cause)).toEqual(['too_old']);
  });
});

describe('guard 5, the epoch', () => {
  it.each([
    ['later than the message', '2026-01-15T12:00:00.500Z'],
    ['missing', null],
    ['unreadable', 'soon'],
  ])('refuses when it is %s', async (_when, epoch) => {
    const world = await bare();
    world.c.clock.advance(1_000);
    if (epoch === null) world.c.parameters.values.delete('reply_epoch');
    else world.c.parameters.values.set('reply_epoch', epoch);
    await replayUnmarked(world);
    expect([world.sent(), world.reasons()]).toEqual([0, ['too_old_to_reply']]);
  });
});

describe('guard 6, the vault', () => {
  it('without the order’s facts there is nothing to say', async () => {
    const world = await bare(WHERE, { order: SHIPPED });
    for (const ref of world.c.store.tables.get('vault')?.keys() ?? []) await world.c.store.remove('vault', { ref });
    await replayUnmarked(world);
    expect([world.sent(), world.reasons()]).toEqual([0, ['missing_order_context']]);
  });
});

describe('guard 7, the ticket', () => {
  it.each<[string, (c: Choreography) => unknown]>([
    ['is closed', ({ helpdesk }) => helpdesk.agentCloses('t-1')],
    ['was answered by an agent', ({ helpdesk }) => helpdesk.agentWrites('t-1', 'We are on it.')],
    ['has a newer message', ({ helpdesk }) => helpdesk.customerWrites({ conversationId: 't-1', text: 'Hello?' })],
    ['bears the tag of our reply', ({ helpdesk }) => helpdesk.addTags('t-1', ['mw-auto-replied'])],
    [
      'is gone',
      (c) => Object.assign(c.containerOf('responder-reply'), { helpdesk: { ...c.helpdesk, ticket: async () => null } }),
    ],
  ])('refuses when it %s', async (_what, meanwhile) => {
    const world = await bare();
    await meanwhile(world.c);
    await replayUnmarked(world);
    expect(world.sent()).toBe(0);
    expect(world.reasons()).toHaveLength(1);
  });
});

describe('the tag of our reply', () => {
  it('that stands for an earlier reply on the ticket is no objection', async () => {
    const c = choreography();
    const says = async (text: string) => {
      c.helpdesk.customerWrites({ conversationId: 't-1', text });
      await c.webhook({ ticket_id: 't-1', trigger: 'customer_message' });
    };
    await says(DAMAGED);
    c.clock.advance(8 * 24 * HOUR_MS);
    await says(WHERE);
    expect((await c.helpdesk.ticket('t-1'))?.tags).toContain('mw-auto-replied');
    expect(c.helpdesk.outbox).toHaveLength(2);
  });
});

describe('guard 8, the permissions', () => {
  const OTHERS = (Object.keys(ROLES) as (keyof typeof ROLES)[]).filter((name) => name !== 'responder-reply');

  it('no other function is given what sends', () => {
    expect(OTHERS.filter((name) => ROLES[name].uses.includes('sender'))).toEqual([]);
    expect(ROLES['responder-reply'].uses).toContain('sender');
  });

  it.each(['classify', 'order-lookup', 'verify', 'responder-route', 'responder-settle', 'auditor'] as const)(
    '%s, handed every fact of the archive as live and as replayed, sends nothing',
    async (name) => {
      const world = await bare();
      for (const fact of world.c.facts())
        for (const replayName of [undefined, RECOVERY]) await world.c.hand(name, delivered(fact, replayName));
      expect(world.sent()).toBe(0);
    },
  );
});
