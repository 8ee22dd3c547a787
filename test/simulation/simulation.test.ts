/** Never twice, never lost: architecture §7, issue 3's simulation line, interfaces §5. */
import { describe, expect, it } from 'vitest';
import { setTraps } from './kernel/traps.ts';
import { reportOf } from './report.ts';
import { simulate } from './run.ts';
import { FAULT_NAMES } from './world/faults.ts';

const LONG_MS = 120_000;

describe('500 conversations under every fault', () => {
  it(
    'settle, each message once, with at most one reply, and none is lost',
    async () => {
      const run = await simulate({ seed: 'issue-3', conversations: 500, faults: 'all' });
      const { report, violations } = reportOf('issue-3', run);
      expect(violations).toEqual([]);
      expect(run.isQuiet).toBe(true);
      expect(report).toMatchObject({ conversations: 500, duplicateReplies: 0, lostMessages: 0, unsettled: 0 });
      // A run in which nobody was answered or nothing went wrong would prove nothing.
      expect(report.repliesSent).toBeGreaterThan(100);
      expect(FAULT_NAMES.filter((name) => !run.faults.has(name))).toEqual([]);
      const { operations, crashPoints } = run.world.instruments.counts;
      const wanted = [...operations].flatMap(([name, count]) =>
        count > 1 ? [`crash-before ${name}`, `crash-after ${name}`] : [`crash-before ${name}`],
      );
      expect(wanted.filter((point) => !crashPoints.has(point))).toEqual([]);
      expect(operations.size).toBeGreaterThan(40);
    },
    LONG_MS,
  );
});

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

  it('gives the same bytes again, another one others', async () => {
    const [first, again, other] = [await digest('a'), await digest('a'), await digest('b')];
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });
});

describe('without faults', () => {
  it('every conversation settles and nobody waits for the sweeper', async () => {
    const run = await simulate({ seed: 'calm', conversations: 60, faults: 'none' });
    const { report, violations } = reportOf('calm', run);
    expect(violations).toEqual([]);
    expect(report).toMatchObject({ faults: {}, crashPoints: {}, unsettled: 0, residualRaces: 0 });
    expect(run.account.facts.filter((fact) => fact.kind === 'failure')).toEqual([]);
    expect(run.account.facts.some((fact) => fact.kind === 'published' && fact.detailType === 'MessageStalled')).toBe(
      false,
    );
  });
});
