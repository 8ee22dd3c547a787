import { describe, expect, it } from 'vitest';
import { GOLDEN_FILE } from '../options.ts';
import { readSuite } from '../suites/read.ts';
import { ceilingOfLabel } from './label-policy.ts';
import { goldenProblems } from './problems.ts';
import { GoldenRow } from './schema.ts';
import { similarity, trigramsOf } from './similarity.ts';

const GOOD: GoldenRow = {
  id: 'gold_v1.0_2026-01-15:000001',
  text: 'Any news on my order?',
  intent: 'order_status_tracking',
  hasOrder: true,
  split: 'test',
  destination_team: 'Email Support Team',
  automation_tier_max: 'TIER_2_VERIFIED',
  template_id: 't_order_status_verified',
  language: 'en',
};

describe('the shipped golden file', () => {
  const rows = readSuite(GOLDEN_FILE, GoldenRow);

  it('has labels that follow from policy, no row twice, and near-duplicates on one side', () => {
    expect(goldenProblems(rows)).toEqual([]);
  });

  it('is large enough: 500 rows, 150 of them Tier 0, 40 of the negative set, 25 to 35 % for calibration', () => {
    const shareOf = (split: GoldenRow['split']) => rows.filter((row) => row.split === split).length / rows.length;
    expect(rows.length).toBeGreaterThanOrEqual(500);
    expect(rows.filter((row) => ceilingOfLabel(row) === 'TIER_0_ESCALATION').length).toBeGreaterThanOrEqual(150);
    expect(rows.filter((row) => row.negative).length).toBeGreaterThanOrEqual(40);
    expect(shareOf('calibration')).toBeGreaterThanOrEqual(0.25);
    expect(shareOf('calibration')).toBeLessThanOrEqual(0.35);
  });
});

describe('what is wrong with a golden file', () => {
  const second = (part: Partial<GoldenRow>): GoldenRow => ({
    ...GOOD,
    id: 'gold_v1.0_2026-01-15:000002',
    text: 'Has my parcel left your warehouse yet?',
    ...part,
  });

  it.each<{ problem: string; part: Partial<GoldenRow> }>([
    { problem: 'the id stands twice', part: { id: GOOD.id } },
    { problem: 'the same message as', part: { text: GOOD.text } },
    { problem: 'nearly', part: { text: 'Any news on my order??', split: 'calibration' } },
    { problem: 'destination_team should be Email Support Team', part: { destination_team: 'Sales Team' } },
    { problem: 'automation_tier_max should be TIER_2_VERIFIED', part: { automation_tier_max: 'TIER_1_SAFE_ASSIST' } },
    { problem: 'automation_tier_max should be null', part: { secondary: ['technical_support'], template_id: null } },
    { problem: 'automation_tier_max should be TIER_0_ESCALATION', part: { tier0: true } },
    { problem: 'template_id should be t_order_status_ask_order_number', part: { hasOrder: false } },
    { problem: 'a secondary outranks the primary', part: { secondary: ['cancel_order'] } },
    { problem: 'a secondary is the primary or stands twice', part: { secondary: ['order_status_tracking'] } },
    {
      problem: 'secondaries are not in the order of their class',
      part: { secondary: ['promo_discount_issue', 'technical_support'] },
    },
    { problem: 'intents lacks the intent', part: { intents: ['cancel_order', 'refund_request'] } },
  ])('$problem', ({ problem, part }) => {
    expect(goldenProblems([GOOD, second({})])).toEqual([]);
    expect(goldenProblems([GOOD, second(part)]).join('\n')).toContain(problem);
  });
});

describe('similarity', () => {
  it('does not see case, accents or punctuation', () => {
    expect(similarity(trigramsOf('¿Dónde está?'), trigramsOf('donde esta'))).toBe(1);
  });

  it('is the share of common trigrams', () => {
    // " ab", "abc", "bc " and " ab", "abd", "bd ": one of five.
    expect(similarity(trigramsOf('abc'), trigramsOf('abd'))).toBe(0.2);
  });
});
