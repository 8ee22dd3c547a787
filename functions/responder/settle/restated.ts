/** The route of a message given up, where its own decision's was committed before or after what the settling function stored. */
import { type RouteCommit, readConversation } from '../../shared/conversation/conversation.ts';
import { derive, type Envelope } from '../../shared/envelopes.ts';
import { uuidV5 } from '../../shared/ids.ts';
import type { Decided } from '../../shared/ledger/claims.ts';
import { publish } from '../../shared/publisher.ts';
import { writeCommitted } from '../register.ts';
import type { SettleContext } from './handler.ts';

const OF_AN_ESCALATION = ':escalate';

/**
 * A sender that found its door shut writes the route that waited for it, which outranks the one written here, and may die before
 * it tells it. Then nobody comes back for it: it is written and told before the branches close.
 */
export async function restateRoute({ facts, notes }: Decided, context: SettleContext): Promise<void> {
  if (typeof notes.routed_by !== 'string') return;
  const stored = facts.find(({ metadata }) => ['TicketRouted', 'RoutingSkipped'].includes(metadata.eventName));
  const { conversationId, conversationSeq } = stored?.metadata ?? {};
  if (!stored || !conversationId || !conversationSeq) return;
  // Of the very same comment: by its decision, whichever generation made it, or by the escalation of it.
  const isOwn = ({ seq, by }: RouteCommit): boolean => seq === conversationSeq && by !== notes.routed_by;
  const { routed } = await readConversation(context.container, conversationId);
  if (!routed || !isOwn(routed)) return;
  const written = await writeCommitted(context.container, conversationId, context.parked);
  if (written && isOwn(written)) await publish(context.container, [correction(stored, written, context.generation)]);
}

/** From what is stored alone, so that it comes out the same again. */
function correction({ metadata }: Envelope, { by, rank, route }: RouteCommit, generation: number): Envelope {
  const [decisionId = by] = by.split(OF_AN_ESCALATION);
  return derive(
    'TicketRouted',
    {
      decisionId: decisionId.startsWith('dec_') ? decisionId : null,
      department: route.team,
      routeTag: route.routeTag,
      tagsAdded: [],
      assigned: true,
      writes: 0,
      tier: rank === 2 ? 0 : null,
      rank,
      mode: by.endsWith(OF_AN_ESCALATION) ? 'escalation' : 'afterReply',
    },
    metadata,
    { producer: 'responder-settle', release: metadata.release, env: metadata.env, brandId: metadata.brandId },
    {
      now: Date.parse(metadata.occurredAt),
      generation,
      eventId: uuidV5(metadata.eventId, 'TicketRouted', generation, by),
      about: { versions: metadata.versions },
    },
  );
}
