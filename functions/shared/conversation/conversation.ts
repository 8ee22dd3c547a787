/** The conversation record: order, sticky escalation, the routing register and the reply commit (protocols §3, §6, §8). */
import type { PendingFlow } from '../../../events/decision.ts';
import type { Rank, RiskFlag, RouteTag, Team, TemplateId } from '../../../events/words.ts';
import { RISK_FLAGS, ROUTE_TAGS } from '../../../events/words.ts';
import type { Base } from '../container.ts';
import { expiresAt, nowSeconds } from '../ledger/keys.ts';
import { absent, all, any, type Condition, eq, type Item, le, lt } from '../store/language.ts';
import { TIMES } from '../times.ts';

/** All that the record is written with: a recovery has no more (operate/recovery). */
export type Storing = Pick<Base, 'store' | 'clock'>;

export type ReplyEntry = { readonly at: number; readonly templateId: TemplateId; readonly approvalId: string };

/** An open flow, and when its reply was sent, epoch milliseconds (replies §4.3). */
export type OpenFlow = PendingFlow & { readonly requestedAt: number };

export type Conversation = {
  readonly version: number;
  readonly latestSeq: string | null;
  readonly lastTurnSeq: string | null;
  readonly lastReplySeq: string | null;
  readonly lastReplyApproval: string | null;
  readonly stickyFlags: readonly RiskFlag[];
  readonly stickyTeam: Team | null;
  readonly agentHeldUntil: number;
  readonly autoResolved: boolean;
  /** Epoch milliseconds; 0 where it never was, or by a release that did not note it. */
  readonly autoResolvedAt: number;
  readonly replies: readonly ReplyEntry[];
  /** As stored; whether it is still open: `flowNow`. */
  readonly pendingFlow: OpenFlow | null;
  readonly routed: RouteCommit | null;
  /** Every route tag that was ever committed, and when last. */
  readonly routeTags: readonly { readonly tag: RouteTag; readonly at: number }[];
};

export type CommittedRoute = { readonly team: Team; readonly routeTag: RouteTag; readonly tags: readonly string[] };
export type RouteCommit = {
  readonly seq: string;
  readonly rank: Rank;
  readonly by: string;
  readonly route: CommittedRoute;
};

const keyOf = (conversationId: string) => ({ conversation_id: conversationId });
const stickyName = (flag: RiskFlag) => `sticky_${flag.toLowerCase()}`;
const committedAtName = (tag: RouteTag) => `committed_at_${tag}`;

/** A conversation without a record has version 0 and nothing in it. */
export async function readConversation(container: Pick<Base, 'store'>, conversationId: string): Promise<Conversation> {
  return parse(await container.store.get('conversation_state', keyOf(conversationId)));
}

function parse(item: Item | null): Conversation {
  const text = (name: string) => (typeof item?.[name] === 'string' ? String(item[name]) : null);
  return {
    version: Number(item?.version ?? 0),
    latestSeq: text('latest_seq'),
    lastTurnSeq: text('last_turn_seq'),
    lastReplySeq: text('last_reply_seq'),
    lastReplyApproval: text('last_reply_approval'),
    stickyFlags: RISK_FLAGS.filter((flag) => item?.[stickyName(flag)] === true),
    stickyTeam: text('sticky_team') as Team | null,
    agentHeldUntil: Number(item?.agent_held_until ?? 0),
    autoResolved: item?.auto_resolved === true,
    autoResolvedAt: Number(item?.auto_resolved_at ?? 0),
    replies: (Array.isArray(item?.auto_reply_times) ? item.auto_reply_times : []) as unknown as ReplyEntry[],
    pendingFlow: text('pending_flow') === null ? null : (JSON.parse(String(item?.pending_flow)) as OpenFlow),
    routed:
      text('last_routed_seq') === null
        ? null
        : {
            seq: String(item?.last_routed_seq),
            rank: Number(item?.last_routed_rank) as Rank,
            by: String(item?.last_routed_by),
            route: JSON.parse(String(item?.last_routed_route)) as CommittedRoute,
          },
    routeTags: ROUTE_TAGS.flatMap((tag) => {
      const at = item?.[committedAtName(tag)];
      return typeof at === 'number' ? [{ tag, at }] : [];
    }),
  };
}

const touched = (now: number): Item => ({
  updated_at: new Date(now).toISOString(),
  expires_at: expiresAt(now, TIMES.ttl.conversation),
});

/** Advances `latest_seq`, which only grows. */
export async function advanceLatest(container: Storing, conversationId: string, seq: string): Promise<void> {
  await container.store.change(
    'conversation_state',
    keyOf(conversationId),
    { set: { latest_seq: seq, ...touched(container.clock.now()) } },
    any(absent('latest_seq'), lt('latest_seq', seq)),
  );
}

/** After DECIDED, repeated by every republish. */
export async function advanceTurn(container: Storing, conversationId: string, seq: string): Promise<void> {
  await container.store.change(
    'conversation_state',
    keyOf(conversationId),
    { set: { last_turn_seq: seq, ...touched(container.clock.now()) } },
    any(absent('last_turn_seq'), lt('last_turn_seq', seq)),
  );
}

/** Sets Tier 0 flags at once; the pipeline never removes them. */
export async function setSticky(
  container: Storing,
  conversationId: string,
  flags: readonly RiskFlag[],
  team: Team,
): Promise<void> {
  const set: Record<string, boolean> = { sticky: true };
  for (const flag of flags) set[stickyName(flag)] = true;
  await container.store.change('conversation_state', keyOf(conversationId), {
    set: { ...set, ...touched(container.clock.now()) },
    setIfAbsent: { sticky_team: team },
  });
}

/** A colleague has answered: automation stays quiet for a while (replies §4.3). */
export async function holdForAgent(container: Storing, conversationId: string, until: number): Promise<void> {
  await container.store.change(
    'conversation_state',
    keyOf(conversationId),
    { set: { agent_held_until: until, ...touched(container.clock.now()) } },
    any(absent('agent_held_until'), lt('agent_held_until', until)),
  );
}

/**
 * Remembers what a reply has asked for (replies §4.3). A repeat, and one that comes after an answer was decided, changes
 * nothing: `pending_flow_at` only grows.
 */
export async function openFlow(container: Storing, conversationId: string, flow: OpenFlow): Promise<void> {
  await container.store.change(
    'conversation_state',
    keyOf(conversationId),
    {
      set: {
        pending_flow: JSON.stringify(flow),
        pending_flow_at: flow.requestedAt,
        ...touched(container.clock.now()),
      },
    },
    any(absent('pending_flow_at'), lt('pending_flow_at', flow.requestedAt)),
  );
}

/** A decision has taken the flow up: whatever comes next is a new matter. */
export async function closeFlow(container: Storing, conversationId: string, requestedAt: number): Promise<void> {
  await container.store.change(
    'conversation_state',
    keyOf(conversationId),
    { remove: ['pending_flow'], set: touched(container.clock.now()) },
    eq('pending_flow_at', requestedAt),
  );
}

/**
 * The flow that is still open: not for longer than seven days, nor once a colleague has answered. What a reply announced
 * stays announced.
 */
export function flowNow({ pendingFlow, agentHeldUntil }: Conversation, now: number): OpenFlow | null {
  if (pendingFlow === null) return null;
  const agentAt = agentHeldUntil - TIMES.agentHeldMs;
  if (agentAt >= pendingFlow.requestedAt) return null;
  const isPast = pendingFlow.type !== 'estimate' && now - pendingFlow.requestedAt > TIMES.pendingFlowMs;
  return isPast ? null : pendingFlow;
}

/** Remembers that our ledger resolved the ticket, for good. */
export async function markResolved(container: Storing, conversationId: string, commentId: string): Promise<void> {
  const now = container.clock.now();
  await container.store.change('conversation_state', keyOf(conversationId), {
    set: { auto_resolved: true, auto_resolved_for: commentId, auto_resolved_at: now, ...touched(now) },
  });
}

/** A route tag that we may have written, though no commit tells of it: it is ours to take away again (operate/recovery). */
export async function rememberRouteTag(
  { store, clock }: Storing,
  conversationId: string,
  tag: RouteTag,
): Promise<void> {
  const set = { [committedAtName(tag)]: clock.now(), ...touched(clock.now()) };
  await store.change('conversation_state', keyOf(conversationId), { set });
}

/**
 * Commits a route to the register (protocols §8).
 *
 * @returns the conversation after it; the commit has lost when another one stands there.
 */
export async function commitRoute(
  container: Storing,
  conversationId: string,
  commit: RouteCommit,
): Promise<{ readonly stands: boolean; readonly now: Conversation }> {
  const outranks = any(lt('last_routed_rank', 2), le('last_routed_seq', commit.seq));
  const condition: Condition = any(
    absent('last_routed_seq'),
    eq('last_routed_by', commit.by),
    ...(commit.rank === 2 ? [outranks] : []),
    all(
      lt('last_routed_rank', 2),
      any(
        lt('last_routed_seq', commit.seq),
        all(eq('last_routed_seq', commit.seq), lt('last_routed_rank', commit.rank)),
      ),
    ),
  );
  const committed = await container.store.update(
    'conversation_state',
    keyOf(conversationId),
    {
      set: {
        last_routed_seq: commit.seq,
        last_routed_rank: commit.rank,
        last_routed_by: commit.by,
        last_routed_route: JSON.stringify(commit.route),
        [committedAtName(commit.route.routeTag)]: container.clock.now(),
        ...touched(container.clock.now()),
      },
    },
    condition,
  );
  return committed
    ? { stands: true, now: parse(committed) }
    : { stands: false, now: await readConversation(container, conversationId) };
}

export type ReplyCommit = {
  readonly seq: string;
  readonly approvalId: string;
  readonly templateId: TemplateId;
  /** Version and ring the gates were judged on. */
  readonly seen: Conversation;
};

/**
 * The condition of the door, in one write; a repeat is excused from its own traces only.
 *
 * @returns `committed`, or what stands there: the caller reads, gates again and tries again when only the version differs.
 */
export async function commitReply(
  container: Storing,
  conversationId: string,
  commit: ReplyCommit,
): Promise<{ readonly committed: true } | { readonly committed: false; readonly now: Conversation }> {
  const now = container.clock.now();
  const ring = [
    ...commit.seen.replies.filter(
      (reply) => reply.at > now - TIMES.capWindowMs && reply.approvalId !== commit.approvalId,
    ),
    { at: now, templateId: commit.templateId, approvalId: commit.approvalId },
  ];
  const versionSeen =
    commit.seen.version === 0
      ? any(absent('version'), lt('expires_at', nowSeconds(now)))
      : eq('version', commit.seen.version);
  const fresh = all(
    any(absent('last_reply_seq'), lt('last_reply_seq', commit.seq)),
    any(absent('last_reply_at'), le('last_reply_at', now - TIMES.cooldownMs)),
    versionSeen,
  );
  const isDone = await container.store.change(
    'conversation_state',
    keyOf(conversationId),
    {
      set: {
        last_reply_seq: commit.seq,
        last_reply_approval: commit.approvalId,
        last_reply_at: now,
        auto_reply_times: ring as unknown as Item[],
        version: commit.seen.version + 1,
        ...touched(now),
      },
    },
    all(
      absent('sticky'),
      eq('latest_seq', commit.seq),
      any(absent('agent_held_until'), lt('agent_held_until', now)),
      any(fresh, eq('last_reply_approval', commit.approvalId)),
    ),
  );
  return isDone ? { committed: true } : { committed: false, now: await readConversation(container, conversationId) };
}
