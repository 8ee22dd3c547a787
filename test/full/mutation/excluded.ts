/** Declarations that no edit is drawn from: no message of a file can bring them to decide anything in this release. */
import type { Unit } from './units.ts';

type Excluded = { readonly file: string; readonly names: readonly string[] | 'all'; readonly why: string };

export const EXCLUDED: readonly Excluded[] = [
  {
    file: 'policy/approval.ts',
    names: ['STRENGTHS', 'stronger', 'withSecondLook'],
    why: 'join what is read between two stages to what was read before; a row cannot time a message to that moment',
  },
  {
    file: 'policy/fallback.ts',
    names: 'all',
    why: 'stands in for a classifier that failed; the built-in classifier cannot fail',
  },
  {
    file: 'policy/gates/intent.ts',
    names: ['tier3', 'tierAssignment', 'templateAllowList'],
    why: 'judge what a model over the network asks for; the rows run without one',
  },
  {
    file: 'policy/risk.ts',
    names: ['STRONG_MODERATION_SCORE', 'asksForPerson', 'modelFlags'],
    why: 'read what a model over the network or moderation says; the rows run without them',
  },
  {
    file: 'policy/gates/risk.ts',
    names: ['REASON_OF_FAILURE', 'modelValidity', 'modelRisk'],
    why: 'judge a classifier that failed or was not asked, and a model’s word',
  },
  {
    file: 'policy/gates/switches.ts',
    names: ['isShadow', 'automation', 'stageFlags', 'recipient'],
    why: 'somebody’s switches; a message turns none',
  },
  {
    file: 'policy/intents.ts',
    names: [
      ...['Sales Team', 'Backend Team.team', 'Backend Team.tag', 'Technical Support Team', 'Phone Support Team'],
      ...['TikTok Support', 'Returns Admin', 'LiveChat Support.team', 'LiveChat Support.tag', 'Social Media Team'],
      ...['Chargebacks / Disputes Team', 'Leadership Team', 'Email Support Team'],
    ].map((team) => `TEAM_FALLBACK.${team}`),
    why: 'substitutes for teams that a helpdesk lacks; the demonstration’s has all',
  },
  { file: 'policy/route.ts', names: ['substituted'], why: 'the same' },
  {
    file: 'policy/thresholds.ts',
    names: ['between', 'thresholdProblems', 'THRESHOLDS.keywordRung'],
    why: 'guards a release of other numbers; the rung of a fallback',
  },
  {
    file: 'policy/orders/transit.ts',
    names: [
      'Bound',
      'WindowSchema',
      'Override[0]',
      'Override[1]',
      'applyTransitOverride',
      'parseOverride',
      'titleCase',
    ],
    why: 'read a runtime flag that replaces the shop’s transit map; a message sets none',
  },
  {
    file: 'policy/orders/calendar.ts',
    names: ['COVERAGE_WARNING_DAYS', 'runsOutSoon'],
    why: 'warn the shop of a calendar that ends',
  },
  { file: 'policy/orders/holidays.ts', names: ['lastListedHoliday'], why: 'the same' },
  {
    file: 'policy/orders/freshness.ts',
    names: 'all',
    why: 'facts grow old only where the helpdesk answers late',
  },
  {
    file: 'policy/text/features.ts',
    names: ['extractFeatures'],
    why: 'labels that travel in the fact and decide nothing in this release',
  },
];

export function isExcluded({ file, name }: Pick<Unit, 'file' | 'name'>): boolean {
  return EXCLUDED.some((one) => one.file === file && (one.names === 'all' || one.names.includes(name)));
}
