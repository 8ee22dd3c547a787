import { describe, expect, it } from 'vitest';
import { WORLD_SIZE, worldsOf, worldsWithoutEnd } from './worlds.ts';

describe('the worlds of a run', () => {
  it('hold every conversation once, each under a seed of its own', () => {
    const worlds = worldsOf({ seed: '7', conversations: 2 * WORLD_SIZE + 1, faults: 'all' });
    expect(worlds.map(({ seed, conversations, before }) => [seed, conversations, before])).toEqual([
      ['7/1', WORLD_SIZE, 0],
      ['7/2', WORLD_SIZE, WORLD_SIZE],
      ['7/3', 1, 2 * WORLD_SIZE],
    ]);
  });

  it('of a run by time begin like those of a run by number', () => {
    const endless = worldsWithoutEnd({ seed: '7', faults: 'none' });
    const first = [endless.next().value, endless.next().value];
    expect(first).toEqual(worldsOf({ seed: '7', conversations: 2 * WORLD_SIZE, faults: 'none' }));
  });
});
