/** A message past its deadline: the door is shut first, then what is left is done, then every branch closes (protocols §7). */
import type { Decision, DecisionInput } from '../../../events/decision.ts';
import { ROUTE_TAG_OF_TEAM, type Team, type TemplateId } from '../../../events/words.ts';
import { substituted } from '../../../policy/route.ts';
import { decided, NOTHING } from '../../shared/consumer/definition.ts';
import { type RouteCommit, readConversation } from '../../shared/conversation/conversation.ts';
import type { Envelope } from '../../shared/envelopes.ts';
import { RetryableError } from '../../shared/errors.ts';
import { uuidV5 } from '../../shared/ids.ts';
import { endWithoutSend, outcomeOf, readAction } from '../../shared/ledger/actions.ts';
import type { Decided } from '../../shared/ledger/claims.ts';
import { replyKey } from '../../shared/ledger/keys.ts';
import { isOver, isTakenOver, openBranchesOf, readMessage, recordKeyOf } from '../../shared/ledger/messages.ts';
import type { Item } from '../../shared/store/language.ts';
import { noteOf } from '../note.ts';
import { addExplanation, mayHaveWritten, type RouteOrder, writeCommitted, writeRouteSaying } from '../register.ts';
import { type RouteTold, statedRoute } from '../stated.ts';
import type { SettleContext, Settled } from './handler.ts';
import { replyOutcome } from './replayed.ts';
import { isResolvedForGood } from './resolved.ts';

const STALLED_TAGS = ['mw-error-needs-attention', 'mw-needs-manual-triage'] as const;
const NO_SEQUENCE = '00000000000000000000000000';

/** Throws `RetryableError` while a claim or a close is in flight: then it starts again. */
export async function settleStalled(event: Settled<'MessageStalled'>, context: SettleContext): Promise<Decided> {
  const { container } = context;
  const record = await readMessage(container, recordKeyOf(event.metadata));
  if (!record || isOver(record) || isTakenOver(record) || isNewerThan(event, record))
    return endedByOthers(event, context);
  const facts: Envelope[] = [];
  const outcome = await shutDoor(event, context, record);
  if (outcome) facts.push(outcome);
  const isReplied = outcome !== null && replyOutcome(outcome) === 'replied';
  const conversationId = event.metadata.conversationId ?? '';
  const commentId = typeof record.message_id === 'string' ? record.message_id : null;
  const order =
    isReplied && commentId !== null && (await isResolvedForGood(container, conversationId, commentId))
      ? null
      : await routeOf(event, context, record);
  const replyTags = replyTagsOf(outcome);
  const explanation = [...STALLED_TAGS, ...replyTags];
  let routedBy: string | null = null;
  if (order) {
    const result = await writeRouteSaying(container, order, explanation);
    // Skipped, since the decision's own route was committed before: that one stands, and its writer may have died untold.
    const isOutranked = result.kind === 'skipped' && result.reasonCode === 'stale_sequence';
    if (isOutranked || (result.kind === 'routed' && result.assigned)) routedBy = order.cause;
    facts.push(statedRoute(context, result, toldOf(order)));
  } else if (!isReplied) facts.push(await explained(context, conversationId, explanation));
  else if (replyTags.length > 0) await addExplanation(container, conversationId, replyTags);
  const action = commentId === null ? null : replyKey(conversationId, commentId);
  const decision = (outcome?.data.decision ?? null) as Decision | null;
  const note = await noteOf(container, {
    decision,
    input: (outcome?.data.input ?? null) as DecisionInput | null,
    reply: isReplied ? 'sent' : 'none',
    templateId: isReplied ? (outcome?.data.templateId as TemplateId) : null,
    team: order?.route.team ?? null,
    reasonCode: decision?.reasonCodes[0] ?? null,
    errorCode: 'stalled',
    isStalled: true,
    tags: [...STALLED_TAGS, ...(order?.route.tags ?? [])],
  });
  return decided(facts, {
    all: isReplied ? 'replied' : 'failed',
    ...(outcome && action ? { action } : {}),
    ...(routedBy !== null && { routed_by: routedBy }),
    ...note,
  });
}

/** The record that stalled was lost, and the message has entered anew: whether that one stalls, the sweeper will say. */
const isNewerThan = ({ metadata }: Settled<'MessageStalled'>, record: Item): boolean =>
  Date.parse(String(record.created_at)) > Date.parse(metadata.occurredAt);

const causeOf = ({ metadata }: Settled<'MessageStalled'>): string => `${metadata.rootEventId ?? ''}:stalled`;

/**
 * An attempt before this one may have died between its commit and its write, or before it told of it; whoever ended the message
 * since wrote what is committed, and told only that its own route is not what stands.
 */
async function endedByOthers(event: Settled<'MessageStalled'>, context: SettleContext): Promise<Decided> {
  const { container, parked } = context;
  const { conversationId, replay } = event.metadata;
  if (!mayHaveWritten(context) || replay !== null) return NOTHING;
  const standing = await writeCommitted(container, conversationId ?? '', parked);
  if (context.isRepeat || standing?.by !== causeOf(event)) return NOTHING;
  const result = { kind: 'routed', tagsAdded: [], writes: 0, assigned: true, movesRoute: true } as const;
  return decided([statedRoute(context, result, toldOf(standing))]);
}

/** The route of a message that nobody decided in time. */
function toldOf({ rank, route }: Pick<RouteCommit, 'rank' | 'route'>): RouteTold {
  return { decisionId: null, team: route.team, routeTag: route.routeTag, rank, tier: null, mode: 'fallback' };
}

/** What whoever ended the reply would have put on the ticket, and died before (replies §7.2, protocols §6). */
function replyTagsOf(outcome: Envelope | null): readonly string[] {
  if (outcome?.metadata.eventName === 'ReplyFailed')
    return outcome.data.outcome === 'unknown' ? ['mw-send-failed'] : [];
  return Array.isArray(outcome?.data.tagsAdded) ? outcome.data.tagsAdded.map(String) : [];
}

/** Routed it is; what is left is that a person has to look. */
async function explained(context: SettleContext, conversationId: string, tags: readonly string[]): Promise<Envelope> {
  const result = await addExplanation(context.container, conversationId, tags);
  return statedRoute(context, result, {
    decisionId: null,
    team: null,
    routeTag: null,
    rank: 0,
    tier: null,
    mode: 'fallback',
  });
}

/** Puts the action as FAILED if nothing is there; a claim in flight is waited for. */
async function shutDoor(
  event: Settled<'MessageStalled'>,
  context: SettleContext,
  record: Item,
): Promise<Envelope | null> {
  const { container } = context;
  const commentId = typeof record.message_id === 'string' ? record.message_id : null;
  // Nothing was decided, so nothing can be approved any more once the branches are closed.
  if (commentId === null || record.status === 'RECEIVED') return null;
  const key = replyKey(event.metadata.conversationId ?? '', commentId);
  const standing = await readAction(container, key);
  if (standing?.status === 'CLAIMED') throw new RetryableError('claim_in_flight', container.waits.parkMs[1]);
  if (standing) return outcomeOf(standing);
  if (!openBranchesOf(record).includes('reply')) return null;
  const outcome = context.state(
    'ReplyFailed',
    {
      approvalId: null,
      templateId: null,
      outcome: 'failed',
      errorCode: 'stalled',
      tagged: true,
      answersCommentId: commentId,
      input: null,
      inputHash: null,
      decision: null,
    },
    { eventId: uuidV5(key, 'outcome', context.generation) },
  );
  if (await endWithoutSend(container, key, context.owner, outcome)) {
    container.log('ERROR', 'vendor.richpanel.message.send.failed', {
      ticket_id: event.metadata.conversationId,
      result: 'failed',
      error_code: 'stalled',
    });
    container.metrics.count('responder.reply_failed_total', 1, event.metadata.channel);
    return outcome;
  }
  const now = await readAction(container, key);
  if (now?.status === 'CLAIMED') throw new RetryableError('claim_in_flight', container.waits.parkMs[1]);
  return now ? outcomeOf(now) : null;
}

/** *Unrouted* means that the route or escalate branch is open, or that nothing was decided at all. */
async function routeOf(
  event: Settled<'MessageStalled'>,
  context: SettleContext,
  record: Item,
): Promise<RouteOrder | null> {
  const open = openBranchesOf(record);
  if (record.status === 'CLASSIFIED' && !open.includes('route') && !open.includes('escalate')) return null;
  const conversationId = event.metadata.conversationId ?? '';
  const conversation = await readConversation(context.container, conversationId);
  // What was decided and not told knows of Tier 0 though the sticky flag was lost since.
  const decidedTeam = typeof record.tier0_team === 'string' ? (record.tier0_team as Team) : null;
  const isTier0 = conversation.stickyFlags.length > 0 || open.includes('escalate') || decidedTeam !== null;
  const tags = isTier0 ? ['mw-escalated-human'] : [];
  const committed = conversation.routed;
  // A commit of lower rank does not do for Tier 0; any other that stands is written as it is.
  const standing: RouteCommit | null = committed && (!isTier0 || committed.rank === 2) ? committed : null;
  const fallback: Team = isTier0 ? (conversation.stickyTeam ?? decidedTeam ?? 'Leadership Team') : 'Email Support Team';
  // The helpdesk may have lost the team since it was named.
  const { team, staffingTag } = substituted(standing?.route.team ?? fallback, context.container.config.teams.available);
  const own = typeof record.conversation_seq === 'string' ? record.conversation_seq : null;
  return {
    conversationId,
    // Written again, a commit keeps its place: it must not stand in the way of a newer decision that comes yet.
    seq: standing?.seq ?? own ?? committed?.seq ?? conversation.latestSeq ?? NO_SEQUENCE,
    rank: standing?.rank ?? (isTier0 ? 2 : 0),
    // The committed route is written again under its own cause; else the fallback is committed.
    cause: standing?.by ?? causeOf(event),
    route: {
      team,
      routeTag: ROUTE_TAG_OF_TEAM[team],
      tags: [...new Set([...(committed?.route.tags ?? []), ...tags, ...(staffingTag === null ? [] : [staffingTag])])],
    },
    reopens: true,
    parked: context.parked,
  };
}
