/** What a reply has asked for is remembered once it was sent, or may have been (replies §4.3). */
import type { Definition } from '../../events/catalogue.ts';
import type { EventOf } from '../../events/define-event.ts';
import { flowOpenedBy } from '../../policy/pending-flow.ts';
import { openFlow, type Storing } from '../shared/conversation/conversation.ts';
import type { Envelope } from '../shared/envelopes.ts';

/** It is dated by its approval: a repeat writes the same, and a colleague who answers the reply comes later. */
export async function rememberFlow(
  container: Storing,
  { metadata, data }: EventOf<Definition<'ReplyApproved'>>,
  outcome: Envelope,
): Promise<void> {
  const { eventName } = outcome.metadata;
  const mayBeRead = eventName === 'ReplySent' || (eventName === 'ReplyFailed' && outcome.data.outcome === 'unknown');
  const flow = flowOpenedBy(data.templateId, data.candidate.primaryIntent);
  if (!mayBeRead || flow === null || metadata.conversationId === null) return;
  await openFlow(container, metadata.conversationId, { ...flow, requestedAt: Date.parse(metadata.occurredAt) });
}
