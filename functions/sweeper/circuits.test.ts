import { describe, expect, it } from 'vitest';
import { MINUTE, START, setUp } from './testing.ts';

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
