import { describe, expect, it } from 'vitest';
import { VendorError } from '../shared/errors.ts';
import { MINUTE, START, setUp } from './testing.ts';

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
