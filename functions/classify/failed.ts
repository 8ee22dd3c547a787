/** When nothing could be read or classified in time: the fallback routes it to people. */
import { type CHANNELS, ROUTE_TAG_OF_TEAM, type Team } from '../../events/words.ts';
import { decided } from '../shared/consumer/consumer.ts';
import { readConversation } from '../shared/conversation/conversation.ts';
import { ulidOf } from '../shared/ids.ts';
import type { Decided } from '../shared/ledger/claims.ts';
import type { ClassifyContext, Root } from './handler.ts';

/** Channel defaults of decisions §1.4, for a ticket that could not be read. */
const DEFAULT_TEAM: Readonly<Record<(typeof CHANNELS)[number], Team>> = {
  email: 'Email Support Team',
  livechat: 'Email Support Team',
  unknown: 'Email Support Team',
  social: 'Social Media Team',
  tiktok: 'TikTok Support',
  phone: 'Phone Support Team',
};

/** A Tier 0 that is known to the conversation keeps its team; the ticket is tagged for manual triage. */
export async function classificationFailed(root: Root, context: ClassifyContext, errorCode: string): Promise<Decided> {
  const { container } = context;
  const { conversationId, channel, receivedAt } = root.metadata;
  const { stickyFlags, stickyTeam } = await readConversation(container, conversationId ?? '');
  const wanted = stickyFlags.length > 0 ? (stickyTeam ?? 'Leadership Team') : DEFAULT_TEAM[channel];
  const team = (container.config.teams.available as readonly Team[]).includes(wanted) ? wanted : 'Email Support Team';
  const fact = context.state('ClassificationFailed', {
    decisionId: `dec_${ulidOf(Date.parse(receivedAt ?? root.metadata.occurredAt), `${root.metadata.eventId}:${context.generation}`)}`,
    errorCode: errorCode
      .toLowerCase()
      .replace(/[^a-z0-9_.-]/g, '_')
      .slice(0, 64),
    attempts: (context.parked?.count ?? 0) + 1,
    fallbackDepartment: team,
    fallbackTags: [
      'mw-processed',
      'mw-routing-applied',
      'mw-intent-unknown_other',
      'mw-tier-route-only',
      'mw-model-failure',
      'mw-needs-manual-triage',
      ROUTE_TAG_OF_TEAM[team],
    ],
    reasonCodes: ['vendor_error_fail_closed'],
    turnCommentIds: [],
  });
  // A decision with an empty turn: whoever waits for it decides its own comments (protocols §3).
  return decided([fact], { branches: ['route'], about: {}, turn: [] });
}
