import { describe, expect, it } from 'vitest';
import { noFaults } from '../kernel/faults.ts';
import { createRandom } from '../kernel/random.ts';
import { crashByTurns } from './crashes.ts';

/** Calls of a run in which `rare` is every 2,000th; an invocation is ten calls. */
function crashesOf(calls: number, invocationsAt = (ordinal: number) => ordinal / 10): Record<string, number> {
  let now = 0;
  const plan = crashByTurns(createRandom('turns'), noFaults, () => invocationsAt(now));
  const told: Record<string, number> = {};
  for (let ordinal = 1; ordinal <= calls; ordinal += 1) {
    now = ordinal;
    const method = ordinal % 2_000 === 0 ? 'rare' : 'usual';
    const fault = plan({ ordinal, process: 'verify#7', port: 'store', method });
    if (fault) told[`${fault.kind} ${method}`] = (told[`${fault.kind} ${method}`] ?? 0) + 1;
  }
  return told;
}

describe('crashes by turns', () => {
  it('fall on a rare operation as well as on a usual one, before its effect and after it', () => {
    const told = crashesOf(300_000);
    expect(Object.keys(told)).toHaveLength(4);
    for (const [point, count] of Object.entries(told)) {
      // A turn is 22,000 calls; each point is ahead by a part of one.
      expect(count, point).toBeGreaterThanOrEqual(point.endsWith('usual') ? 13 : 5);
      expect(count, point).toBeLessThanOrEqual(14);
    }
  });

  it('spare the attempt after a crash', () => {
    const told = crashesOf(300_000, (ordinal) => ordinal / 50_000);
    expect(Object.values(told).reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(3);
  });
});
