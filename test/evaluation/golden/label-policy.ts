/** What policy says about a golden row's labels: team, ceiling and template follow from the intent (decisions §1.2, §6.3, §8.4). */
import type { Intent, Team, TemplateId } from '../../../events/words.ts';
import { normaliseChannel } from '../../../functions/shared/helpdesk/channels.ts';
import { INTENT_CATALOGUE } from '../../../policy/intents.ts';
import { channelDefault } from '../../../policy/route.ts';
import { NUMBER_QUESTION } from '../../../policy/template-choice.ts';
import type { GoldenRow } from './schema.ts';

const RESIDUAL: readonly Intent[] = ['unknown_other', 'tiktok_support_request', 'social_media_support_request'];
/** The template for the linked order of the evaluation, which has tracking. */
const WITH_TRACKING: TemplateId = 't_order_status_verified';

type Labels = Pick<GoldenRow, 'intent' | 'channel' | 'secondary' | 'hasOrder' | 'tier0'>;

/** The team that a right decision ends at; channel intents and `unknown_other` go to the channel's default. */
export function teamOfLabel({ intent, channel, tier0 }: Labels): Team {
  const { priority, team } = INTENT_CATALOGUE[intent];
  if (tier0 && priority !== 0) return 'Leadership Team';
  const about = { channel: normaliseChannel(channel ?? 'email') };
  return RESIDUAL.includes(intent)
    ? channelDefault({ message: about, state: { assignedTeam: null } } as Parameters<typeof channelDefault>[0])
    : team;
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
