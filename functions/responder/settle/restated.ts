/** The route of a message given up, where its own decision's was committed after the settling function had stored what it states. */
import type { DataOf } from '../../../events/define-event.ts';
import type { TicketRouted } from '../../../events/ticket-routed.ts';
import { type RouteCommit, readConversation } from '../../shared/conversation/conversation.ts';
import { derive, type Envelope } from '../../shared/envelopes.ts';
import { decisionIdOf, uuidV5 } from '../../shared/ids.ts';
import type { Decided } from '../../shared/ledger/claims.ts';
import { publish } from '../../shared/publisher.ts';
import { writeCommitted } from '../register.ts';
import type { SettleContext } from './handler.ts';

/**
 * A sender that found its door shut writes the route that waited for it, which outranks the one written here, and may die before
 * it tells it. Then nobody comes back for it: it is written and told before the branches close.
 */
export async function restateRoute({ facts, notes }: Decided, context: SettleContext): Promise<void> {
  const stored = facts.find(({ metadata, data }) => metadata.eventName === 'TicketRouted' && data.mode === 'fallback');
  if (!stored || typeof notes.routed_by !== 'string') return;
  const { conversationId, rootEventId, receivedAt } = stored.metadata;
  if (conversationId === null || rootEventId === null || receivedAt === null) return;
  const own = decisionIdOf(rootEventId, receivedAt, context.generation);
  const isOwn = (by: string | undefined): boolean => by !== notes.routed_by && (by === own || by === `${own}:escalate`);
  if (!isOwn((await readConversation(context.container, conversationId)).routed?.by)) return;
  const routed = await writeCommitted(context.container, conversationId, context.parked);
  if (routed && isOwn(routed.by))
    await publish(context.container, [correction(stored, routed, own, context.generation)]);
}

/** From what is stored alone, so that it comes out the same again. */
function correction(
  { metadata, data }: Envelope,
  { by, rank, route }: RouteCommit,
  decisionId: string,
  generation: number,
): Envelope {
  return derive(
    'TicketRouted',
    {
      ...(data as DataOf<typeof TicketRouted>),
      decisionId,
      department: route.team,
      routeTag: route.routeTag,
      tagsAdded: [],
      writes: 0,
      rank,
      mode: by === decisionId ? 'afterReply' : 'escalation',
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
