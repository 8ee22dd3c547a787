/** That a comment whose webhook was lost is found is no accident of the worlds: blind, the reconciler is blamed (protocols §7). */
import { expect, it } from 'vitest';
import { check } from './checker/check.ts';
import { simulate } from './run.ts';
import type { HelpdeskPorts } from './world/helpdesk.ts';

const world = { seed: 'unfound', conversations: 80, faults: ['timeout-lost'] } as const;
const blind = (ports: HelpdeskPorts): HelpdeskPorts => ({
  ...ports,
  tickets: async () => ({ kind: 'page', rows: [], next: null }),
});
const broken = async (more: { readonly defects?: { readonly helpdesk: typeof blind } } = {}) => {
  const { account } = await simulate({ ...world, ...more });
  return [...new Set(check(account).violations.map(({ rule }) => rule))];
};

it('finds every comment whose webhook was lost', async () => {
  expect(await broken()).toEqual([]);
});

it('is blamed where the list shows nothing', async () => {
  expect(await broken({ defects: { helpdesk: blind } })).toEqual(['unfound']);
});
