/** Never twice, never lost: architecture §7, interfaces §5. */
import { describe, expect, it } from 'vitest';
import { setTraps } from './kernel/traps.ts';
import { reportOf } from './report.ts';
import { simulate } from './run.ts';

const LONG_MS = 120_000;

describe('a seed', () => {
  /** Under traps: whatever reads real time, chance or the network throws and is remembered. */
  const digest = async (seed: string) => {
    const traps = setTraps();
    try {
      const run = await simulate({ seed, conversations: 40, faults: 'all' });
      expect(traps.sprung).toEqual([]);
      return run.world.history.sha256();
    } finally {
      traps.release();
    }
  };

  it(
    'gives the same bytes again, another one others',
    async () => {
      const [first, again, other] = [await digest('a'), await digest('a'), await digest('b')];
      expect(again).toBe(first);
      expect(other).not.toBe(first);
    },
    LONG_MS,
  );
});

describe('without faults', () => {
  it(
    'every conversation settles and nobody waits for the sweeper',
    async () => {
      const run = await simulate({ seed: 'calm', conversations: 60, faults: 'none' });
      const { report, violations } = reportOf('calm', run);
      expect(violations).toEqual([]);
      expect(report).toMatchObject({ faults: {}, crashPoints: {}, unsettled: 0, residualRaces: 0 });
      expect(run.account.facts.filter((fact) => fact.kind === 'failure')).toEqual([]);
      expect(run.account.facts.some((fact) => fact.kind === 'published' && fact.detailType === 'MessageStalled')).toBe(
        false,
      );
    },
    LONG_MS,
  );
});
