import { describe, expect, it } from 'vitest';
import { fuzzInProcess } from './in-process.ts';
import { SEEDS } from './seeds.ts';
import { fuzzSocket } from './socket.ts';

describe('hostile requests through the whole handler', () => {
  it.each(SEEDS)('of seed %i are answered as the documents say', async (seed) => {
    const tally = await fuzzInProcess(4_000, seed);
    expect([...tally.values()].reduce((sum, count) => sum + count, 0)).toBe(4_000);
  });
});

describe('hostile requests over a real socket', () => {
  it.each(SEEDS)('of seed %i are answered as the documents say, or refused as no HTTP', async (seed) => {
    const tally = await fuzzSocket(500, seed);
    expect([...tally.values()].reduce((sum, count) => sum + count, 0)).toBe(500);
  });
});
