import { describe, expect, it } from 'vitest';
import { noFaults } from '../kernel/faults.ts';
import { createRandom } from '../kernel/random.ts';
import { crashByTurns } from './crashes.ts';

/** Calls of a run in which `rare` is every 5,000th. */
function crashesOf(calls: number): Record<string, number> {
  const plan = crashByTurns(createRandom('turns'), noFaults);
  const told: Record<string, number> = {};
  for (let ordinal = 1; ordinal <= calls; ordinal += 1) {
    const method = ordinal % 5_000 === 0 ? 'rare' : 'usual';
    const fault = plan({ ordinal, process: 'verify#7', port: 'store', method });
    if (fault) told[`${fault.kind} ${method}`] = (told[`${fault.kind} ${method}`] ?? 0) + 1;
  }
  return told;
}

describe('crashes by turns', () => {
  it('fall on a rare operation as often as on a usual one, as far as its calls go', () => {
    const told = crashesOf(300_000);
    expect(told['crash-before usual']).toBe(20);
    expect(told['crash-after usual']).toBe(20);
    expect((told['crash-before rare'] ?? 0) + (told['crash-after rare'] ?? 0)).toBeGreaterThan(15);
  });

  it('take both sides of an operation that is called twice', () => {
    expect(crashesOf(10_000)).toMatchObject({ 'crash-before rare': 1, 'crash-after rare': 1 });
  });
});
