import { describe, expect, it } from 'vitest';
import type { Channel, RiskFlag, Team } from '../../events/words.ts';
import { setSticky } from '../shared/conversation/conversation.ts';
import { VendorError } from '../shared/errors.ts';
import { putMessage, recordKeyOf } from '../shared/ledger/messages.ts';
import type { Ticket } from '../shared/ports.ts';
import { delivered, exampleOf, testWorld } from '../shared/testing.ts';
import { classify } from './handler.ts';

const DAMAGED = 'My lamp arrived broken, the glass is shattered.';
const CANCEL = 'Please cancel my order.';

/** One `classify` on one ticket; parked copies come back when they are due. */
function setUp() {
  const world = testWorld();
  const container = world.container('classify');
  const handler = classify(container);
  const told = (name: string) =>
    world.bus.published
      .filter(({ detailType }) => detailType === name)
      .map(({ detail }) => JSON.parse(detail) as ReturnType<typeof exampleOf>);
  let taken = 0;
  return {
    ...world,
    container,
    told,
    /** A root that names a comment; `at` tells the roots of one conversation apart. */
    root: (commentId: string, at: number) =>
      exampleOf(
        'MessageReceived',
        world.clock.now(),
        {
          eventId: `0194b8a0-3c1e-7d2a-8f00-${String(at).padStart(12, '0')}`,
          rootEventId: `0194b8a0-3c1e-7d2a-8f00-${String(at).padStart(12, '0')}`,
          messageId: commentId,
          messageKey: commentId,
          intakeKey: commentId,
          conversationSeq: null,
          commentCreatedAt: null,
          hops: 0,
        },
        { keyKind: 'message' },
      ),
    deliver: (root: ReturnType<typeof exampleOf>) => handler(delivered(root)),
    /** Moves to the next parked copy that was not brought back yet, and tells how long it waited. */
    async next(): Promise<number> {
      const message = container.queues.waiting[taken];
      taken += 1;
      if (!message) throw new Error('nothing is parked');
      const waited = Math.max(0, message.dueAt - world.clock.now());
      world.clock.advance(waited);
      await handler({ Records: [{ body: message.body }] });
      return waited;
    },
    /** What the next reads of the ticket say, until it is called with `null`. */
    reads(view: ((ticket: Ticket | null) => Ticket | null) | null) {
      Object.assign(container, {
        helpdesk: view
          ? { ...world.helpdesk, ticket: async (id: string) => view(await world.helpdesk.ticket(id)) }
          : world.helpdesk,
      });
    },
  };
}

const without = (id: string) => (ticket: Ticket | null) =>
  ticket && { ...ticket, comments: ticket.comments.filter((comment) => comment.id !== id) };

describe('a read that lacks the named comment (protocols §3)', () => {
  it('is waited for 5 s, 30 s, 2 min and 10 min, then it is manual triage', async () => {
    const { root, deliver, next, told, helpdesk } = setUp();
    helpdesk.customerWrites({ conversationId: 'conv_1', text: DAMAGED });
    await deliver(root('cmt_never', 1));
    expect([await next(), await next(), await next(), await next()]).toEqual([5_000, 30_000, 120_000, 600_000]);
    expect(told('ClassificationFailed').map(({ data }) => [data.errorCode, data.fallbackDepartment])).toEqual([
      ['stale_read', 'Email Support Team'],
    ]);
  });

  it('counts stale reads only: waits for another reason do not use them up', async () => {
    const { root, deliver, next, told, helpdesk, store, clock } = setUp();
    helpdesk.customerWrites({ conversationId: 'conv_1', text: DAMAGED });
    const named = root('cmt_never', 1);
    const key = `csm:classify:classify:${named.metadata.eventId}`;
    // Another attempt holds the event for a while: four waits that say nothing about the ticket.
    await store.put('idempotency', { key, status: 'IN_PROGRESS', owner: 'other', lease_until: clock.now() + 200_000 });
    await deliver(named);
    expect([await next(), await next(), await next()]).toEqual([5_000, 30_000, 120_000]);
    expect([await next(), await next()]).toEqual([600_000, 5_000]);
    expect(told('ClassificationFailed')).toEqual([]);
    expect([await next(), await next(), await next()]).toEqual([30_000, 120_000, 600_000]);
    expect(told('ClassificationFailed')).toHaveLength(1);
  });

  it('is answered when the comment becomes readable meanwhile', async () => {
    const { root, deliver, next, told, helpdesk, reads } = setUp();
    const id = helpdesk.customerWrites({ conversationId: 'conv_1', text: DAMAGED });
    reads(without(id));
    await deliver(root(id, 1));
    reads(null);
    await next();
    expect(told('MessageClassified').map(({ data }) => data.turnCommentIds)).toEqual([[id]]);
  });

  it('a ticket that the helpdesk does not know yet is such a read as well', async () => {
    const { root, deliver, next, told } = setUp();
    await deliver(root('cmt_1', 1));
    expect(await next()).toBe(5_000);
    expect(told('MessageClassified')).toEqual([]);
  });
});

describe('a message that entered anew after a loss of the ledger (protocols §9)', () => {
  it('is decided under its new root, whatever the former one finds of it', async () => {
    const { root, deliver, next, told, helpdesk, container } = setUp();
    const id = helpdesk.customerWrites({ conversationId: 'conv_1', text: DAMAGED });
    const [former, anew] = [root(id, 1), root(id, 2)];
    await putMessage(container, recordKeyOf(anew.metadata), anew);
    await deliver(former);
    for (let wait = 0; wait < 6 && told('MessageDeduplicated').length === 0; wait += 1) await next();
    expect(told('MessageDeduplicated').map(({ metadata }) => metadata.rootEventId)).toEqual([former.metadata.eventId]);
    expect(told('MessageSettled')).toEqual([]);
    await deliver(anew);
    expect(told('MessageClassified').map(({ data }) => data.turnCommentIds)).toEqual([[id]]);
  });
});

describe('the record of a decided message', () => {
  it('knows which decision opened its branches', async () => {
    const { root, deliver, told, helpdesk, store } = setUp();
    const id = helpdesk.customerWrites({ conversationId: 'conv_1', text: DAMAGED });
    const named = root(id, 1);
    await deliver(named);
    const [decision] = told('MessageClassified');
    expect(await store.get('idempotency', { key: recordKeyOf(named.metadata) })).toMatchObject({
      status: 'CLASSIFIED',
      decision_id: decision?.data.decisionId,
    });
  });

  it('knows it too where the ticket could not be read', async () => {
    const { root, deliver, next, told, store } = setUp();
    const named = root('cmt_never', 1);
    await deliver(named);
    for (let read = 0; read < 4; read += 1) await next();
    const [failure] = told('ClassificationFailed');
    expect(typeof failure?.data.decisionId).toBe('string');
    expect(await store.get('idempotency', { key: recordKeyOf(named.metadata) })).toMatchObject({
      decision_id: failure?.data.decisionId,
    });
  });
});

describe('a ticket that could not be read', () => {
  const GENERAL = ['mw-processed', 'mw-routing-applied', 'mw-intent-unknown_other'];
  const FAILED = [
    'mw-model-failure',
    'mw-needs-manual-triage',
    'mw-escalated-human',
    'mw-auto-skipped-status-read-failed',
  ];

  it.each<{
    when: string;
    channel?: string;
    sticky?: readonly [readonly RiskFlag[], Team];
    lacks?: Team;
    team: Team;
    tags: readonly string[];
  }>([
    {
      when: 'no escalation is known',
      channel: 'tiktok',
      team: 'TikTok Support',
      tags: ['mw-tier-route-only', 'route-tiktok-support'],
    },
    {
      when: 'the channel’s team is not there',
      channel: 'phone',
      lacks: 'Phone Support Team',
      team: 'Email Support Team',
      tags: ['mw-tier-route-only', 'route-email-support-team'],
    },
    {
      when: 'the conversation was escalated',
      sticky: [['LEGAL_THREAT'], 'Leadership Team'],
      team: 'Leadership Team',
      tags: ['mw-tier-0', 'route-leadership-team'],
    },
    {
      when: 'the team of its escalation has left',
      sticky: [['CHARGEBACK_DISPUTE', 'FRAUD_SUSPECTED'], 'Chargebacks / Disputes Team'],
      lacks: 'Chargebacks / Disputes Team',
      team: 'Leadership Team',
      tags: [...['mw-tier-0', 'mw-fraud-suspected', 'mw-needs-chargebacks-queue'], 'route-leadership-team'],
    },
  ])('$when', async ({ channel = 'email', sticky, lacks, team, tags }) => {
    const { root, deliver, next, told, container } = setUp();
    const { config } = container;
    const available = config.teams.available.filter((one) => one !== lacks);
    Object.assign(container, { config: { ...config, teams: { ...config.teams, available } } });
    if (sticky) await setSticky(container, 'conv_1', ...sticky);
    const named = root('cmt_1', 1);
    await deliver({ ...named, metadata: { ...named.metadata, channel: channel as Channel } });
    for (let time = 0; time < 4; time += 1) await next();
    const tagsOf = (tags: unknown) => (tags as string[]).toSorted();
    expect(
      told('ClassificationFailed').map(({ data }) => [data.fallbackDepartment, tagsOf(data.fallbackTags)]),
    ).toEqual([[team, [...GENERAL, ...FAILED, ...tags].toSorted()]]);
  });
});

describe('a root whose comment is not the newest (protocols §3)', () => {
  /** The older comment is named by root 1, the newest by root 2. */
  function two() {
    const world = setUp();
    const older = world.helpdesk.customerWrites({ conversationId: 'conv_1', text: DAMAGED });
    world.clock.advance(1_000);
    const newest = world.helpdesk.customerWrites({ conversationId: 'conv_1', text: CANCEL });
    return { ...world, older, newest, first: world.root(older, 1), second: world.root(newest, 2) };
  }
  /** What ingest does before it publishes: the record that is the claim on the named comment. */
  const record = (world: ReturnType<typeof two>, root: ReturnType<typeof exampleOf>) =>
    world.store.put('idempotency', {
      key: `evt:rp:conv_1:${root.metadata.intakeKey}`,
      status: 'RECEIVED',
      event_id: root.metadata.eventId,
      root: JSON.stringify(root),
      received_at: world.clock.now(),
      open: 'evt',
      generation: 1,
    });

  it('waits for the owner of the newest, and is superseded when that one’s turn holds its comment', async () => {
    const world = two();
    await record(world, world.first);
    await record(world, world.second);
    await world.deliver(world.first);
    expect(world.bus.published).toEqual([]);
    await world.deliver(world.second);
    expect(world.told('MessageClassified').map(({ data }) => data.turnCommentIds)).toEqual([
      [world.older, world.newest],
    ]);
    await world.next();
    expect(world.told('MessageDeduplicated').map(({ data }) => data.verdict)).toEqual(['superseded']);
    expect(world.told('MessageClassified')).toHaveLength(1);
  });

  it('decides its own when the owner of the newest has ended in manual triage, without any turn', async () => {
    const world = two();
    await record(world, world.first);
    await record(world, world.second);
    world.reads(without(world.newest));
    await world.deliver(world.second);
    for (let time = 0; time < 4; time += 1) await world.next();
    expect(world.told('ClassificationFailed')).toHaveLength(1);
    world.reads(null);
    await world.deliver(world.first);
    expect(world.told('MessageClassified').map(({ data }) => [data.turnCommentIds, data.replyExpected])).toEqual([
      [[world.older], false],
    ]);
  });

  it.each(['SETTLED', 'DEAD'])(
    'decides its own when the owner of the newest is %s without a decision',
    async (status) => {
      const world = two();
      await record(world, world.first);
      await record(world, world.second);
      await world.deliver(world.first);
      expect(world.bus.published).toEqual([]);
      // Its function failed at every attempt, and the message was given up at its deadline.
      await world.store.update('idempotency', { key: `evt:rp:conv_1:${world.newest}` }, { set: { status } });
      await world.next();
      expect(world.told('MessageClassified').map(({ data }) => [data.turnCommentIds, data.replyExpected])).toEqual([
        [[world.older], false],
      ]);
    },
  );

  it('also where that owner entered under a bucket key: its claim points to its record', async () => {
    const world = two();
    await record(world, world.first);
    const bucketKey = 'evt:rp:conv_1:customer_message:1795678444';
    const { eventId } = world.second.metadata;
    await world.store.put('idempotency', { key: bucketKey, status: 'RECEIVED', event_id: eventId });
    const pointer = { key: `evt:rp:conv_1:${world.newest}`, root_event_id: eventId, root_key: bucketKey };
    await world.store.put('idempotency', pointer);
    await world.deliver(world.first);
    expect(world.bus.published).toEqual([]);
    await world.store.update('idempotency', { key: bucketKey }, { set: { status: 'SETTLED' } });
    await world.next();
    expect(world.told('MessageClassified').map(({ data }) => data.turnCommentIds)).toEqual([[world.older]]);
  });

  it('a strong hit of its own is decided as Tier 0 at once', async () => {
    const world = two();
    const dispute = world.helpdesk.customerWrites({
      conversationId: 'conv_2',
      text: 'I have opened a dispute with my bank about this payment.',
    });
    world.clock.advance(1_000);
    const newest = world.helpdesk.customerWrites({ conversationId: 'conv_2', text: CANCEL });
    const about = { conversationId: 'conv_2' };
    const first = { ...world.root(dispute, 3) };
    const second = { ...world.root(newest, 4) };
    Object.assign(first, { metadata: { ...first.metadata, ...about } });
    await world.store.put('idempotency', { key: `evt:rp:conv_2:${newest}`, event_id: second.metadata.eventId });
    await world.deliver(first);
    expect(world.told('MessageClassified').map(({ data }) => [data.tier, data.rank, data.turnCommentIds])).toEqual([
      [0, 2, [dispute]],
    ]);
  });
});

describe('"nothing to do" (protocols §3)', () => {
  it('is said only by a second read, 20 s later', async () => {
    const { root, deliver, next, told, helpdesk } = setUp();
    const id = helpdesk.customerWrites({ conversationId: 'conv_1', text: DAMAGED });
    await deliver(root(id, 1));
    const bucket = root('inbound:176844960', 2);
    await deliver({ ...bucket, data: { ...bucket.data, keyKind: 'bucket' } });
    expect(told('MessageDeduplicated')).toEqual([]);
    // The look, then the second read.
    expect(await next()).toBe(20_000);
    await next();
    expect(told('MessageDeduplicated').map(({ data }) => data.verdict)).toEqual(['duplicate']);
    expect(told('MessageSettled').map(({ data }) => data.outcome)).toEqual(['suppressed']);
  });

  it('of a named comment that stands in the stored turn of another is known from the ledger, however old the root', async () => {
    const { root, deliver, told, helpdesk, clock, store, container } = setUp();
    const id = helpdesk.customerWrites({ conversationId: 'conv_1', text: DAMAGED });
    const bucket = root('inbound:176844960', 2);
    await deliver({ ...bucket, data: { ...bucket.data, keyKind: 'bucket' } });
    expect(told('MessageClassified')).toHaveLength(1);
    // The record of its own was lost; what stands under its key is the claim of the other.
    const named = root(id, 1);
    clock.advance(8 * 3_600_000);
    await deliver(named);
    expect(told('MessageDeduplicated').map(({ metadata, data }) => [metadata.rootEventId, data.verdict])).toEqual([
      [named.metadata.eventId, 'duplicate'],
    ]);
    expect(told('ClassificationFailed')).toEqual([]);
    expect((await store.get('idempotency', { key: `evt:rp:conv_1:${id}` }))?.root_event_id).toBe(
      bucket.metadata.eventId,
    );
    expect(container.queues.waiting.filter(({ body }) => !body.includes('"errand"'))).toEqual([]);
  });

  describe('also where nothing can be read in time, by a root that comes late', () => {
    /** A comment that a root under a bucket has decided, and the root that names it, which comes when its budget is used up. */
    async function late() {
      const world = setUp();
      const id = world.helpdesk.customerWrites({ conversationId: 'conv_1', text: DAMAGED });
      const bucket = world.root('inbound:176844960', 2);
      await world.deliver({ ...bucket, data: { ...bucket.data, keyKind: 'bucket' } });
      const named = world.root(id, 1);
      world.clock.advance(8 * 3_600_000);
      return { ...world, named };
    }
    const unavailable = () => {
      throw new VendorError('richpanel', 'server', { status: 503 });
    };

    it('it is not routed again', async () => {
      const { named, reads, deliver, told } = await late();
      reads(unavailable);
      await deliver(named);
      expect(told('MessageDeduplicated').map(({ metadata, data }) => [metadata.rootEventId, data])).toEqual([
        [named.metadata.eventId, { duplicateOfKey: null, verdict: 'duplicate', reasonCodes: [] }],
      ]);
      expect(told('ClassificationFailed')).toEqual([]);
    });

    it('it is given to people where it has claimed a newer comment that nobody has decided', async () => {
      const { named, deliver, told, helpdesk, container } = await late();
      helpdesk.customerWrites({ conversationId: 'conv_1', text: CANCEL });
      // The claims are made by then.
      Object.assign(container, { classifier: { ...container.classifier, classify: unavailable, kind: 'openai' } });
      await deliver(named);
      expect(told('ClassificationFailed').map(({ metadata }) => metadata.rootEventId)).toEqual([
        named.metadata.eventId,
      ]);
    });
  });

  it('"the operator wrote last" is such a verdict too; the end names the comment that was decided', async () => {
    const { root, deliver, next, told, helpdesk, clock } = setUp();
    const id = helpdesk.customerWrites({ conversationId: 'conv_1', text: DAMAGED });
    clock.advance(1_000);
    helpdesk.agentWrites('conv_1', 'I am on it.');
    const bucket = root('inbound:176844960', 1);
    const unnamed = { ...bucket, metadata: { ...bucket.metadata, messageId: null } };
    await deliver({ ...unnamed, data: { ...bucket.data, keyKind: 'bucket' } });
    expect(told('MessageClassified')).toEqual([]);
    await next();
    await next();
    expect(told('MessageClassified').map(({ data }) => data.reasonCodes)).toEqual([['last_message_from_agent']]);
    expect(told('MessageSettled').map(({ metadata, data }) => [metadata.messageId, data.outcome])).toEqual([
      [id, 'suppressed'],
    ]);
  });
});
