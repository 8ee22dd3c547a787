/** The fact that a route was written, skipped or failed. */
import type { EventName } from '../../events/catalogue.ts';
import type { Outcome, Rank, RouteTag, Team } from '../../events/words.ts';
import type { Context } from '../shared/consumer/definition.ts';
import type { Base, Capability } from '../shared/container.ts';
import type { Envelope } from '../shared/envelopes.ts';
import type { RouteResult } from './register.ts';

export type RouteTold = {
  readonly decisionId: string | null;
  readonly team: Team | null;
  readonly routeTag: RouteTag | null;
  readonly rank: Rank;
  readonly tier: 0 | 1 | 2 | null;
  /** How the route came about; a result that only explains is told as `tags_only`. */
  readonly mode: 'now' | 'afterReply' | 'escalation' | 'fallback';
};

export type Routing = Extract<EventName, 'TicketRouted' | 'RoutingSkipped' | 'RoutingFailed'>;

/** `TicketRouted`, `RoutingSkipped` or `RoutingFailed`, as the result says. */
export function statedRoute<P extends EventName>(
  context: Context<Capability, P | Routing> | Context<never, P | Routing>,
  result: RouteResult,
  told: RouteTold,
): Envelope {
  const state = context.state as Context<never, Routing>['state'];
  switch (result.kind) {
    case 'routed':
      return toldOf(
        context.container,
        result,
        state('TicketRouted', {
          decisionId: told.decisionId,
          department: told.team,
          routeTag: result.movesRoute ? told.routeTag : null,
          tagsAdded: [...result.tagsAdded],
          assigned: result.assigned,
          writes: result.writes,
          tier: told.tier,
          rank: told.rank,
          mode: result.movesRoute ? told.mode : 'tags_only',
        }),
      );
    case 'skipped':
      return state('RoutingSkipped', {
        decisionId: told.decisionId,
        reasonCode: result.reasonCode,
        wouldRouteTo: told.team,
      });
    case 'failed':
      return toldOf(
        context.container,
        result,
        state('RoutingFailed', {
          decisionId: told.decisionId,
          errorCode: result.errorCode,
          ...(result.httpStatus === undefined ? {} : { httpStatus: result.httpStatus }),
          attempts: 1,
        }),
      );
  }
}

/** What was written, or could not be, in logs and metrics. */
function toldOf({ log, metrics }: Base, result: Exclude<RouteResult, { kind: 'skipped' }>, fact: Envelope): Envelope {
  const { conversationId, channel } = fact.metadata;
  const about = { ticket_id: conversationId, channel, vendor: 'richpanel' } as const;
  if (result.kind === 'failed') {
    const why = {
      ...about,
      result: 'failed',
      error_code: result.errorCode,
      ...(result.httpStatus !== undefined && { http_status: result.httpStatus }),
    } as const;
    log('ERROR', 'vendor.richpanel.tags.add.failed', { ...why, operation: 'tags' });
    log('ERROR', 'vendor.richpanel.assign.failed', { ...why, operation: 'assign' });
    return fact;
  }
  const done = { ...about, result: 'success', count: result.tagsAdded.length } as const;
  log('INFO', 'vendor.richpanel.tags.add.success', { ...done, operation: 'tags' });
  if (result.movesRoute && result.assigned) {
    const team = fact.data.department as Team | null;
    log('INFO', 'vendor.richpanel.assign.success', { ...done, operation: 'assign', team });
  }
  if (result.movesRoute) metrics.count('responder.routed_total', 1, channel);
  return fact;
}

/** What a result means for the branch `route`. */
export function outcomeOfRoute(result: RouteResult): Outcome {
  return result.kind === 'failed' ? 'failed' : result.kind === 'skipped' ? 'suppressed' : 'routed';
}
