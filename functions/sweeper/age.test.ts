import { describe, expect, it } from 'vitest';
import { AGE_KEY } from './age.ts';
import { MINUTE, START, setUp } from './testing.ts';

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
