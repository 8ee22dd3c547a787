/** The fact that a route was written, skipped or failed. */
import type { EventName } from '../../events/catalogue.ts';
import type { Outcome, Rank, RouteTag, Team } from '../../events/words.ts';
import type { Context } from '../shared/consumer/consumer.ts';
import type { Capability } from '../shared/container.ts';
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
      return state('TicketRouted', {
        decisionId: told.decisionId,
        department: told.team,
        routeTag: result.movesRoute ? told.routeTag : null,
        tagsAdded: [...result.tagsAdded],
        assigned: result.assigned,
        writes: result.writes,
        tier: told.tier,
        rank: told.rank,
        mode: result.movesRoute ? told.mode : 'tags_only',
      });
    case 'skipped':
      return state('RoutingSkipped', {
        decisionId: told.decisionId,
        reasonCode: result.reasonCode,
        wouldRouteTo: told.team,
      });
    case 'failed':
      return state('RoutingFailed', {
        decisionId: told.decisionId,
        errorCode: result.errorCode,
        ...(result.httpStatus === undefined ? {} : { httpStatus: result.httpStatus }),
        attempts: 1,
      });
  }
}

/** What a result means for the branch `route`. */
export function outcomeOfRoute(result: RouteResult): Outcome {
  return result.kind === 'failed' ? 'failed' : result.kind === 'skipped' ? 'suppressed' : 'routed';
}
