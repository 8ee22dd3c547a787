import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { allAnswered, openLoop } from './open-loop.ts';

describe('openLoop', () => {
  it('asks on its schedule while nothing is answered', async () => {
    const gate = Promise.withResolvers<void>();
    const asked: number[] = [];
    const shots = openLoop([0, 1, 2, 3], 200, async (index) => {
      asked.push(index);
      if (asked.length === 4) gate.resolve();
      await gate.promise;
    });
    expect(await shots).toHaveLength(4);
    expect(asked).toEqual([0, 1, 2, 3]);
  });

  it('charges a late request from when it was due', async () => {
    const shots = allAnswered(
      await openLoop([0, 1], 1_000, async (index) => {
        // The process itself stalls: the second request goes out long after it was due.
        const until = performance.now() + 100;
        while (index === 0 && performance.now() < until);
      }),
    );
    expect(shots[1]?.ms).toBeGreaterThanOrEqual(90);
    expect((shots[1]?.dueAt ?? 0) - (shots[0]?.dueAt ?? 0)).toBeCloseTo(1, 5);
  });

  it('keeps failures apart, and allAnswered does not let them pass', async () => {
    const shots = await openLoop(['good', 'bad'], 1_000, async (target) => {
      await sleep(1);
      if (target === 'bad') throw new Error('refused');
      return target;
    });
    expect(shots.map(({ ok }) => ok)).toEqual([true, false]);
    expect(() => allAnswered(shots)).toThrow('refused');
  });
});
