/** Writes tags and team as decided. Never sends to a customer: it is not given the capability. */

import type { ClassificationFailed } from '../../../events/classification-failed.ts';
import type { EscalationRaised } from '../../../events/escalation-raised.ts';
import type { MessageClassified } from '../../../events/message-classified.ts';
import { type Branch, type Outcome, ROUTE_TAG_OF_TEAM } from '../../../events/words.ts';
import { consumer } from '../../shared/consumer/consumer.ts';
import { type Context, decided, NOTHING } from '../../shared/consumer/definition.ts';
import type { Envelope } from '../../shared/envelopes.ts';
import { closeBranch, readMessage, recordKeyOf } from '../../shared/ledger/messages.ts';
import { leaveNote, noteOf } from '../note.ts';
import { addExplanation, type RouteOrder, type RouteResult, recheckRoute, writeRoute } from '../register.ts';
import { outcomeOfRoute, statedRoute } from '../stated.ts';

type Produces = 'TicketRouted' | 'RoutingSkipped' | 'RoutingFailed' | 'MessageSettled';
type RouteContext = Context<'helpdesk' | 'tagger' | 'noter', Produces>;
type Routable = MessageClassified | ClassificationFailed | EscalationRaised;

/** Commits and writes routes; never sends. */
export const responderRoute = consumer({
  name: 'responder-route',
  consumes: ['MessageClassified', 'ClassificationFailed', 'EscalationRaised'],
  produces: ['TicketRouted', 'RoutingSkipped', 'RoutingFailed', 'MessageSettled'],
  uses: ['helpdesk', 'tagger', 'noter'],
  hasEffects: true,
  budgetMs: (_, waits) => waits.routeBudgetMs,
  async handle(event, context) {
    const order = orderOf(event);
    if (!order) return NOTHING;
    if (
      event.metadata.eventName === 'MessageClassified' &&
      (event as MessageClassified).data.routeWhen === 'afterReply'
    )
      return explained(event as MessageClassified, context);
    if (await wasRoutedBefore(event, context)) {
      if (event.metadata.replay === null && context.replayName === null)
        await recheckRoute(context.container, order, context.parked);
      return NOTHING;
    }
    const result = await writeRoute(context.container, { ...order, parked: context.parked });
    if (isRouteOnly(event) && result.kind === 'routed')
      context.container.metrics.count('responder.route_only_total', 1, event.metadata.channel);
    const notes = {
      branch: branchOf(event),
      outcome: outcomeOfRoute(result),
      ...(await noteFor(event, context, result)),
    };
    return decided([factOf(event, context, result)], notes);
  },
  async onBudget(event, context, code) {
    const fact = factOf(event, context, { kind: 'failed', errorCode: code, httpStatus: undefined });
    return decided([fact], { branch: branchOf(event), outcome: 'failed' });
  },
  async recheck(event, container, parked) {
    const order = orderOf(event);
    if (order) await recheckRoute(container, order, parked);
  },
  async afterPublish({ notes }, event, { container }) {
    await leaveNote(container, event.metadata, notes);
    if (typeof notes.branch === 'string')
      await closeBranch(
        container,
        recordKeyOf(event.metadata),
        notes.branch as Branch,
        'responder-route',
        notes.outcome as Outcome,
        // An escalation is added to whatever record stands.
        notes.branch === 'route' ? event.data.decisionId : undefined,
      );
  },
});

/**
 * The message was over before this was first taken up, by a record that a recovery has put (no branch was ever opened in it): whoever
 * routed it is known to a ledger that was lost, and a late copy tells nothing any more (protocols §7). A Tier 0 that is raised after the
 * end is routed all the same, without a branch.
 */
async function wasRoutedBefore(event: Routable, { container, record }: RouteContext): Promise<boolean> {
  const age = container.clock.now() - Date.parse(event.metadata.occurredAt);
  if (branchOf(event) !== 'route' || age < LATE_MS) return false;
  const message = await readMessage(container, recordKeyOf(event.metadata));
  if (message?.status !== 'SETTLED' || message.branch_route !== undefined) return false;
  return Date.parse(String(message.settled_at)) < Date.parse(String(record.created_at));
}
/** No ledger is lost and rebuilt within less. */
const LATE_MS = 60_000;

/** No reply was asked for: people answer. */
const isRouteOnly = ({ metadata, data }: Routable): boolean =>
  metadata.eventName === 'ClassificationFailed' || ('replyExpected' in data && !data.replyExpected);

/** The route itself waits for the outcome of the reply; only the explanation is written now (replies §3.5, §7.2). */
async function explained(event: MessageClassified, context: RouteContext) {
  const tags = event.data.tags.filter((tag) => !tag.startsWith('route-') && tag !== 'mw-routing-applied');
  const result = await addExplanation(context.container, event.metadata.conversationId ?? '', tags);
  return decided([factOf(event, context, result)]);
}

/** Where a reply is on its way, its outcome brings the note; an escalation's comes with the reply that it stopped. */
async function noteFor(event: Routable, { container }: RouteContext, result: RouteResult): ReturnType<typeof noteOf> {
  if (result.kind === 'skipped' || event.metadata.eventName === 'EscalationRaised') return {};
  const data = (event as MessageClassified | ClassificationFailed).data;
  if ('replyExpected' in data && data.replyExpected) return {};
  const order = orderOf(event);
  return noteOf(container, {
    decision: data.decision ?? null,
    input: data.input ?? null,
    reply: 'none',
    templateId: null,
    team: order?.route.team ?? null,
    reasonCode: data.reasonCodes[0] ?? null,
    ...('errorCode' in data && { errorCode: data.errorCode }),
    ...(result.kind === 'failed' && { errorCode: result.errorCode }),
    tags: order?.route.tags ?? [],
  });
}

function orderOf(event: Routable): Omit<RouteOrder, 'parked'> | null {
  const { conversationId, conversationSeq, eventName } = event.metadata;
  if (!conversationId) return null;
  // A ticket that could not be read has no sequence: its fallback ranks below every decision.
  const seq = conversationSeq ?? '00000000000000000000000000';
  switch (eventName) {
    case 'MessageClassified': {
      const { decisionId, department, routeTag, tags, rank, decision } = (event as MessageClassified).data;
      if (!department || !routeTag) return null;
      const reopens = decision.reasonCodes[0] !== 'last_message_from_agent';
      return { conversationId, seq, rank, cause: decisionId, route: { team: department, routeTag, tags }, reopens };
    }
    case 'ClassificationFailed': {
      const { decisionId, fallbackDepartment, fallbackTags } = (event as ClassificationFailed).data;
      const route = { team: fallbackDepartment, routeTag: ROUTE_TAG_OF_TEAM[fallbackDepartment], tags: fallbackTags };
      return { conversationId, seq, rank: 0, cause: decisionId, route, reopens: true };
    }
    case 'EscalationRaised': {
      const { decisionId, department, routeTag, tags, rank } = (event as EscalationRaised).data;
      return {
        conversationId,
        seq,
        rank,
        cause: `${decisionId}:escalate`,
        route: { team: department, routeTag, tags },
        reopens: true,
      };
    }
    default:
      return eventName satisfies never;
  }
}

function factOf(event: Routable, context: RouteContext, result: RouteResult): Envelope {
  const order = orderOf(event);
  const tier = event.metadata.eventName === 'MessageClassified' ? (event as MessageClassified).data.tier : null;
  const mode = (
    { MessageClassified: 'now', ClassificationFailed: 'fallback', EscalationRaised: 'escalation' } as const
  )[event.metadata.eventName];
  return statedRoute(context, result, {
    decisionId: event.data.decisionId,
    team: order?.route.team ?? null,
    routeTag: order?.route.routeTag ?? null,
    rank: order?.rank ?? 0,
    tier: event.metadata.eventName === 'EscalationRaised' ? 0 : tier,
    mode,
  });
}

const branchOf = (event: Routable): Branch => (event.metadata.eventName === 'EscalationRaised' ? 'escalate' : 'route');
