/** What policy says about a golden row's labels: team, ceiling and template follow from the intent (decisions §1.2, §6.3, §8.4). */
import type { Channel, Intent, Team, TemplateId } from '../../../events/words.ts';
import { normaliseChannel } from '../../../functions/shared/helpdesk/channels.ts';
import { INTENT_CATALOGUE } from '../../../policy/intents.ts';
import { channelDefault, RESIDUAL_INTENTS } from '../../../policy/route.ts';
import { NUMBER_QUESTION } from '../../../policy/template-choice.ts';
import type { EvalRow } from '../rows/row.ts';
import type { GoldenRow } from './schema.ts';

/** The template for the linked order of the evaluation, which has tracking. */
const WITH_TRACKING: TemplateId = 't_order_status_verified';

type Labels = Pick<GoldenRow, 'intent' | 'channel' | 'secondary' | 'hasOrder' | 'tier0'>;

/** The team that a right decision ends at; channel intents and `unknown_other` go to the channel's default. */
export function teamOfLabel({ intent, channel, tier0 }: Labels): Team {
  return teamOf(intent, normaliseChannel(channel ?? 'email'), tier0 === true);
}

/** The team a row names, else the one that follows from the intent it counts as. */
export function labelledTeam(row: Pick<EvalRow, 'channel' | 'team' | 'intent' | 'isTier0'>, actual: Intent): Team {
  return row.team !== undefined && actual === row.intent ? row.team : teamOf(actual, row.channel, row.isTier0);
}

function teamOf(intent: Intent, channel: Channel, isTier0: boolean): Team {
  const { priority, team } = INTENT_CATALOGUE[intent];
  if (isTier0 && priority !== 0) return 'Leadership Team';
  return RESIDUAL_INTENTS.includes(intent) ? channelDefault(channel, null) : team;
}

/** R6: the ceiling of the intent with ideal facts, channel and language included, unless a secondary blocks it. */
export function ceilingOfLabel({ intent, secondary = [], tier0 }: Labels): GoldenRow['automation_tier_max'] {
  const { highestTier } = INTENT_CATALOGUE[intent];
  if (tier0 || highestTier === 0) return 'TIER_0_ESCALATION';
  if (highestTier === null) return null;
  if (highestTier === 1) return 'TIER_1_SAFE_ASSIST';
  if (secondary.includes('technical_support')) return null; // M5
  const isBeside = secondary.some((other) => INTENT_CATALOGUE[other].priority === 6);
  return isBeside ? 'TIER_1_SAFE_ASSIST' : 'TIER_2_VERIFIED'; // M6
}

/** R7: the reply that is right under that ceiling, with the order that the row has. */
export function templateOfLabel(labels: Labels): TemplateId | null {
  const ceiling = ceilingOfLabel(labels);
  if (ceiling === null || ceiling === 'TIER_0_ESCALATION') return null;
  const { highestTier, templates } = INTENT_CATALOGUE[labels.intent];
  if (highestTier === 1) return templates.tier1[0] ?? null;
  if (!labels.hasOrder) return NUMBER_QUESTION;
  return ceiling === 'TIER_2_VERIFIED' ? WITH_TRACKING : null;
}
