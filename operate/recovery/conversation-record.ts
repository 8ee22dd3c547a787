/**
 * The conversation record, made from its facts again by the very writes of the functions, each dated by its fact: order, sticky
 * Tier 0, the routing register, replies, what a reply has asked for. Every one of them only adds, so it is safe on a record that
 * stands or goes on. A colleague's hold needs none: every decision reads it from the ticket before it counts.
 */
import type { AnyEvent } from '../../events/define-event.ts';
import { ROUTE_TAG_OF_TEAM, ROUTE_TAGS, type RouteTag, type Team } from '../../events/words.ts';
import { rememberFlow } from '../../functions/responder/pending-flow.ts';
import {
  advanceLatest,
  advanceTurn,
  type CommittedRoute,
  closeFlow,
  commitRoute,
  markResolved,
  readConversation,
  rememberRouteTag,
  type Storing,
  setSticky,
} from '../../functions/shared/conversation/conversation.ts';
import type { Clock, Store } from '../../functions/shared/ports.ts';
import { absent, any, type Item, lt } from '../../functions/shared/store/language.ts';
import { memoryStore } from '../../functions/shared/store/memory.ts';
import { TIMES } from '../../functions/shared/times.ts';
import { type Decision, type Fact, type History, mayHaveBeenSent, mayHaveClosed, nameOf } from './history.ts';

const NO_SEQUENCE = '00000000000000000000000000';

/** `true` when something was missing and is there now. */
export async function restoreConversationRecord({ store, clock }: Storing, history: History): Promise<boolean> {
  const { conversationId } = history;
  const known = await recordFrom(clock, history);
  if (known === null || Number(known.expires_at) <= Math.floor(clock.now() / 1000)) return false;
  if (await store.put('conversation_state', known, absent('conversation_id'))) return true;
  const standing = await store.get('conversation_state', { conversation_id: conversationId });
  if (standing !== null && knowsAll(standing, known)) return false;
  await tell(store, clock, history);
  return true;
}

/** The record that the facts alone make; `null` where they make none. */
async function recordFrom(clock: Clock, history: History): Promise<Item | null> {
  const store = memoryStore({ now: () => 0 });
  await tell(store, clock, history);
  return store.get('conversation_state', { conversation_id: history.conversationId });
}

async function tell(store: Store, clock: Clock, history: History): Promise<void> {
  for (const fact of history.facts) {
    const now = Date.parse(fact.metadata.occurredAt);
    await tellOne({ store, clock: { ...clock, now: () => now } }, history, fact);
  }
}

const GROWING = ['latest_seq', 'last_turn_seq', 'last_reply_seq', 'last_routed_seq', 'pending_flow_at'] as const;

/** Nothing that the facts tell is missing in a record: then it was never lost. */
function knowsAll(standing: Item, known: Item): boolean {
  const grown = GROWING.every((name) => {
    const [is, wanted] = [standing[name], known[name]];
    return wanted === undefined || (is !== undefined && String(is) >= String(wanted));
  });
  const flags = Object.keys(known).filter((name) => name.startsWith('sticky') || name === 'auto_resolved');
  return grown && flags.every((name) => standing[name] !== undefined);
}

async function tellOne(storing: Storing, history: History, fact: AnyEvent): Promise<void> {
  switch (nameOf(fact)) {
    case 'MessageClassified':
    case 'ClassificationFailed':
      return tellDecision(storing, history.conversationId, fact as unknown as Decision);
    case 'EscalationRaised': {
      const { riskFlags, department, routeTag, tags, rank, decisionId } = (fact as unknown as Fact<'EscalationRaised'>)
        .data;
      await rememberRouteTag(storing, history.conversationId, routeTag);
      await commitRoute(storing, history.conversationId, {
        seq: fact.metadata.conversationSeq ?? NO_SEQUENCE,
        rank,
        by: `${decisionId}:escalate`,
        route: { team: department, routeTag, tags },
      });
      return setSticky(storing, history.conversationId, riskFlags, department);
    }
    case 'TicketRouted':
      return tellRoute(storing, history, fact as unknown as Fact<'TicketRouted'>);
    case 'ReplyApproved': {
      const approval = fact as unknown as Fact<'ReplyApproved'>;
      if (!mayHaveBeenSent(history, approval)) return;
      await countReply(storing, history, approval);
      return mayHaveClosed(history, approval) ? markClosed(storing, history, fact) : undefined;
    }
    case 'ReplySent':
      return tellReply(storing, history, fact as unknown as Fact<'ReplySent'>);
    case 'ReplyFailed': {
      const approval = history.approvals.get(String(fact.data.answersCommentId));
      return approval && rememberFlow(storing, approval, fact);
    }
    case 'TicketResolved':
      return markClosed(storing, history, fact);
    default:
      return;
  }
}

/** By this our routers and `responder-settle` open a closed ticket again that wants a person. */
function markClosed(storing: Storing, { conversationId }: History, { metadata }: AnyEvent): Promise<void> {
  return markResolved(storing, conversationId, metadata.messageId ?? '');
}

async function tellDecision(storing: Storing, conversationId: string, { metadata, data }: Decision): Promise<void> {
  const { conversationSeq } = metadata;
  // A flow that the decision saw and could answer is taken up (replies §4.3).
  const { input, decision } = data;
  const { pendingFlow } = await readConversation(storing, conversationId);
  if (pendingFlow && input?.state.lastAuthor === 'customer' && input.state.sequence !== 'overtaken')
    await closeFlow(storing, conversationId, pendingFlow.requestedAt);
  if (conversationSeq !== null) {
    await advanceLatest(storing, conversationId, conversationSeq);
    await advanceTurn(storing, conversationId, conversationSeq);
  }
  // The route may stand on the ticket although nobody lived to tell of it.
  for (const tag of tagsOf(data)) if (isRouteTag(tag)) await rememberRouteTag(storing, conversationId, tag);
  // So it may be committed: an older decision that is routed only now must not write over it. Its own router repeats the commit.
  if ('routeWhen' in data && data.routeWhen !== 'afterReply' && data.department !== null && data.routeTag !== null)
    await commitRoute(storing, conversationId, {
      seq: conversationSeq ?? NO_SEQUENCE,
      rank: data.rank,
      by: data.decisionId,
      route: { team: data.department, routeTag: data.routeTag, tags: data.tags },
    });
  const isStrong = input?.turn.screenStrength === 'strong';
  if (decision && (isStrong || (decision.riskFlags.length > 0 && decision.row === 'D1')))
    await setSticky(
      storing,
      conversationId,
      decision.riskFlags.length > 0 ? decision.riskFlags : ['OTHER_HIGH_RISK'],
      decision.team ?? 'Leadership Team',
    );
}

const tagsOf = (data: Decision['data']): readonly string[] => ('tags' in data ? data.tags : data.fallbackTags);
const isRouteTag = (tag: string): tag is RouteTag => (ROUTE_TAGS as readonly string[]).includes(tag);

/** Only what moved the route stands in the register; tags that explain do not. */
async function tellRoute(storing: Storing, history: History, { metadata, data }: Fact<'TicketRouted'>): Promise<void> {
  const { conversationId } = history;
  const { department, mode, rank, decisionId } = data;
  if (department === null || data.routeTag === null || mode === 'tags_only') return;
  const { routed } = await readConversation(storing, conversationId);
  // A message given up has the committed route written again, which keeps its place: its own decision may outrank it yet.
  if (mode === 'fallback' && routed?.route.routeTag === data.routeTag && routed.rank === rank) return;
  const seq = metadata.conversationSeq ?? NO_SEQUENCE;
  const by =
    decisionId === null
      ? `${metadata.rootEventId ?? ''}:stalled`
      : mode === 'escalation'
        ? `${decisionId}:escalate`
        : decisionId;
  await commitRoute(storing, conversationId, { seq, rank, by, route: routeOf(history, data, department) });
}

/** As it was ordered, where the decision is known; else what the fact confirms. */
function routeOf(
  { decisions }: History,
  { decisionId, mode, routeTag, tagsAdded }: Fact<'TicketRouted'>['data'],
  team: Team,
): CommittedRoute {
  const decision = mode === 'escalation' ? undefined : decisions.find(({ data }) => data.decisionId === decisionId);
  const ordered = decision === undefined ? [] : tagsOf(decision.data);
  const tags = [...new Set<string>([...ordered, ...tagsAdded])];
  return { team, routeTag: routeTag ?? ROUTE_TAG_OF_TEAM[team], tags };
}

/** What `commitReply` had written, without its conditions: it was sent. */
async function tellReply(storing: Storing, history: History, fact: Fact<'ReplySent'>): Promise<void> {
  await countReply(storing, history, fact);
  const approval = history.approvals.get(fact.data.answersCommentId);
  if (!approval) return;
  await rememberFlow(storing, approval, fact);
  if (mayHaveClosed(history, approval)) await markClosed(storing, history, fact);
}

async function countReply(
  storing: Storing,
  { conversationId }: History,
  fact: Fact<'ReplySent' | 'ReplyApproved'>,
): Promise<void> {
  const { approvalId, templateId } = fact.data;
  const { replies, version } = await readConversation(storing, conversationId);
  const now = storing.clock.now();
  const others = replies.filter((reply) => reply.at > now - TIMES.capWindowMs && reply.approvalId !== approvalId);
  const seq = fact.metadata.conversationSeq ?? '';
  const isNewest = any(absent('last_reply_seq'), lt('last_reply_seq', seq));
  const set = {
    last_reply_seq: seq,
    last_reply_approval: approvalId,
    last_reply_at: now,
    auto_reply_times: [...others, { at: now, templateId, approvalId }] as unknown as Item[],
    version: version + 1,
  };
  await storing.store.change('conversation_state', { conversation_id: conversationId }, { set }, isNewest);
}
