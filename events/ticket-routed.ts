import * as v from 'valibot';
import { defineEvent, type EventOf } from './define-event.ts';
import { EXAMPLE } from './examples.ts';
import { Count, DecisionId, Flag, Rank, RouteTag, TagName, Team, Tier } from './fields.ts';

/** Tags and team stand on the ticket as decided. */
export const TicketRouted = defineEvent({
  name: 'TicketRouted',
  version: '1.0',
  producers: ['responder-route', 'responder-reply', 'responder-settle'],
  pii: 'L2',
  says: 'Tags and team stand on the ticket as decided.',
  data: {
    decisionId: v.nullable(DecisionId),
    department: v.nullable(Team),
    routeTag: v.nullable(RouteTag),
    /** Names confirmed on the ticket by this message. */
    tagsAdded: v.pipe(v.array(TagName), v.maxLength(30)),
    assigned: Flag,
    writes: Count,
    tier: Tier,
    rank: Rank,
    mode: v.picklist(['now', 'afterReply', 'escalation', 'fallback', 'tags_only']),
  },
  example: {
    decisionId: EXAMPLE.decisionId,
    department: 'Returns Admin',
    routeTag: 'route-returns-admin',
    tagsAdded: ['mw-processed', 'route-returns-admin'],
    assigned: true,
    writes: 1,
    tier: 1,
    rank: 1,
    mode: 'now',
  },
});
export type TicketRouted = EventOf<typeof TicketRouted>;
