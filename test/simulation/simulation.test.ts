/** Never twice, never lost: architecture §7, issue 3's simulation line, interfaces §5. */
import { describe, expect, it } from 'vitest';
import { orderOf } from '../../local/sandbox/seed/orders.ts';
import { check } from './checker/check.ts';
import { faultAt } from './kernel/faults.ts';
import { reportOf } from './report.ts';
import { simulate } from './run.ts';
import type { Conversation } from './scenario.ts';
import { FAULT_NAMES } from './world/faults.ts';
import { START_AT } from './world/world.ts';

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
  const digest = async (seed: string) =>
    (await simulate({ seed, conversations: 40, faults: 'all' })).world.history.sha256();

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

const conversation = (text: string, order: unknown): Conversation => ({
  id: 'conv-1',
  channel: 'email',
  customer: { id: 'cus-1', email: 'zoqulx.one@mail.test', firstName: 'Zoqulxa' },
  order,
  webhook: 'minimal',
  acts: [{ kind: 'writes', atMs: 0, text, isDispute: false, lagMs: 0, webhooksAfterMs: [50] }],
});
const FRESH_ORDER = orderOf(
  {
    id: '123456',
    email: 'zoqulx.one@mail.test',
    firstName: 'Zoqulxa',
    lastName: 'Alder',
    ageDays: 1,
    fulfillmentStatus: 'unfulfilled',
  },
  START_AT,
);

/** One run for each crash; together they stand at every point of the undisturbed one. */
describe.each([
  { what: 'a damaged item (Tier 1)', given: conversation('The mug arrived broken, the handle is off.', {}) },
  { what: 'an order inside its window (Tier 2, resolved)', given: conversation('Where is my order?', FRESH_ORDER) },
])('a crash at each single port call: $what', ({ given }) => {
  it(
    'before or after its effect: everything accepted settles, with at most one reply',
    async () => {
      const calm = await simulate({ seed: 'each', conversations: [given] });
      const { calls, counts } = calm.world.instruments;
      const points = new Set<string>();
      const broken: string[] = [];
      for (let ordinal = 1; ordinal <= calls; ordinal += 1) {
        for (const kind of ['crash-before', 'crash-after'] as const) {
          const run = await simulate({ seed: 'each', conversations: [given], plan: faultAt(ordinal, kind) });
          for (const point of run.world.instruments.counts.crashPoints.keys()) points.add(point);
          const { violations, repliesSent } = check(run.account);
          if (run.isQuiet && violations.length === 0 && repliesSent <= 1) continue;
          broken.push(`${kind} at ${ordinal}: ${violations.map(({ rule, says }) => `${rule} ${says}`).join('; ')}`);
        }
      }
      expect(broken).toEqual([]);
      expect(check(calm.account).repliesSent).toBe(1);
      expect([...points].sort()).toEqual(
        [...counts.operations.keys()].flatMap((name) => [`crash-after ${name}`, `crash-before ${name}`]).sort(),
      );
    },
    LONG_MS,
  );
});
