/** A denied reply: its explanation on the ticket, and the route that waited for the outcome. */

import { decided } from '../../shared/consumer/consumer.ts';
import type { Envelope } from '../../shared/envelopes.ts';
import type { Decided } from '../../shared/ledger/claims.ts';
import { addExplanation, writeRoute } from '../register.ts';
import { outcomeOfRoute, statedRoute } from '../stated.ts';
import type { SettleContext, Settled } from './handler.ts';

export async function settleDenied(event: Settled<'ReplyDenied'>, context: SettleContext): Promise<Decided> {
  const { container } = context;
  const { conversationId, conversationSeq } = event.metadata;
  const { route, extraTags, decisionId, tier, reasonCodes } = event.data;
  const told = { decisionId, team: route.department, routeTag: route.routeTag, rank: route.rank, tier };
  const facts: Envelope[] = [];
  // A shadow's denial counts as suppressed; any other leaves the message routed (interfaces §2).
  const reply = reasonCodes.includes('shadow_mode') ? 'suppressed' : 'routed';
  if (route.when === 'afterReply') {
    const result = await writeRoute(container, {
      conversationId: conversationId ?? '',
      seq: conversationSeq ?? '',
      rank: route.rank,
      cause: decisionId,
      route: { team: route.department, routeTag: route.routeTag, tags: [...new Set([...route.tags, ...extraTags])] },
      reopens: true,
    });
    facts.push(statedRoute(context, result, { ...told, mode: 'afterReply' }));
    return decided(facts, { reply, route: outcomeOfRoute(result) });
  }
  if (extraTags.length > 0)
    facts.push(
      statedRoute(context, await addExplanation(container, conversationId ?? '', extraTags), {
        ...told,
        mode: 'tags_only',
      }),
    );
  return decided(facts, { reply });
}
