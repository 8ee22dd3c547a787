import { describe, expect, it } from 'vitest';
import type { Store } from '../ports.ts';
import { testWorld } from '../testing.ts';
import { readSlots, reserveSlot } from './customers.ts';

const HASH = 'h_1_00112233445566778899aabbccddeeff';
const HOUR = 3_600_000;

function setUp() {
  const world = testWorld();
  const container = world.container('responder-reply');
  const reserve = (approvalId: string) => reserveSlot(container, HASH, approvalId);
  return { ...world, container, reserve };
}

describe('the slots of a customer (protocols §1, §6)', () => {
  it('are five in 24 hours, over all conversations', async () => {
    const { reserve, clock } = setUp();
    for (const number of [1, 2, 3, 4, 5]) expect(await reserve(`apr_${number}`)).toBe(true);
    expect(await reserve('apr_6')).toBe(false);
    clock.advance(24 * HOUR - 1);
    expect(await reserve('apr_6')).toBe(false);
    clock.advance(1);
    expect(await reserve('apr_6')).toBe(true);
  });

  it('belong to an approval, which takes one however often it asks', async () => {
    const { reserve, container } = setUp();
    await reserve('apr_1');
    expect(await reserve('apr_1')).toBe(true);
    expect((await readSlots(container, HASH)).slots).toHaveLength(1);
  });

  it('an approval that has its slot keeps it when the cap is reached', async () => {
    const { reserve } = setUp();
    for (const number of [1, 2, 3, 4, 5]) await reserve(`apr_${number}`);
    expect(await reserve('apr_3')).toBe(true);
  });

  it('a round lost to another is played again, three in all; then nothing is sent', async () => {
    for (const { lost, reserved } of [
      { lost: 2, reserved: true },
      { lost: 3, reserved: false },
    ]) {
      const { container, store } = setUp();
      let rounds = 0;
      const contended: Store = {
        ...store,
        async change(...call) {
          rounds += 1;
          if (rounds <= lost)
            await store.update(
              'idempotency',
              { key: `cust:${HASH}` },
              { add: { version: 1 }, setIfAbsent: { slots: [] } },
            );
          return store.change(...call);
        },
      };
      expect(await reserveSlot({ ...container, store: contended }, HASH, 'apr_1')).toBe(reserved);
    }
  });

  it('a reservation whose answer was lost is found again', async () => {
    const { container, store } = setUp();
    let isLost = true;
    const forgetful: Store = {
      ...store,
      async change(...call) {
        const answer = await store.change(...call);
        if (!isLost) return answer;
        isLost = false;
        return false;
      },
    };
    expect(await reserveSlot({ ...container, store: forgetful }, HASH, 'apr_1')).toBe(true);
    expect((await readSlots(container, HASH)).slots.map(({ approvalId }) => approvalId)).toEqual(['apr_1']);
  });
});
