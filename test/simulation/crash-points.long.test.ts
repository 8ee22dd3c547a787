/** Every place where a container may die, one run each (architecture §7). */
import { describe, expect, it } from 'vitest';
import { orderOf } from '../../local/sandbox/seed/orders.ts';
import { check } from './checker/check.ts';
import { faultAt } from './kernel/faults.ts';
import { simulate } from './run.ts';
import type { Conversation } from './scenario.ts';
import { START_AT } from './world/world.ts';

const LONG_MS = 120_000;

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
