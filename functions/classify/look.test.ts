import { describe, expect, it } from 'vitest';
import { VendorError } from '../shared/errors.ts';
import { uuidV5 } from '../shared/ids.ts';
import { delivered, exampleOf, testWorld } from '../shared/testing.ts';
import { classify } from './handler.ts';
import { look } from './look.ts';

const KEY = 'evt:rp:conv_1:inbound:176844960';
const MINUTE = 60_000;
const ORIGIN = { channel: 'email', brandId: 'main', replay: null } as const;
const errandOf = (seenWebhookAt: number, tries = 0) => ({
  look: { recordKey: KEY, conversationId: 'conv_1', tries, seenWebhookAt, origin: ORIGIN },
});

async function setUp() {
  const world = testWorld();
  const container = world.container('classify');
  const now = world.clock.now();
  const root = exampleOf('MessageReceived', now, { messageKey: 'b', intakeKey: 'inbound:176844960', hops: 0 });
  await world.store.put('idempotency', {
    key: KEY,
    status: 'RECEIVED',
    event_id: root.metadata.eventId,
    root: JSON.stringify(root),
    received_at: now,
    last_webhook_at: now,
    open: 'evt',
    generation: 1,
  });
  const told = () => world.bus.published.map(({ detail }) => JSON.parse(detail) as typeof root);
  return {
    ...world,
    container,
    root,
    told,
    errand: (tries = 0) => errandOf(now, tries),
    looks: (tries = 0) => look(errandOf(now, tries), container),
    record: () => world.store.get('idempotency', { key: KEY }),
    writes: (text: string) => world.helpdesk.customerWrites({ conversationId: 'conv_1', text }),
    claimed: (id: string) => world.store.put('idempotency', { key: `evt:rp:conv_1:${id}`, root_event_id: 'somebody' }),
  };
}

describe('the look (protocols §2)', () => {
  it('states every customer comment that no claim holds, under an id that is computed, record first', async () => {
    const { writes, claimed, looks, told, clock, store, helpdesk } = await setUp();
    await claimed(writes('Hello'));
    const missed = writes('Is anybody there?');
    helpdesk.agentWrites('conv_1', 'One moment please.');
    clock.advance(20_000);
    await looks();
    expect(
      told().map(({ metadata, data }) => [metadata.eventName, metadata.eventId, metadata.messageId, data]),
    ).toEqual([['MissedMessageDetected', uuidV5('conv_1', missed, 1), missed, { detectedBy: 'look', ageSeconds: 19 }]]);
    expect(await store.get('idempotency', { key: `evt:rp:conv_1:${missed}` })).toMatchObject({ status: 'RECEIVED' });
  });

  it('that was queued for a replay finds what follows from one', async () => {
    const { writes, container, told, clock, errand } = await setUp();
    writes('Is anybody there?');
    clock.advance(20_000);
    const replay = { name: 'recovery-1', purpose: 'recovery', originalEventId: uuidV5('root') };
    await look({ look: { ...errand().look, origin: { ...ORIGIN, replay } } }, container);
    expect(told().map(({ metadata }) => metadata.replay)).toEqual([replay]);
  });

  it('that was queued for a replay finds nothing on a ticket that is closed, where one of live traffic does', async () => {
    const { writes, container, told, clock, errand, record, helpdesk } = await setUp();
    writes('Is anybody there?');
    await helpdesk.close('conv_1');
    clock.advance(20_000);
    const replay = { name: 'recovery-1', purpose: 'recovery', originalEventId: uuidV5('root') };
    await look({ look: { ...errand().look, origin: { ...ORIGIN, replay } } }, container);
    expect([told(), (await record())?.looked_at]).toEqual([[], clock.now()]);
    await container.store.update('idempotency', { key: KEY }, { remove: ['looked_at'] });
    await look({ look: { ...errand().look, origin: ORIGIN } }, container);
    expect(told()).toHaveLength(1);
  });

  it('is made for a record that was rebuilt without its root, too', async () => {
    const { writes, looks, told, clock, store, record } = await setUp();
    await store.update('idempotency', { key: KEY }, { set: { status: 'SETTLED' }, remove: ['root', 'open'] });
    writes('I will call my bank.');
    clock.advance(20_000);
    await looks();
    expect(told()).toHaveLength(1);
    expect((await record())?.looked_at).toBe(clock.now());
  });

  it('queued by a former release takes what its root says; where neither says it, nothing is stated', async () => {
    const { writes, container, told, clock, store } = await setUp();
    const former = { look: { recordKey: KEY, conversationId: 'conv_1', tries: 0, seenWebhookAt: clock.now() } };
    writes('Is anybody there?');
    clock.advance(20_000);
    await store.update('idempotency', { key: KEY }, { remove: ['root'] });
    await look(former, container);
    expect(told()).toEqual([]);
    await store.update('idempotency', { key: KEY }, { set: { root: JSON.stringify(exampleOf('MessageReceived', 0)) } });
    await look(former, container);
    expect(told()).toHaveLength(1);
  });

  it('is done once; another one finds nothing to say', async () => {
    const { writes, looks, told, clock, record } = await setUp();
    writes('Hello');
    clock.advance(20_000);
    await looks();
    await looks();
    expect(told()).toHaveLength(1);
    expect((await record())?.looked_at).toBe(clock.now());
  });

  it('waits until 20 s after the last webhook that was merged', async () => {
    const { looks, clock, container, store, record } = await setUp();
    clock.advance(8_000);
    await store.update('idempotency', { key: KEY }, { set: { last_webhook_at: clock.now() } });
    clock.advance(12_000);
    await looks();
    expect((await record())?.looked_at).toBeUndefined();
    expect(container.queues.waiting.map(({ dueAt }) => dueAt - clock.now())).toEqual([20_000]);
  });

  it('waits 20 s in the queue for one merged since it was queued, however far its own clock is ahead', async () => {
    const { looks, clock, container, store, record, writes, told } = await setUp();
    writes('I will call my bank.');
    const merged = clock.now() + 8_000;
    await store.update('idempotency', { key: KEY }, { set: { last_webhook_at: merged } });
    clock.advance(60_000);
    await looks();
    expect([told(), (await record())?.looked_at]).toEqual([[], undefined]);
    expect(container.queues.waiting.map(({ body, dueAt }) => [JSON.parse(body), dueAt - clock.now()])).toEqual([
      [{ errand: errandOf(merged) }, 20_000],
    ]);
  });

  it('queued by a former release, which noted no webhook, waits once more', async () => {
    const { looks, container, clock, errand } = await setUp();
    const { seenWebhookAt: _none, ...former } = errand().look;
    clock.advance(60_000);
    await look({ look: former }, container);
    expect(container.queues.waiting).toHaveLength(1);
    await looks();
    expect(container.queues.waiting).toHaveLength(1);
  });

  it('that a later webhook overtook while it read is done again', async () => {
    const { looks, clock, container, store, helpdesk, record } = await setUp();
    clock.advance(20_000);
    Object.assign(container, {
      helpdesk: {
        ...helpdesk,
        ticket: async (id: string) => {
          await store.update('idempotency', { key: KEY }, { set: { last_webhook_at: clock.now() } });
          return helpdesk.ticket(id);
        },
      },
    });
    await looks();
    expect((await record())?.looked_at).toBeUndefined();
    expect(container.queues.waiting).toHaveLength(1);
  });

  it('waits for a helpdesk that does not answer, 6 h at most; then a person finds it in the failure queue', async () => {
    const { looks, clock, container, errand } = await setUp();
    const ticket = () => Promise.reject(new VendorError('richpanel', 'timeout'));
    Object.assign(container, { helpdesk: { ticket } });
    clock.advance(20_000);
    await looks();
    await looks(1);
    expect(container.queues.waiting.map(({ dueAt }) => dueAt - clock.now())).toEqual([5_000, 30_000]);
    clock.advance(6 * 60 * MINUTE);
    await looks(2);
    expect(container.queues.waiting).toHaveLength(2);
    expect(container.queues.failed).toEqual([
      { body: JSON.stringify({ errand: errand(2) }), cause: 'budget_richpanel_timeout' },
    ]);
  });

  it('waits for a bus that did not take the fact: the record is there, and the sweeper states it', async () => {
    const { writes, looks, clock, container, store } = await setUp();
    const missed = writes('Hello');
    clock.advance(20_000);
    Object.assign(container, { bus: { putEvents: async () => ({ failed: [{ index: 0, code: 'Busy' }] }) } });
    await looks();
    expect(container.queues.waiting).toHaveLength(1);
    expect(await store.get('idempotency', { key: `evt:rp:conv_1:${missed}` })).toMatchObject({ open: 'evt' });
  });

  it('an errand that says nothing goes to the failure queue', async () => {
    const { container } = await setUp();
    await look({ see: 'nothing' }, container);
    expect(container.queues.failed.map(({ cause }) => cause)).toEqual(['unreadable_errand']);
  });
});

describe('who has a look', () => {
  const looksOf = (container: Awaited<ReturnType<typeof setUp>>['container']) =>
    container.queues.waiting.filter(({ body }) => body.includes('"errand"'));

  it.each([
    { keyKind: 'bucket', looks: 1 },
    // The same words twice within 10 s are one key as well.
    { keyKind: 'digest', looks: 1 },
    { keyKind: 'message', looks: 0 },
  ])('a root whose key is a $keyKind: $looks', async ({ keyKind, looks }) => {
    const { container, root, writes } = await setUp();
    writes('My lamp arrived broken.');
    await classify(container)(delivered({ ...root, data: { ...root.data, keyKind } }));
    expect(looksOf(container)).toHaveLength(looks);
  });

  it('one that finds its record settled has no other effect', async () => {
    const { container, root, store, told } = await setUp();
    await store.update('idempotency', { key: KEY }, { set: { status: 'SETTLED' } });
    await classify(container)(delivered({ ...root, data: { ...root.data, keyKind: 'bucket' } }));
    expect(looksOf(container)).toHaveLength(1);
    expect(told()).toEqual([]);
  });
});
