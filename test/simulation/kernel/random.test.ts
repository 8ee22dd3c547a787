import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom, fromState } from './random.ts';

describe('the generator', () => {
  // Worked out by hand from the definition of xoshiro128**: rotl(s1 * 5, 7) * 9, then the six state lines.
  it('is xoshiro128** from the state 1, 2, 3, 4', () => {
    const random = fromState('x', [1, 2, 3, 4]);
    expect([random.uint32(), random.uint32(), random.uint32(), random.uint32()]).toEqual([11520, 0, 5927040, 70819200]);
  });

  it('repeats itself for a seed and differs between neighbours', () => {
    const draw = (seed: number) => createRandom(seed).hex(16);
    expect(draw(7)).toBe(draw(7));
    expect(new Set(Array.from({ length: 100 }, (_, seed) => draw(seed))).size).toBe(100);
  });

  it('keeps within its bounds and reaches both ends', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: -50, max: 50 }), fc.nat(5), (seed, from, span) => {
        const random = createRandom(seed);
        const drawn = new Set(Array.from({ length: 300 }, () => random.integer(from, from + span)));
        expect([...drawn].sort((a, b) => a - b)).toEqual(Array.from({ length: span + 1 }, (_, index) => from + index));
      }),
    );
  });

  it('draws evenly', () => {
    const random = createRandom('even');
    const counts = [0, 0, 0, 0];
    for (let draw = 0; draw < 40_000; draw += 1) {
      const index = random.integer(0, 3);
      counts[index] = (counts[index] ?? 0) + 1;
    }
    // Five standard deviations of a share of 1/4 over 40,000 draws: 5 * sqrt(40000 * 0.25 * 0.75) ≈ 433.
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(433);
  });

  it('gives a fork the same draws whatever its parent drew before', () => {
    const fresh = createRandom(1);
    const used = createRandom(1);
    used.hex(100);
    expect(used.fork('faults').hex(8)).toBe(fresh.fork('faults').hex(8));
    expect(fresh.fork('faults').hex(8)).not.toBe(fresh.fork('latency').hex(8));
    expect(fresh.fork('a').fork('b').hex(8)).not.toBe(fresh.fork('b').hex(8));
  });

  it('refuses bounds the wrong way round', () => expect(() => createRandom(1).integer(2, 1)).toThrow(RangeError));
});
