import { describe, expect, it } from 'vitest';
import { createRandom } from '../kernel/random.ts';
import type { FaultName } from '../world/faults.ts';
import { WIRE_FAULTS, wireFaults } from './options.ts';
import { planOf } from './plan.ts';

const ALL: ReadonlySet<FaultName> = new Set(WIRE_FAULTS);

describe('the plan of a run on the wire', () => {
  it('is the seed’s alone', () => {
    const plan = (seed: string) => planOf(createRandom(seed), ALL, 300, 12);
    expect(plan('1')).toEqual(plan('1'));
    expect(plan('1')).not.toEqual(plan('2'));
  });

  it.each(['1', '2', '3'])('gives each kind of process and each trigger its turn (seed %s)', (seed) => {
    const plan = planOf(createRandom(seed), ALL, 300, 12);
    const among = (of: (blow: (typeof plan)[number]) => string, name: string) =>
      plan.filter((blow) => of(blow) === name).length;
    expect(['host', 'parent', 'all', 'deploy'].map((name) => among(({ target }) => target, name))).toEqual([
      4, 4, 4, 2,
    ]);
    for (const kind of ['moment', 'event', 'write', 'claim'])
      expect(among(({ trigger }) => trigger.kind, kind)).toBeGreaterThanOrEqual(3);
  });

  it('spreads its blows over the run, in order', () => {
    const begins = planOf(createRandom('1'), ALL, 100, 4).map(({ afterConversations }) => afterConversations);
    expect(begins).toEqual([10, 30, 50, 70, 90]);
  });

  it('kills nothing when no crash is asked for', () => {
    expect(planOf(createRandom('1'), new Set(['deploy']), 100, 5).map(({ target }) => target)).toEqual(['deploy']);
    expect(planOf(createRandom('1'), new Set(['burst']), 100, 5)).toEqual([]);
  });
});

describe('the faults of a run on the wire', () => {
  it('are all that processes can meet, by default', () => {
    expect(wireFaults()).toEqual(ALL);
    expect(wireFaults('all')).toEqual(ALL);
    expect(wireFaults('none')).toEqual(new Set());
    expect(wireFaults(['burst', 'deploy'])).toEqual(new Set(['burst', 'deploy']));
  });

  it('are refused by name when they belong to one thread', () => {
    expect(wireFaults(['burst', 'reorder', 'zombie'])).toMatch(
      /^--wire has no reorder, zombie \(nor .*clock-skew.*\); it has: none, all, crash-before/,
    );
  });
});
