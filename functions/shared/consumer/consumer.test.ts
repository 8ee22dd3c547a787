import { describe, expect, it, vi } from 'vitest';
import type { AnyEvent } from '../../../events/define-event.ts';
import { RetryableError, SafeError, VendorError } from '../errors.ts';
import { flagsFrom } from '../flags/flags.ts';
import { uuidV5 } from '../ids.ts';
import { decidedTurn } from '../ledger/claims.ts';
import { delivered, exampleOf, testWorld } from '../testing.ts';
import { type Context, consumer, decided, NOTHING } from './consumer.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
const CLAIM = 'csm:responder-route:responder-route:0194b8a0-3c1e-7d2a-8f00-1a2b3c4d5e6f';

type Stating = Context<never, 'RoutingSkipped'>;
type Handle = (context: Stating, event: AnyEvent) => Promise<ReturnType<typeof decided>>;

const skipped = ({ state }: Stating) =>
  state('RoutingSkipped', { decisionId: null, reasonCode: 'shadow_mode', wouldRouteTo: null });

function setUp(
  handle: Handle,
  more: {
    repeatsWhenDone?: () => boolean;
    recheck?: () => Promise<void>;
    onBudget?: Handle;
    budgetMs?: number;
    hasEffects?: boolean;
  } = {},
) {
  const world = testWorld();
  const container = world.container('responder-route');
  const { onBudget, repeatsWhenDone, recheck } = more;
  const definition = consumer({
    name: 'responder-route',
    consumes: ['EscalationRaised'],
    produces: ['RoutingSkipped'],
    uses: [],
    hasEffects: more.hasEffects ?? true,
    budgetMs: () => more.budgetMs ?? 60 * MINUTE,
    handle: (event, context) => handle(context, event as AnyEvent),
    ...(onBudget ? { onBudget: (event, context) => onBudget(context, event as AnyEvent) } : {}),
    ...(repeatsWhenDone ? { repeatsWhenDone } : {}),
    ...(recheck ? { recheck } : {}),
  });
  const event = exampleOf('EscalationRaised', world.clock.now());
  return {
    ...world,
    container,
    event,
    handler: definition(container),
    another: () => definition(world.container('responder-route')),
    published: () => world.bus.published.map(({ detail }) => JSON.parse(detail) as AnyEvent),
    record: () => world.store.get('idempotency', { key: CLAIM }),
    /** Hands over the copy that was parked last. */
    comeBack: (handler: (payload: unknown) => Promise<unknown>) =>
      handler({ Records: [{ body: container.queues.waiting.at(-1)?.body }] }),
  };
}

const say: Handle = async (context) => decided([skipped(context)]);
const wait = (code = 'vendor_busy', afterMs?: number) => {
  throw new RetryableError(code, afterMs);
};

describe('the ledger generation', () => {
  it('that cannot be read is none that a lost ledger had: after the loss the same event is stated under another id', async () => {
    const { container, record, event, published, store, clock, handler } = setUp(say);
    const lose = () => store.remove('idempotency', { key: CLAIM });
    await handler(delivered(event));
    const blind = flagsFrom(
      { read: () => Promise.reject(new VendorError('ssm', 'server')) },
      clock,
      container.telemetry,
      { cacheMs: 0, writesPhrase: null },
    );
    Object.assign(container, { flags: blind });
    await lose();
    await handler(delivered(event));
    // The record keeps it, so whoever repeats it says the same.
    expect((await record())?.generation).toBe(clock.now());
    clock.advance(1);
    await lose();
    await handler(delivered(event));
    const ids = published().map(({ metadata }) => metadata.eventId);
    expect([ids.length, new Set(ids).size]).toEqual([3, 3]);
  });
});

describe('what cannot be read goes to the failure queue, and the invocation succeeds (ruling 10)', () => {
  const at = Date.parse('2026-01-15T12:00:00.000Z');
  const good = exampleOf('EscalationRaised', at);
  const withMetadata = (about: Parameters<typeof exampleOf>[2]) => delivered(exampleOf('EscalationRaised', at, about));
  it.each([
    { cause: 'unreadable_payload', payload: { some: 'thing' } },
    { cause: 'unreadable_payload', payload: { Records: [{ body: 'not json' }] } },
    { cause: 'no_envelope', payload: { 'detail-type': 'EscalationRaised', detail: 'words' } },
    { cause: 'invalid_metadata', payload: { 'detail-type': 'EscalationRaised', detail: { metadata: {}, data: {} } } },
    { cause: 'not_consumed', payload: delivered(exampleOf('ReplyDenied', at)) },
    { cause: 'not_consumed', payload: withMetadata({ eventName: 'NeverDeclared' }) },
    { cause: 'name_mismatch', payload: { 'detail-type': 'ReplyDenied', detail: good } },
    { cause: 'unknown_major', payload: withMetadata({ schemaVersion: '2.0' }) },
    { cause: 'foreign_producer', payload: withMetadata({ producer: 'ingest' }) },
    { cause: 'foreign_source', payload: { ...Object(delivered(good)), source: 'frontdesk.ingest' } },
    { cause: 'too_many_hops', payload: withMetadata({ hops: 13 }) },
    { cause: 'too_old', payload: withMetadata({ occurredAt: new Date(at - 23 * DAY - 1).toISOString() }) },
    { cause: 'invalid_data', payload: delivered({ ...good, data: { ...good.data, rank: 'high' } }) },
    { cause: 'unknown_replay', payload: delivered(good, 'holiday-01JQ8Z5M9H3V6T2K4N7P0R1S8W') },
  ])('$cause', async ({ cause, payload }) => {
    const { handler, container, published, record } = setUp(say);
    await handler(payload);
    expect(container.queues.failed).toEqual([{ body: JSON.stringify(keptOf(payload)), cause }]);
    expect(published()).toEqual([]);
    expect(await record()).toBeNull();
  });

  it('an event at the limit of hops and of age is read, an unknown field of a newer minor ignored', async () => {
    const { handler, container, published } = setUp(say);
    const fact = exampleOf('EscalationRaised', at, {
      hops: 12,
      occurredAt: new Date(at - 23 * DAY).toISOString(),
      schemaVersion: '1.9',
    });
    await handler(delivered({ ...fact, data: { ...fact.data, addedLater: true } }));
    expect(container.queues.failed).toEqual([]);
    expect(published()).toHaveLength(1);
  });

  it('a consumer without effects reads an event of any age', async () => {
    const { handler, published } = setUp(say, { hasEffects: false });
    await handler(withMetadata({ occurredAt: new Date(at - 170 * DAY).toISOString() }));
    expect(published()).toHaveLength(1);
  });
});

/** What stands in the failure queue: the fact itself where there is one, else the payload. */
function keptOf(payload: unknown): unknown {
  return typeof payload === 'object' && payload !== null && 'detail' in payload ? payload.detail : payload;
}

describe('deciding once (protocols §4)', () => {
  it('stores what was decided, publishes it, and is done; a second delivery has no effect', async () => {
    const { handler, event, published, record } = setUp(say);
    await handler(delivered(event));
    expect(published().map(({ metadata }) => [metadata.eventName, metadata.eventId, metadata.hops])).toEqual([
      ['RoutingSkipped', uuidV5(event.metadata.eventId, 'RoutingSkipped', 1), 2],
    ]);
    expect(await record()).toMatchObject({ status: 'DONE', generation: 1 });
    await handler(delivered(event));
    expect(published()).toHaveLength(1);
  });

  it('what is DECIDED is published again, the same bytes but for publishedAt, and never decided again', async () => {
    let decisions = 0;
    const { handler, another, event, clock, store, published } = setUp(async (context) => {
      decisions += 1;
      return decided([skipped(context)]);
    });
    const change = store.change.bind(store);
    const dies = vi.spyOn(store, 'change').mockImplementation(async (table, key, changes, condition) => {
      if (changes.set?.status === 'DONE') throw new Error('the process ends before DONE');
      return change(table, key, changes, condition);
    });
    await expect(handler(delivered(event))).rejects.toThrow();
    dies.mockRestore();
    clock.advance(5 * MINUTE);
    await another()(delivered(event));
    const [first, second] = published();
    expect(decisions).toBe(1);
    expect(second?.metadata.publishedAt).not.toBe(first?.metadata.publishedAt);
    expect({ ...second, metadata: { ...second?.metadata, publishedAt: '' } }).toEqual({
      ...first,
      metadata: { ...first?.metadata, publishedAt: '' },
    });
  });

  it('DONE keeps the notes and lets the envelopes go: nobody publishes from it again', async () => {
    const { handler, event, store, container } = setUp(async (context) =>
      decided([skipped(context)], { turn: ['c1'] }),
    );
    await handler(delivered(event));
    const record = await store.get('idempotency', { key: CLAIM });
    expect(JSON.parse(String(record?.decided))).toEqual({ facts: [], notes: { turn: ['c1'] } });
    expect(await decidedTurn(container, CLAIM)).toEqual(['c1']);
  });

  it('who ended without deciding has no turn', async () => {
    const { handler, event, container } = setUp(async () => NOTHING);
    await handler(delivered(event));
    expect(await decidedTurn(container, CLAIM)).toBeNull();
  });

  it('who lost the lease loses at the update, publishes what the other stored, and adds nothing', async () => {
    let isFirst = true;
    const { handler, another, event, clock, published, container } = setUp(async (context) => {
      const told = skipped(context);
      if (isFirst) {
        isFirst = false;
        // The lease is the timeout and 15 s (platform §2.5); another attempt takes the event meanwhile.
        clock.advance(60_000 + 15_001);
        await another()(delivered(event));
      }
      return decided([told]);
    });
    await handler(delivered(event));
    expect(new Set(published().map(({ metadata }) => metadata.occurredAt)).size).toBe(1);
    expect(container.queues.waiting).toEqual([]);
  });

  it('an event that another attempt holds is parked, never swallowed', async () => {
    const { handler, event, store, container, clock } = setUp(say);
    await store.put('idempotency', {
      key: CLAIM,
      status: 'IN_PROGRESS',
      owner: 'another',
      generation: 1,
      lease_until: clock.now() + MINUTE,
    });
    await handler(delivered(event));
    expect(container.queues.waiting).toHaveLength(1);
    expect(container.queues.waiting[0]?.dueAt).toBe(clock.now() + 5_000);
  });

  it('ids end in the generation that the claim stored, though it was raised since', async () => {
    let turn = 0;
    const { handler, event, parameters, published, comeBack } = setUp(async (context) => {
      turn += 1;
      return turn === 1 ? wait() : decided([skipped(context)]);
    });
    await handler(delivered(event));
    parameters.values.set('ledger_generation', '2');
    await comeBack(handler);
    expect(published()[0]?.metadata.eventId).toBe(uuidV5(event.metadata.eventId, 'RoutingSkipped', 1));
  });

  it('a repeat on a finished event states facts of its own, never other bytes under a known id', async () => {
    let times = 0;
    const { handler, event, published } = setUp(
      async ({ state }) => {
        times += 1;
        const wouldRouteTo = times === 1 ? 'Returns Admin' : 'Leadership Team';
        return decided([state('RoutingSkipped', { decisionId: null, reasonCode: 'shadow_mode', wouldRouteTo })]);
      },
      { repeatsWhenDone: () => true },
    );
    for (let time = 0; time < 3; time += 1) await handler(delivered(event));
    expect(published()).toHaveLength(3);
    expect(new Set(published().map(({ metadata }) => metadata.eventId)).size).toBe(3);
  });

  it('is looked at again where more than one attempt had begun it, and never by a replay', async () => {
    let looks = 0;
    let dies = true;
    const recheck = async () => {
      looks += 1;
    };
    const handle: Handle = async (context) => {
      if (dies) throw new Error('the process died');
      return decided([skipped(context)]);
    };
    const { handler, event, clock, container } = setUp(handle, { recheck });
    await handler(delivered(event)).catch(() => undefined);
    dies = false;
    clock.advance(5 * MINUTE);
    await handler(delivered(event));
    expect(looks).toBe(0);
    await handler(delivered(event));
    expect(looks).toBe(1);
    const replay = { name: 'r1', purpose: 'recovery', originalEventId: event.metadata.eventId } as const;
    await handler(delivered({ ...event, metadata: { ...event.metadata, replay } } as AnyEvent));
    expect(container.queues.failed).toEqual([]);
    expect(looks).toBe(1);
  });

  it('is looked at by a copy that was parked, though its ledger counts one attempt', async () => {
    const copies: unknown[] = [];
    const { handler, event } = setUp(say, { recheck: async () => void copies.push(1) });
    await handler(delivered(event));
    const body = { envelope: event, parked: { firstAt: 0, count: 1, totalMs: 0 }, replayName: null };
    await handler({ Records: [{ body: JSON.stringify(body) }] });
    expect(copies).toHaveLength(1);
  });

  it('a finished event that one attempt alone had begun is not looked at again', async () => {
    let looks = 0;
    const recheck = async () => {
      looks += 1;
    };
    const { handler, event } = setUp(say, { recheck });
    for (let time = 0; time < 3; time += 1) await handler(delivered(event));
    expect(looks).toBe(0);
  });

  it('a fact that breaks its schema is a bug: nothing is stored, and the next attempt finds the event free', async () => {
    let isBroken = true;
    const { handler, event, published, record } = setUp(async (context) => {
      const fact = skipped(context);
      return decided([isBroken ? { ...fact, data: { ...fact.data, words: 'My name is Nora.' } } : fact]);
    });
    const thrown = await handler(delivered(event)).catch((error: unknown) => error);
    expect(thrown).toEqual(new SafeError('bug'));
    expect((await record())?.decided).toBeUndefined();
    isBroken = false;
    await handler(delivered(event));
    expect(published()).toHaveLength(1);
  });

  it('only a code leaves the function when the code is wrong', async () => {
    const { handler, event, container } = setUp(async () => {
      throw new Error('Nora Quill, order 1042');
    });
    const thrown = await handler(delivered(event)).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(SafeError);
    expect(String(thrown instanceof Error && `${thrown.message}${thrown.stack}${thrown.cause}`)).not.toContain('Nora');
    expect(JSON.stringify(container.telemetry)).not.toContain('Nora');
  });
});

describe('what fails again and again', () => {
  const broken: Handle = async () => {
    throw new Error('impossible');
  };
  const parkedCopy = (event: AnyEvent, receives: number) => ({
    Records: [
      {
        body: JSON.stringify({ envelope: event, parked: { firstAt: 0, count: 1, totalMs: 5 }, replayName: null }),
        attributes: { ApproximateReceiveCount: String(receives) },
      },
    ],
  });

  it('out of the later queue goes to the failure queue at the third attempt, since that queue has no other end', async () => {
    const { handler, event, container } = setUp(broken);
    for (const receives of [1, 2])
      await expect(handler(parkedCopy(event, receives))).rejects.toEqual(new SafeError('bug'));
    expect(container.queues.failed).toEqual([]);
    await handler(parkedCopy(event, 3));
    expect(container.queues.failed).toEqual([{ body: JSON.stringify(event), cause: 'bug' }]);
  });

  it('off the bus is left to Lambda’s attempts', async () => {
    const { handler, event, container } = setUp(broken);
    for (let time = 0; time < 3; time += 1)
      await expect(handler(delivered(event))).rejects.toEqual(new SafeError('bug'));
    expect(container.queues.failed).toEqual([]);
  });

  it('a fact that the function does not produce is refused, whatever the compiler was told', async () => {
    const { handler, event, published } = setUp(async ({ state }) =>
      decided([(state as unknown as (name: string, data: unknown) => AnyEvent)('TicketRouted', {})]),
    );
    await expect(handler(delivered(event))).rejects.toEqual(new SafeError('bug'));
    expect(published()).toEqual([]);
  });
});

describe('parking (protocols §5)', () => {
  it('puts the envelope as it came into the later queue, 5 s, 30 s, 2 min, then 10 min', async () => {
    const { handler, event, clock, container, comeBack } = setUp(async () => wait());
    await handler(delivered(event));
    for (let time = 0; time < 4; time += 1) await comeBack(handler);
    expect(container.queues.waiting.map(({ dueAt }) => dueAt - clock.now())).toEqual([
      5_000, 30_000, 120_000, 600_000, 600_000,
    ]);
    const bodies = container.queues.waiting.map(({ body }) => JSON.parse(body) as { envelope: AnyEvent });
    for (const { envelope } of bodies) expect(envelope).toEqual(event);
  });

  it.each([
    { asked: 45_000, waits: 45_000 },
    { asked: 3_600_000, waits: 900_000 },
  ])('Retry-After of $asked ms wins, up to 15 minutes: $waits ms', async ({ asked, waits }) => {
    const { handler, event, clock, container } = setUp(
      async () => {
        throw new VendorError('richpanel', 'rate_limited', { retryAfterMs: asked });
      },
      { budgetMs: DAY },
    );
    await handler(delivered(event));
    expect(container.queues.waiting[0]?.dueAt).toBe(clock.now() + waits);
  });

  it('counts what a copy was parked for, cause by cause', async () => {
    const codes = ['stale_read', 'foreign', 'stale_read'];
    const { handler, event, container, comeBack } = setUp(async () => wait(codes.shift()));
    await handler(delivered(event));
    await comeBack(handler);
    await comeBack(handler);
    const { parked } = JSON.parse(container.queues.waiting.at(-1)?.body ?? '') as { parked: unknown };
    expect(parked).toMatchObject({ count: 3, code: 'stale_read', causes: { stale_read: 2, foreign: 1 } });
  });

  it('a parked copy comes back to a free event, and its envelope has come no further', async () => {
    let turn = 0;
    const { handler, event, published, comeBack } = setUp(async (context) => {
      turn += 1;
      return turn === 1 ? wait() : decided([skipped(context)]);
    });
    await handler(delivered(event));
    await comeBack(handler);
    expect(published().map(({ metadata }) => metadata.hops)).toEqual([2]);
  });

  it('past its budget an event is decided by what the function says for that case', async () => {
    const { handler, event, clock, published, container } = setUp(async () => wait('vendor_busy', 60_000), {
      budgetMs: 5 * MINUTE,
      onBudget: say,
    });
    clock.advance(4 * MINUTE);
    await handler(delivered(event));
    expect(container.queues.waiting).toHaveLength(1);
    clock.advance(1);
    await handler(delivered(event));
    expect(published()).toHaveLength(1);
    expect(container.queues.failed).toEqual([]);
  });

  it('past its budget and with nothing to say it goes to the failure queue', async () => {
    const { handler, event, clock, container } = setUp(async () => wait(), { budgetMs: MINUTE });
    clock.advance(MINUTE);
    await handler(delivered(event));
    expect(container.queues.failed.map(({ cause }) => cause)).toEqual(['budget_vendor_busy']);
  });

  it('a bus that took only part of it is waited for, and the stored bytes are published then', async () => {
    const { event, clock, container, bus, published, store } = setUp(say);
    const limping = consumer({
      name: 'responder-route',
      consumes: ['EscalationRaised'],
      produces: ['RoutingSkipped'],
      uses: [],
      hasEffects: true,
      budgetMs: () => DAY,
      handle: async (_event, context) => say(context, event),
    });
    const broken = limping({
      ...container,
      bus: { putEvents: async () => ({ failed: [{ index: 0, code: 'Busy' }] }) },
    });
    await broken(delivered(event));
    expect(await store.get('idempotency', { key: CLAIM })).toMatchObject({ status: 'DECIDED' });
    clock.advance(5_000);
    await limping({ ...container, bus })({ Records: [{ body: container.queues.waiting[0]?.body }] });
    expect(published().map(({ metadata }) => metadata.occurredAt)).toEqual(['2026-01-15T12:00:00.000Z']);
  });
});

describe('replays (protocols §9)', () => {
  it('the first consumer marks the envelope, and what it states carries the mark', async () => {
    const { handler, event, published } = setUp(say);
    await handler(delivered(event, 'recovery-01JQ8Z5M9H3V6T2K4N7P0R1S8W'));
    const replay = {
      name: 'recovery-01JQ8Z5M9H3V6T2K4N7P0R1S8W',
      purpose: 'recovery',
      originalEventId: event.metadata.eventId,
    };
    expect(published()[0]?.metadata.replay).toEqual(replay);
  });

  it('a mark survives parking', async () => {
    let turn = 0;
    const { handler, event, published, comeBack } = setUp(async (context) => {
      turn += 1;
      return turn === 1 ? wait() : decided([skipped(context)]);
    });
    await handler(delivered(event, 'recovery-01JQ8Z5M9H3V6T2K4N7P0R1S8W'));
    await comeBack(handler);
    expect(published()[0]?.metadata.replay).toMatchObject({ purpose: 'recovery' });
  });

  it('an event that was finished is not done again by its replay', async () => {
    const { handler, event, published } = setUp(say);
    await handler(delivered(event));
    await handler(delivered(event, 'recovery-01JQ8Z5M9H3V6T2K4N7P0R1S8W'));
    expect(published()).toHaveLength(1);
  });
});

describe('nothing to state', () => {
  it('is done in one step, without a decision on record', async () => {
    const { handler, event, record, published } = setUp(async () => NOTHING);
    await handler(delivered(event));
    expect(await record()).toMatchObject({ status: 'DONE' });
    expect((await record())?.decided).toBeUndefined();
    expect(published()).toEqual([]);
  });
});
