/** When nothing could be read or classified in time: the fallback routes it to people. */
import { ROUTE_TAG_OF_TEAM } from '../../events/words.ts';
import { channelDefault, ESCALATIONS, substituted } from '../../policy/route.ts';
import type { DecisionTag } from '../../policy/tag-words.ts';
import { decided } from '../shared/consumer/definition.ts';
import { type Conversation, readConversation } from '../shared/conversation/conversation.ts';
import { decisionIdOf } from '../shared/ids.ts';
import type { Decided } from '../shared/ledger/claims.ts';
import type { ClassifyContext, Root } from './handler.ts';

/** A Tier 0 that is known to the conversation keeps its team and tags; the ticket is tagged for manual triage. */
export async function classificationFailed(root: Root, context: ClassifyContext, errorCode: string): Promise<Decided> {
  const { container } = context;
  const { conversationId, channel, receivedAt } = root.metadata;
  const { stickyFlags, stickyTeam } = await readConversation(container, conversationId ?? '');
  // The ticket itself could not be read, or not as it is (replies §4.3).
  const isUnread = ['stale_read', 'ticket_not_found'].includes(errorCode) || errorCode.startsWith('richpanel_');
  const isTier0 = stickyFlags.length > 0;
  const { team, staffingTag } = substituted(
    isTier0 ? (stickyTeam ?? ESCALATIONS) : channelDefault(channel, null),
    container.config.teams.available,
  );
  const tags: (DecisionTag | null)[] = [
    'mw-processed',
    'mw-routing-applied',
    ...tierTags(stickyFlags),
    'mw-model-failure',
    'mw-needs-manual-triage',
    staffingTag,
    isUnread ? 'mw-escalated-human' : null,
  ];
  const fact = context.state('ClassificationFailed', {
    decisionId: decisionIdOf(root.metadata.eventId, receivedAt ?? root.metadata.occurredAt, context.generation),
    errorCode: errorCode
      .toLowerCase()
      .replace(/[^a-z0-9_.-]/g, '_')
      .slice(0, 64),
    attempts: (context.parked?.count ?? 0) + 1,
    fallbackDepartment: team,
    fallbackTags: [
      ...new Set(tags.filter((tag) => tag !== null)),
      'mw-intent-unknown_other',
      ROUTE_TAG_OF_TEAM[team],
      ...(isUnread ? ['mw-auto-skipped-status-read-failed'] : []),
    ],
    reasonCodes: ['vendor_error_fail_closed'],
    turnCommentIds: [],
  });
  // A decision with an empty turn: whoever waits for it decides its own comments (protocols §3).
  return decided([fact], { branches: ['route'], about: {}, turn: [] });
}

function tierTags(stickyFlags: Conversation['stickyFlags']): DecisionTag[] {
  if (stickyFlags.length === 0) return ['mw-tier-route-only'];
  const fraud: DecisionTag[] = stickyFlags.includes('FRAUD_SUSPECTED') ? ['mw-fraud-suspected'] : [];
  return ['mw-tier-0', 'mw-escalated-human', ...fraud];
}
