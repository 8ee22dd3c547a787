/** Rotation under load, with caches of every age, interrupted anywhere: no good request is refused, and the old token is refused at the end. */
import { describe, expect, it } from 'vitest';
import { TEST_TOKEN } from '../../functions/shared/testing.ts';
import type { Rotating } from './rotate.ts';
import { rotate } from './rotate.ts';
import type { SecretStore } from './stored-secret.ts';
import { type RotationWorld, rotationWorld } from './testing.ts';

class Killed extends Error {}

/** Ends the command at the n-th call that changes something outside, before or after its effect. */
function killedAt(ports: Pick<Rotating, 'store' | 'sender'>, n: number, when: 'before' | 'after') {
  let calls = 0;
  const deadly =
    <A extends unknown[], R>(call: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      calls += 1;
      if (calls === n && when === 'before') throw new Killed();
      const answer = await call(...args);
      if (calls === n) throw new Killed();
      return answer;
    };
  const { store, sender } = ports;
  return {
    store: { ...store, replace: deadly(store.replace) } satisfies SecretStore,
    sender: { ...sender, point: deadly(sender.point) },
  };
}

async function untilEnd(world: RotationWorld, undo: boolean, laid: Partial<Rotating> = {}) {
  await world.clock.sleep(600_000);
  return rotate(await world.rotating(laid), undo);
}

async function expectOneTokenAndTheOthersRefused(world: RotationWorld, gone: string): Promise<void> {
  expect(world.refused).toEqual([]);
  expect(world.secret().active_tokens).toEqual([world.senders.told]);
  expect([await world.accepting(world.senders.told), await world.accepting(gone)]).toEqual([3, 0]);
}

/** Changes outside: three writes and the sender before the removal, the removal, the last note. */
const CHANGES = { begin: 1, point: 2, pointed: 3, remove: 4, finish: 5 } as const;

describe('rotate', () => {
  it.each([1, 2, 3, 4])(
    'refuses no good request and no longer accepts the old token at its end (seed %i)',
    async (seed) => {
      const world = rotationWorld(seed);
      const rotated = await untilEnd(world, false);
      expect(rotated).toMatchObject({ result: 'rotated', by: 'nora', oldRefused: true, objections: [] });
      expect(rotated.watched?.authFailures).toBe(0);
      expect(world.senders.told).not.toBe(TEST_TOKEN);
      await expectOneTokenAndTheOthersRefused(world, TEST_TOKEN);
      expect(world.secret()).toMatchObject({
        created_at: rotated.startedAt,
        notes: `rotated ${rotated.finishedAt} by nora`,
      });
    },
  );

  const deaths = Object.entries(CHANGES).flatMap(([step, n]) =>
    (['before', 'after'] as const).map((when) => ({ step, n, when })),
  );
  it.each(deaths)('killed $when $step, it is taken up to its end', async ({ n, when }) => {
    const world = rotationWorld(n);
    const first = await world.rotating();
    await world.clock.sleep(400_000);
    await expect(rotate({ ...first, ...killedAt(first, n, when) }, false)).rejects.toThrow(Killed);
    if (n === CHANGES.finish && when === 'after') {
      await expect(untilEnd(world, true)).rejects.toMatchObject({ code: 'nothing_to_undo' });
    } else expect((await untilEnd(world, false)).result).toBe('rotated');
    await expectOneTokenAndTheOthersRefused(world, TEST_TOKEN);
  });

  it.each(deaths.filter(({ n }) => n < CHANGES.remove))('stopped $when $step, it is undone', async ({ n, when }) => {
    const world = rotationWorld(n + 10);
    const first = await world.rotating();
    await expect(rotate({ ...first, ...killedAt(first, n, when) }, false)).rejects.toThrow(Killed);
    const [given] = world.secret().active_tokens;
    if (n === CHANGES.begin && when === 'before') {
      await expect(untilEnd(world, true)).rejects.toMatchObject({ code: 'nothing_to_undo' });
      return;
    }
    expect((await untilEnd(world, true)).result).toBe('undone');
    expect(world.senders.told).toBe(TEST_TOKEN);
    await expectOneTokenAndTheOthersRefused(world, given ?? '');
    expect(world.secret().created_at).toBe('2026-01-15T12:00:00.000Z');
  });

  it.each(deaths.filter(({ n }) => n < CHANGES.finish))(
    'an undo killed $when $step goes on, with --undo or without',
    async ({ n, when }) => {
      const world = rotationWorld(n + 20);
      const stopped = await world.rotating();
      await expect(rotate({ ...stopped, ...killedAt(stopped, 3, 'after') }, false)).rejects.toThrow(Killed);
      const [given] = world.secret().active_tokens;
      await world.clock.sleep(60_000);
      const second = await world.rotating();
      await expect(rotate({ ...second, ...killedAt(second, n, when) }, true)).rejects.toThrow(Killed);
      const isBegun = !(n === CHANGES.begin && when === 'before');
      expect((await untilEnd(world, !isBegun || n % 2 === 0)).result).toBe('undone');
      await expectOneTokenAndTheOthersRefused(world, given ?? '');
    },
  );

  it('stopped in any wait, it goes on; a wait is waited again in full', async () => {
    for (const seconds of [10, 329, 400, 1_000, 1_400]) {
      const told: string[] = [];
      const world = rotationWorld(seconds);
      const stop = new AbortController();
      const until = world.clock.now() + seconds * 1_000;
      const driver = await world.lease('nora');
      const hold = async (): Promise<void> => {
        if (world.clock.now() >= until) stop.abort();
        await driver.hold();
      };
      const tell = (line: string) => void told.push(line);
      const first = await world.rotating({ driver: { ...driver, hold }, signal: stop.signal, tell });
      const stopped = await rotate(first, false).catch((error: unknown) => error);
      expect(stopped).toMatchObject({ code: 'interrupted', cure: expect.stringContaining('again to go on') });
      const isRemoved = told.includes('7 of 8: the former token is removed');
      expect(String((stopped as { cure?: string }).cure).includes('--undo')).toBe(!isRemoved);
      await driver.release();
      await rotate(await world.rotating(), false);
      await expectOneTokenAndTheOthersRefused(world, TEST_TOKEN);
    }
  });

  it('tries the former token at the door only when every container has forgotten it', async () => {
    const world = rotationWorld(6);
    let removedAt = Number.NaN;
    const tried: number[] = [];
    const rotating = await world.rotating({
      tell(line) {
        if (line === '7 of 8: the former token is removed') removedAt = world.clock.now();
      },
      async isRefused() {
        tried.push(world.clock.now() - removedAt);
        return true;
      },
    });
    await rotate(rotating, false);
    expect(tried).toHaveLength(1);
    expect(tried[0]).toBeGreaterThanOrEqual(rotating.times.cacheMs);
  });

  it('says that an emergency made no new token where the former one was gone already', async () => {
    const world = rotationWorld(5);
    const first = await world.rotating();
    await expect(rotate({ ...first, ...killedAt(first, CHANGES.remove, 'after') }, false)).rejects.toThrow(Killed);
    await world.clock.sleep(60_000);
    const { active_tokens } = world.secret();
    const told: string[] = [];
    const second = await world.rotating({ isEmergency: true, tell: (line) => void told.push(line) });
    const rotated = await rotate(second, false);
    expect(world.secret().active_tokens).toEqual(active_tokens);
    expect(rotated.objections).toEqual([expect.stringMatching(/no new token.* run it again/)]);
    expect(told).toContain(rotated.objections[0]);
  });

  it('says how long it watches on before the token goes', async () => {
    const told: string[] = [];
    await rotate(await rotationWorld(2).rotating({ tell: (line) => void told.push(line) }), false);
    const watching = told.filter((line) => line.startsWith('6 of 8: the token that goes'));
    expect(watching).not.toEqual([]);
    for (const line of watching)
      expect(line).toMatch(/(is unused so far|was used a while ago); watching for another [\d.]+ \w+/);
  });

  it('cannot be undone once the former token is removed', async () => {
    const world = rotationWorld(5);
    const first = await world.rotating();
    await expect(rotate({ ...first, ...killedAt(first, CHANGES.remove, 'after') }, false)).rejects.toThrow(Killed);
    await expect(untilEnd(world, true)).rejects.toMatchObject({ code: 'too_late' });
    expect((await untilEnd(world, false)).result).toBe('rotated');
  });

  it.each([
    ['who has it is quiet', ''],
    ['a thief uses it to the end', TEST_TOKEN],
  ])('in an emergency the token is dead within 13 minutes and no good request is refused: %s', async (_, thief) => {
    const world = rotationWorld(6);
    world.senders.thief = thief;
    const began = world.clock.now();
    const objections = async () => ['alarm Q3: dead letters 1'];
    const emergency = await world.rotating({ isEmergency: true, objections });
    const { sender } = emergency;
    const atOnce = {
      ...sender,
      async point(token: string) {
        await sender.point(token);
        world.senders.slowUntil = 0;
      },
    };
    const ended = await rotate({ ...emergency, sender: atOnce }, false).catch((error: unknown) => ({ error }));
    expect(ended).toMatchObject({ objections: await objections() });
    expect(world.clock.now() - began).toBeLessThan(13 * 60_000);
    await expectOneTokenAndTheOthersRefused(world, TEST_TOKEN);
  });
});

describe('rotate refuses', () => {
  it('while something is wrong, with what it is, and changes nothing', async () => {
    const world = rotationWorld(1);
    const before = world.secret();
    const rotating = await world.rotating({ objections: async () => ['alarm Q3: dead letters 1'] });
    await expect(rotate(rotating, false)).rejects.toMatchObject({
      code: 'unhealthy',
      message: 'no rotation while something is wrong: alarm Q3: dead letters 1',
    });
    expect(world.secret()).toEqual(before);
  });

  it('a second one while one is under way, with who and when; a dead one is succeeded', async () => {
    const world = rotationWorld(1);
    const nora = await world.lease('nora');
    await expect(world.lease('omar')).rejects.toMatchObject({
      code: 'under_way',
      message: 'a rotation is under way: nora since 2026-01-15T12:00:00.000Z',
    });
    await world.clock.sleep(16_000);
    await world.lease('omar');
    await expect(nora.hold()).rejects.toMatchObject({
      code: 'taken_over',
      message: 'another has gone on with this rotation meanwhile: omar since 2026-01-15T12:00:16.000Z',
    });
  });

  it('to write over what somebody else changed meanwhile', async () => {
    const world = rotationWorld(1);
    const rotating = await world.rotating();
    const byHand = JSON.stringify({ active_tokens: ['by-hand'.padEnd(64, '0'), TEST_TOKEN] });
    const sender = {
      isOurs: true,
      point: async () => void (await world.store.replace((await world.store.read()).version, byHand)),
    };
    await expect(rotate({ ...rotating, sender }, false)).rejects.toMatchObject({ code: 'changed_meanwhile' });
    expect((await world.store.read()).text).toBe(byHand);
  });

  it('to remove a token that is in use', async () => {
    const world = rotationWorld(1);
    const sender = { isOurs: true, point: async () => {} };
    await expect(rotate(await world.rotating({ sender }), false)).rejects.toMatchObject({ code: 'sender_not_moved' });
    expect(world.secret().active_tokens).toHaveLength(2);
    expect(world.refused).toEqual([]);
  });

  it('to remove one when nobody has seen the sender use the new one', async () => {
    const world = rotationWorld(1);
    const gauges = {
      since: async () => ({ requests: 0, authFailures: 0, duplicates: 0, failed: 0, stayingAt: null, goingAt: null }),
      lastUses: async () => [],
      lateMs: 0,
    };
    const sender = { isOurs: false, point: async () => {} };
    await expect(rotate(await world.rotating({ sender, gauges }), false)).rejects.toMatchObject({
      code: 'sender_not_moved',
      message: 'nothing was removed, all tokens stay valid: no request had the token that stays yet',
    });
  });
});

it('no token stands in what is told or answered', async () => {
  const world = rotationWorld(9);
  const told: string[] = [];
  const rotated = await rotate(await world.rotating({ tell: (line) => void told.push(line) }), false);
  const words = JSON.stringify([told, rotated]);
  expect(told.map((line) => line[0])).toEqual([
    '1',
    '2',
    '3',
    '4',
    '5',
    ...told.slice(5, -3).map(() => '6'),
    '7',
    '7',
    '8',
  ]);
  for (const token of [TEST_TOKEN, world.senders.told]) expect(words).not.toContain(token.slice(0, 12));
});
