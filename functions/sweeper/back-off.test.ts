import { describe, expect, it } from 'vitest';
import { MINUTE, setUp } from './testing.ts';

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
