/** A denied reply: its explanation on the ticket, and the route that waited for the outcome. */

import { decided, NOTHING } from '../../shared/consumer/definition.ts';
import type { Envelope } from '../../shared/envelopes.ts';
import type { Decided } from '../../shared/ledger/claims.ts';
import { isOver, isTakenOver, readMessage, recordKeyOf } from '../../shared/ledger/messages.ts';
import { noteOf } from '../note.ts';
import { addExplanation } from '../register.ts';
import { statedRoute } from '../stated.ts';
import { writeWaitingRoute } from '../waiting-route.ts';
import type { SettleContext, Settled } from './handler.ts';

/** Adds what explains the denial, or the whole route where it waited. */
export async function settleDenied(event: Settled<'ReplyDenied'>, context: SettleContext): Promise<Decided> {
  const { container } = context;
  const { conversationId, conversationSeq } = event.metadata;
  const { route, extraTags, decisionId, tier, reasonCodes, decision, input } = event.data;
  const note = await noteOf(container, {
    decision,
    input,
    reply: 'none',
    templateId: null,
    team: decision.team ?? route.department,
    reasonCode: reasonCodes[0] ?? null,
    tags: [...route.tags, ...extraTags],
  });
  const facts: Envelope[] = [];
  // A shadow's denial counts as suppressed; any other leaves the message routed (interfaces §2).
  const reply = reasonCodes.includes('shadow_mode') ? 'suppressed' : 'routed';
  if (route.when === 'afterReply') {
    const waited = await writeWaitingRoute(context, event.metadata, {
      conversationId,
      conversationSeq,
      decisionId,
      tier,
      route,
      extraTags,
    });
    return decided([...facts, ...waited.facts], { reply, ...waited.notes, ...note });
  }
  // Ended over its head, as a stalled one is: what comes late, in a replay perhaps, writes nothing any more.
  const record = await readMessage(container, recordKeyOf(event.metadata));
  if (isOver(record) || isTakenOver(record)) return NOTHING;
  if (extraTags.length > 0)
    facts.push(
      statedRoute(context, await addExplanation(container, conversationId ?? '', extraTags), {
        decisionId,
        team: route.department,
        routeTag: route.routeTag,
        rank: route.rank,
        tier,
        mode: 'now',
      }),
    );
  return decided(facts, { reply, ...note });
}
