import { describe, expect, it } from 'vitest';
import { VendorError } from '../shared/errors.ts';
import type { Item } from '../shared/store/language.ts';
import { exampleOf, testWorld } from '../shared/testing.ts';
import { AGE_KEY } from './age.ts';
import { sweeper } from './handler.ts';

const MINUTE = 60_000;
const START = Date.parse('2026-01-15T12:00:00.000Z');

function setUp() {
  const world = testWorld();
  const container = world.container('sweeper');
  const rule = { isEnabled: async () => true };
  const observed: [string, number, string | undefined][] = [];
  const observe = (name: string, value: number, channel?: string) => void observed.push([name, value, channel]);
  Object.assign(container, { metrics: { ...container.metrics, observe } });
  Object.assign(container, { intakeRule: { isEnabled: () => rule.isEnabled() } });
  const handler = sweeper(container);
  const put = (item: Item) => world.store.put('idempotency', item);
  const root = (number: number, channel: 'email' | 'livechat' = 'email') => {
    const eventId = `0194b8a0-3c1e-7d2a-8f00-${String(number).padStart(12, '0')}`;
    return exampleOf('MessageReceived', START, { eventId, rootEventId: eventId, hops: 0, channel });
  };
  const message = (number: number, more: Item = {}) =>
    put({
      key: `evt:rp:conv_1:cmt_${number}`,
      status: 'RECEIVED',
      event_id: root(number).metadata.eventId,
      root: JSON.stringify(root(number)),
      open: 'evt',
      received_at: START,
      next_sweep_at: START + MINUTE,
      sweeps: 0,
      parked_ms: 0,
      deadline_ms: 120 * MINUTE,
      generation: 1,
      ...more,
    });
  const claim = (number: number, more: Item = {}) =>
    put({
      key: `act:rp_reply:conv_1:cmt_${number}`,
      status: 'CLAIMED',
      owner: 'sender',
      approval: JSON.stringify(exampleOf('ReplyApproved', START)),
      claimed_at: START,
      open: 'act',
      received_at: START,
      next_sweep_at: START + 120_000,
      sweeps: 0,
      generation: 1,
      ...more,
    });
  return {
    ...world,
    observed,
    rule,
    message,
    claim,
    root,
    sweep: () => handler({}),
    told: () => world.bus.published.map(({ detail }) => JSON.parse(detail) as ReturnType<typeof exampleOf>),
    names: () => world.bus.published.map(({ detailType }) => detailType),
    nextSweep: async (key: string) => (await world.store.get('idempotency', { key }))?.next_sweep_at,
  };
}

describe('the back-off of a sweep (protocols §7)', () => {
  it('is 1, 5, 30, then 120 minutes; each due sweep republishes the stored root', async () => {
    const { message, sweep, clock, told, root, nextSweep } = setUp();
    await message(1, { deadline_ms: 999_999 * MINUTE });
    const waits: number[] = [];
    clock.advance(MINUTE);
    for (let time = 0; time < 5; time += 1) {
      await sweep();
      const next = Number(await nextSweep('evt:rp:conv_1:cmt_1'));
      waits.push((next - clock.now()) / MINUTE);
      clock.advance(next - clock.now());
    }
    expect(waits).toEqual([1, 5, 30, 120, 120]);
    expect(told().map(({ metadata }) => ({ ...metadata, publishedAt: '' }))).toEqual(
      Array.from({ length: 5 }, () => ({ ...root(1).metadata, publishedAt: '' })),
    );
  });

  it.each([
    { channel: 'livechat', deadline: 15 * MINUTE },
    { channel: 'email', deadline: 120 * MINUTE },
  ])('does not carry a message of $channel past its deadline', async ({ deadline }) => {
    const { message, sweep, clock, names } = setUp();
    await message(1, { status: 'CLASSIFIED', branch_route: 'open', deadline_ms: deadline });
    for (let minute = 0; minute * MINUTE < deadline; minute += 1) {
      clock.advance(MINUTE);
      await sweep();
    }
    expect(names()).toEqual([]);
    clock.advance(MINUTE);
    await sweep();
    expect(names()).toEqual(['MessageStalled']);
  });

  it('leaves alone what is not due', async () => {
    const { message, sweep, clock, names } = setUp();
    await message(1);
    clock.advance(MINUTE - 1);
    expect(await sweep()).toEqual({ swept: 0 });
    expect(names()).toEqual([]);
  });

  it('belongs to one of two sweepers that run side by side', async () => {
    const world = setUp();
    await world.message(1);
    world.clock.advance(MINUTE);
    const [one, other] = await Promise.all([world.sweep(), world.sweep()]);
    expect(one.swept + other.swept).toBe(1);
    expect(world.names()).toEqual(['MessageReceived']);
  });

  it('takes 100 records a run in all, claims first', async () => {
    const { message, claim, sweep, clock, names } = setUp();
    for (let number = 0; number < 90; number += 1) await message(number);
    for (let number = 0; number < 30; number += 1) await claim(number);
    clock.advance(2 * MINUTE);
    expect(await sweep()).toEqual({ swept: 100 });
    const count = (name: string) => names().filter((told) => told === name).length;
    expect([count('ReplyOutcomeUnclear'), count('MessageReceived')]).toEqual([30, 70]);
    expect(await sweep()).toEqual({ swept: 20 });
  });
});

describe('a stalled message (protocols §7)', () => {
  it.each([
    { channel: 'livechat', deadline: 15 * MINUTE },
    { channel: 'email', deadline: 120 * MINUTE },
  ] as const)('by $channel is named past $deadline ms and the time it was parked', async ({ deadline }) => {
    const { message, sweep, clock, names } = setUp();
    const about = { status: 'CLASSIFIED', branch_route: 'open', deadline_ms: deadline, parked_ms: 3 * MINUTE };
    await message(1, { ...about, next_sweep_at: START + deadline + 3 * MINUTE });
    clock.advance(deadline + 3 * MINUTE);
    await sweep();
    expect(names()).toEqual([]);
    clock.advance(MINUTE);
    await sweep();
    expect(names()).toEqual(['MessageStalled']);
  });

  it('whose route waits for its reply is named after 120 s, parking included (§8)', async () => {
    const { message, sweep, clock, told } = setUp();
    await message(1, {
      status: 'CLASSIFIED',
      branch_route: 'open',
      branch_reply: 'open',
      message_id: 'cmt_1',
      deadline_ms: 2 * MINUTE,
      deadline_is_firm: true,
      parked_ms: 60 * MINUTE,
      next_sweep_at: START + 2 * MINUTE,
    });
    clock.advance(2 * MINUTE + 1);
    await sweep();
    expect(told().map(({ metadata, data }) => [metadata.eventName, metadata.messageId, data.openBranches])).toEqual([
      ['MessageStalled', 'cmt_1', ['route', 'reply']],
    ]);
  });

  it('is stated at every due sweep, the same bytes but for publishedAt', async () => {
    const { message, sweep, clock, told, names } = setUp();
    await message(1);
    clock.advance(121 * MINUTE);
    await sweep();
    clock.advance(5 * MINUTE);
    await sweep();
    // Its cause goes before it, once: every sweep until then may have died.
    expect(names()).toEqual(['MessageReceived', 'MessageStalled', 'MessageStalled']);
    const [, first, second] = told();
    expect({ ...second, metadata: { ...second?.metadata, publishedAt: '' } }).toEqual({
      ...first,
      metadata: { ...first?.metadata, publishedAt: '' },
    });
  });
});

describe('what was stored and not told', () => {
  it('a settled message states its end, and leaves the open ones only then', async () => {
    const { message, sweep, clock, told, store } = setUp();
    const settled_at = new Date(START + MINUTE).toISOString();
    await message(1, { status: 'SETTLED', settled_by: 'responder-route', settled_at, outcome_route: 'routed' });
    clock.advance(2 * MINUTE);
    await sweep();
    expect(told().map(({ metadata, data }) => [metadata.eventName, metadata.producer, data.outcome])).toEqual([
      ['MessageSettled', 'responder-route', 'routed'],
    ]);
    expect((await store.get('idempotency', { key: 'evt:rp:conv_1:cmt_1' }))?.open).toBeUndefined();
  });

  it('an outcome is published as it stands, and its branch is for responder-settle to close', async () => {
    const { claim, sweep, clock, told, store } = setUp();
    const outcome = exampleOf('ReplySuppressed', START);
    await claim(1, { status: 'FAILED', outcome: JSON.stringify(outcome) });
    clock.advance(2 * MINUTE);
    await sweep();
    const names = told().map(({ metadata }) => metadata.eventName);
    expect(names).toEqual(['ReplyOutcomeUnclear', 'ReplySuppressed']);
    expect(told()[1]?.data).toEqual(outcome.data);
    expect((await store.get('idempotency', { key: 'act:rp_reply:conv_1:cmt_1' }))?.open).toBeUndefined();
  });

  it('an unknown outcome stays among the open ones: responder-settle is told until it has put the tag on the ticket', async () => {
    const { claim, sweep, clock, names, store } = setUp();
    const outcome = exampleOf('ReplyFailed', START);
    await claim(1, { status: 'UNKNOWN', outcome: JSON.stringify(outcome) });
    clock.advance(2 * MINUTE);
    await sweep();
    expect((await store.get('idempotency', { key: 'act:rp_reply:conv_1:cmt_1' }))?.open).toBe('act');
    clock.advance(5 * MINUTE);
    await sweep();
    expect(names()).toEqual(['ReplyOutcomeUnclear', 'ReplyFailed', 'ReplyOutcomeUnclear', 'ReplyFailed']);
  });

  it('a dead message is nobody’s errand', async () => {
    const { message, sweep, clock, names } = setUp();
    await message(1, { status: 'DEAD' });
    clock.advance(200 * MINUTE);
    await sweep();
    expect(names()).toEqual([]);
  });
});

describe('a claim without an outcome (protocols §6)', () => {
  it('is unclear after 120 s, not before', async () => {
    const { claim, sweep, clock, told } = setUp();
    await claim(1, { next_sweep_at: START + MINUTE });
    clock.advance(120_000 - 1);
    await sweep();
    expect(told()).toEqual([]);
    clock.advance(MINUTE);
    await sweep();
    expect(told().map(({ metadata, data }) => [metadata.eventName, data.actionKey])).toEqual([
      ['ReplyOutcomeUnclear', 'act:rp_reply:conv_1:cmt_1'],
    ]);
  });

  it('of a process that is known to be dead is unclear at once (ruling 28)', async () => {
    const { claim, sweep, clock, told } = setUp();
    await claim(1, { next_sweep_at: START, overdue: true });
    clock.advance(1_000);
    await sweep();
    expect(told().map(({ metadata }) => metadata.eventName)).toEqual(['ReplyOutcomeUnclear']);
  });
});

describe('while intake is held back (protocols §7, platform §4.10, §5.8)', () => {
  const HELD = [
    { by: 'its rule is off', hold: ({ rule }: World) => Object.assign(rule, { isEnabled: async () => false }) },
    { by: 'a backlog is drained', hold: ({ parameters }: World) => parameters.values.set('catch_up_mode', 'true') },
  ];
  const free = ({ rule, parameters }: World) => {
    Object.assign(rule, { isEnabled: async () => true });
    parameters.values.set('catch_up_mode', 'false');
  };
  type World = ReturnType<typeof setUp>;
  /** A sweep each minute. */
  const sweepFor = async (world: World, minutes: number) => {
    for (let minute = 0; minute < minutes; minute += 1) {
      world.clock.advance(MINUTE);
      await world.sweep();
    }
  };

  it.each(HELD)('because $by, no RECEIVED message is stated again or called stalled', async ({ hold }) => {
    const world = setUp();
    hold(world);
    await world.message(1, { deadline_ms: 15 * MINUTE });
    await sweepFor(world, 300);
    expect(world.names()).toEqual([]);
  });

  it.each(HELD)(
    'because $by, the deadline of a RECEIVED message counts from the end of that time',
    async ({ hold }) => {
      const world = setUp();
      hold(world);
      await world.message(1, { deadline_ms: 15 * MINUTE });
      await sweepFor(world, 60);
      free(world);
      // The end is noticed by the next run.
      await sweepFor(world, 15);
      expect(world.names().filter((name) => name === 'MessageStalled')).toEqual([]);
      expect(world.names().filter((name) => name === 'MessageReceived')).not.toEqual([]);
      await sweepFor(world, 2);
      expect(world.names().at(-1)).toBe('MessageStalled');
    },
  );

  it.each(HELD)('because $by, a RECEIVED message is stated again within 5 min of the end', async ({ hold }) => {
    const world = setUp();
    hold(world);
    await world.message(1, { deadline_ms: 15 * MINUTE });
    await sweepFor(world, 60);
    free(world);
    await sweepFor(world, 5);
    expect(new Set(world.names())).toEqual(new Set(['MessageReceived']));
  });

  it('a message that was taken up stalls on time, behind however many that wait', async () => {
    const world = setUp();
    world.parameters.values.set('catch_up_mode', 'true');
    for (let number = 0; number < 350; number += 1) await world.message(number);
    await world.message(900, {
      status: 'CLASSIFIED',
      branch_route: 'open',
      deadline_ms: 15 * MINUTE,
      next_sweep_at: START + 15 * MINUTE + 1,
    });
    world.clock.advance(15 * MINUTE + 2);
    expect(await world.sweep()).toEqual({ swept: 1 });
    expect(world.names()).toEqual(['MessageStalled']);
  });

  it.each([60, 3 * 24 * 60])(
    'because nobody swept for %i min, the deadline of a RECEIVED message counts from the first run',
    async (minutes) => {
      const world = setUp();
      await sweepFor(world, 1);
      await world.message(1, { deadline_ms: 15 * MINUTE });
      world.clock.advance(minutes * MINUTE);
      await world.sweep();
      expect(world.names()).toEqual(['MessageReceived']);
      await sweepFor(world, 14);
      expect(world.names()).not.toContain('MessageStalled');
      await sweepFor(world, 2);
      expect(world.names().at(-1)).toBe('MessageStalled');
    },
  );

  it('a run that fails now and then is no time without one', async () => {
    const world = setUp();
    await sweepFor(world, 1);
    await world.message(1, { deadline_ms: 15 * MINUTE });
    for (let turn = 0; turn < 3; turn += 1) {
      world.clock.advance(3 * MINUTE);
      await sweepFor(world, 1);
    }
    expect(world.names()).not.toContain('MessageStalled');
    await sweepFor(world, 4);
    expect(world.names().at(-1)).toBe('MessageStalled');
  });

  it('what nobody can tell is held for this run, and counts as no hold', async () => {
    const world = setUp();
    await world.message(1);
    Object.assign(world.rule, { isEnabled: () => Promise.reject(new VendorError('eventbridge', 'timeout')) });
    await sweepFor(world, 30);
    expect(world.names()).toEqual([]);
    free(world);
    world.clock.advance(91 * MINUTE);
    await world.sweep();
    expect(world.names()).toEqual(['MessageReceived', 'MessageStalled']);
  });

  it('claims are named all the same', async () => {
    const world = setUp();
    world.parameters.values.set('catch_up_mode', 'true');
    await world.claim(1);
    world.clock.advance(121_000);
    await world.sweep();
    expect(world.names()).toEqual(['ReplyOutcomeUnclear']);
  });
});

describe('timers of the circuits (platform §5.6)', () => {
  const opened = (world: ReturnType<typeof setUp>, bucket: string) =>
    world.store.put('vendor_limits', {
      bucket: `${bucket}#breaker`,
      slots: [],
      open_until: START + MINUTE,
      probe_until: null,
      version: 3,
    });

  it.each([
    { bucket: 'richpanel#reads', vendor: 'richpanel', operationClass: 'reads' },
    { bucket: 'richpanel#orders', vendor: 'richpanel', operationClass: 'orders' },
    { bucket: 'openai', vendor: 'openai', operationClass: 'responses' },
  ])('$bucket is closed when nobody has tried for 5 minutes, and it is said once', async (about) => {
    const world = setUp();
    await opened(world, about.bucket);
    world.clock.advance(6 * MINUTE - 1);
    await world.sweep();
    expect(world.told()).toEqual([]);
    world.clock.advance(1);
    await world.sweep();
    await world.sweep();
    const { vendor, operationClass } = about;
    expect(world.told().map(({ metadata, data }) => [metadata.eventName, metadata.producer, data])).toEqual([
      ['CircuitClosed', 'sweeper', { vendor, operationClass, errorRate: 0, openUntil: null }],
    ]);
  });

  it('a probe under way is waited for', async () => {
    const world = setUp();
    await opened(world, 'richpanel#reads');
    await world.store.update(
      'vendor_limits',
      { bucket: 'richpanel#reads#breaker' },
      { set: { probe_until: START + 4 * MINUTE } },
    );
    world.clock.advance(9 * MINUTE - 1);
    await world.sweep();
    expect(world.told()).toEqual([]);
  });

  it('writes stay open until a probe says otherwise: no message is to find out', async () => {
    const world = setUp();
    await opened(world, 'richpanel#writes');
    world.clock.advance(60 * MINUTE);
    await world.sweep();
    expect(world.told()).toEqual([]);
    expect(world.observed).toContainEqual(['vendor.circuit_open', 1, 'richpanel']);
  });
});

const ages = ({ observed }: ReturnType<typeof setUp>) =>
  observed.flatMap(([name, value, channel]) => (name === 'bus.oldest_unsettled_age_s' ? [[value, channel]] : []));

describe('the gauge of the oldest unsettled message', () => {
  it('is told of all, and of chat by itself', async () => {
    const world = setUp();
    await world.message(1, { next_sweep_at: START + 90 * MINUTE });
    await world.message(2, {
      root: JSON.stringify(world.root(2, 'livechat')),
      received_at: START + 20_000,
      next_sweep_at: START + 90 * MINUTE,
    });
    world.clock.advance(30_500);
    await world.sweep();
    expect(ages(world)).toEqual([
      [30, undefined],
      [10, 'livechat'],
    ]);
  });

  it('is remembered where it is a minute and more: nothing is resumed for a quarter of an hour', async () => {
    const world = setUp();
    const remembered = async () => (await world.store.get('vendor_limits', AGE_KEY))?.over_at ?? null;
    await world.message(1, { next_sweep_at: START + 90 * MINUTE });
    world.clock.advance(59_999);
    await world.sweep();
    expect(await remembered()).toBeNull();
    world.clock.advance(1);
    await world.sweep();
    expect(await remembered()).toBe(START + MINUTE);
  });

  it('is 0 where nothing waits', async () => {
    const world = setUp();
    await world.sweep();
    expect(ages(world)).toEqual([
      [0, undefined],
      [0, 'livechat'],
    ]);
  });
});
