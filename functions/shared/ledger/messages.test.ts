import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../../../events/catalogue.ts';
import type { AnyEvent } from '../../../events/define-event.ts';
import type { Branch } from '../../../events/words.ts';
import { testWorld } from '../testing.ts';
import { claimComment, rootOfClaim } from './claims.ts';
import { messageRecordKey } from './keys.ts';
import {
  closeAllBranches,
  closeBranch,
  openBranches,
  openEscalation,
  putMessage,
  readMessage,
  settleWithout,
} from './messages.ts';

const KEY = messageRecordKey('conv_1', 'cmt_1');

function root(now: number): AnyEvent {
  const at = new Date(now).toISOString();
  const eventId = '0194b8a0-3c1e-7d2a-8f00-1a2b3c4d5e6f';
  return {
    metadata: {
      eventId,
      eventName: 'MessageReceived',
      schemaVersion: '1.0',
      occurredAt: at,
      publishedAt: at,
      conversationId: 'conv_1',
      messageId: null,
      messageKey: 'cmt_1',
      intakeKey: 'cmt_1',
      conversationSeq: null,
      brandId: 'main',
      hops: 0,
      correlationId: 'trc_01JQ8Z5M9H3V6T2K4N7P0R1S8W',
      causationId: eventId,
      rootEventId: eventId,
      traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
      producer: 'ingest',
      release: '0.1.0',
      env: 'local',
      channel: 'email',
      receivedAt: at,
      commentCreatedAt: null,
      replay: null,
      piiClass: 'L2',
      versions: {},
    },
    data: { ...CATALOGUE.MessageReceived.example },
  };
}

async function opened(...branches: Branch[]) {
  const world = testWorld();
  const container = world.container('classify');
  await putMessage(container, KEY, root(world.clock.now()), { generation: 1 });
  await openBranches(container, KEY, branches, { message_id: 'cmt_1' }, root(world.clock.now()));
  const settled = () =>
    world.bus.published
      .filter(({ detailType }) => detailType === 'MessageSettled')
      .map(({ detail }) => JSON.parse(detail) as AnyEvent);
  return { ...world, container, settled };
}

describe('a message record', () => {
  it('is put once; the same root may put it again', async () => {
    const { container, clock } = testWorldOf();
    const first = root(clock.now());
    expect(await putMessage(container, KEY, first)).toBe(true);
    expect(await putMessage(container, KEY, first)).toBe(true);
    const other = { ...first, metadata: { ...first.metadata, eventId: '0194b8a0-3c1e-7d2a-8f00-1a2b3c4d5e70' } };
    expect(await putMessage(container, KEY, other)).toBe(false);
  });

  it('opens its branches once; what is over publishes nothing more', async () => {
    const { container, store, clock } = await opened('route');
    expect(await openBranches(container, KEY, ['route', 'reply'], {}, root(clock.now()))).toBe(true);
    expect((await readMessage(container, KEY))?.branch_reply).toBeUndefined();
    await store.update('idempotency', { key: KEY }, { set: { status: 'SETTLED' } });
    expect(await openBranches(container, KEY, ['route'], {}, root(clock.now()))).toBe(false);
  });

  it('that was lost, and whose key another root claims by now, is made anew beside the claim and followed to its end', async () => {
    const { container, store, clock, bus } = testWorldOf();
    const about = { message_id: 'cmt_2', decision_id: 'dec_1', generation: 2 };
    const claim = { root_event_id: 'another', root_key: messageRecordKey('conv_1', 'cmt_0') };
    await store.put('idempotency', { key: KEY, ...claim });
    expect(await openBranches(container, KEY, ['route'], about, root(clock.now()))).toBe(true);
    const record = await readMessage(container, KEY);
    expect(record).toMatchObject({ ...claim, ...about, status: 'CLASSIFIED', branch_route: 'open', open: 'evt' });
    expect(rootOfClaim(record)).toBe('another');
    // Nor does the claimant come and put its claim over it.
    expect(await claimComment(container, KEY, 'another', claim.root_key)).toBe(false);
    await closeBranch(container, KEY, 'route', 'responder-route', 'routed', 'dec_1');
    expect(bus.published.map(({ detailType }) => detailType)).toEqual(['MessageSettled']);
  });
});

describe('closing branches', () => {
  it('settles with the last one, states it once, and leaves the sparse index', async () => {
    const { container, settled } = await opened('route', 'reply');
    await closeBranch(container, KEY, 'route', 'responder-route', 'routed');
    expect(settled()).toEqual([]);
    await closeBranch(container, KEY, 'reply', 'responder-reply', 'replied');
    expect(settled().map(({ data }) => data.outcome)).toEqual(['replied']);
    const record = await readMessage(container, KEY);
    expect(record).toMatchObject({ status: 'SETTLED', settled_by: 'responder-reply' });
    expect(record?.open).toBeUndefined();
  });

  it('is for what the decision led to that opened them, and not for another that a lost ledger knew', async () => {
    const { container, store, settled } = await opened('route');
    await store.update('idempotency', { key: KEY }, { set: { decision_id: 'dec_new' } });
    await closeBranch(container, KEY, 'route', 'responder-settle', 'suppressed', 'dec_old');
    expect((await readMessage(container, KEY))?.status).toBe('CLASSIFIED');
    await closeBranch(container, KEY, 'route', 'responder-route', 'routed', 'dec_new');
    expect(settled().map(({ data }) => data.outcome)).toEqual(['routed']);
  });

  it('closes for any decision where the record does not know its own, and for who acts on the record', async () => {
    const known = await opened('route');
    await closeBranch(known.container, KEY, 'route', 'responder-route', 'routed', 'dec_old');
    expect(known.settled()).toHaveLength(1);
    const given = await opened('route');
    await given.store.update('idempotency', { key: KEY }, { set: { decision_id: 'dec_new' } });
    await closeBranch(given.container, KEY, 'route', 'responder-settle', 'failed');
    expect(given.settled()).toHaveLength(1);
  });

  it('changes nothing when it is repeated', async () => {
    const { container, settled } = await opened('route');
    await closeBranch(container, KEY, 'route', 'responder-route', 'routed');
    await closeBranch(container, KEY, 'route', 'responder-route', 'failed');
    expect(settled()).toHaveLength(1);
    expect((await readMessage(container, KEY))?.outcome_route).toBe('routed');
  });

  it('states the same bytes again when the publisher died before the index was left', async () => {
    const { container, store, settled } = await opened('route');
    await closeBranch(container, KEY, 'route', 'responder-route', 'routed');
    await store.update('idempotency', { key: KEY }, { set: { open: 'evt' } });
    await closeAllBranches(container, KEY, 'responder-settle', 'failed');
    const [first, second] = settled();
    expect(second).toEqual(first);
  });

  it.each([
    { route: 'failed', reply: 'replied', outcome: 'failed' },
    { route: 'routed', reply: 'replied', outcome: 'replied' },
    { route: 'suppressed', reply: 'routed', outcome: 'suppressed' },
    { route: 'routed', reply: 'routed', outcome: 'routed' },
  ] as const)('a route $route and a reply $reply make the outcome $outcome', async ({ route, reply, outcome }) => {
    const { container, settled } = await opened('route', 'reply');
    await closeBranch(container, KEY, 'route', 'responder-route', route);
    await closeBranch(container, KEY, 'reply', 'responder-reply', reply);
    expect(settled()[0]?.data.outcome).toBe(outcome);
  });

  it('waits for an escalation, whose branch opens once and never on a settled record', async () => {
    const { container, settled } = await opened('route');
    await openEscalation(container, KEY);
    await closeBranch(container, KEY, 'route', 'responder-route', 'routed');
    expect(settled()).toEqual([]);
    await closeBranch(container, KEY, 'escalate', 'responder-route', 'routed');
    expect(settled()).toHaveLength(1);
    await openEscalation(container, KEY);
    expect((await readMessage(container, KEY))?.branch_escalate).toBe('closed');
  });

  it('settles a duplicate without any branch', async () => {
    const world = testWorldOf();
    await putMessage(world.container, KEY, root(world.clock.now()));
    await settleWithout(world.container, KEY, 'classify', 'suppressed');
    expect(await readMessage(world.container, KEY)).toMatchObject({ status: 'SETTLED', outcome_message: 'suppressed' });
  });

  it('leaves a message that entered anew under another root to its own', async () => {
    const world = testWorldOf();
    const own = root(world.clock.now());
    await putMessage(world.container, KEY, own);
    await settleWithout(world.container, KEY, 'classify', 'suppressed', { root: 'of-the-lost-ledger' });
    expect(await readMessage(world.container, KEY)).toMatchObject({ status: 'RECEIVED', open: 'evt' });
    await settleWithout(world.container, KEY, 'classify', 'suppressed', { root: own.metadata.eventId });
    expect(await readMessage(world.container, KEY)).toMatchObject({ status: 'SETTLED' });
  });

  it('succeeds on a dead record and changes nothing', async () => {
    const { container, store, settled } = await opened('route');
    await store.update('idempotency', { key: KEY }, { set: { status: 'DEAD' } });
    await closeBranch(container, KEY, 'route', 'responder-route', 'routed');
    expect(settled()).toEqual([]);
    expect((await readMessage(container, KEY))?.branch_route).toBe('open');
  });
});

function testWorldOf() {
  const world = testWorld();
  return { ...world, container: world.container('classify') };
}
