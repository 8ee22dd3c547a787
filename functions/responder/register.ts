/**
 * Writing a route: the ranked register of protocols §8. Whoever writes last to the helpdesk writes the committed route.
 * Adds tags and moves the route tag; never sends.
 */
import { type Rank, ROUTE_TAGS, type RouteTag, type Team } from '../../events/words.ts';
import type { Context } from '../shared/consumer/definition.ts';
import { type Parked, timesParkedFor } from '../shared/consumer/delivery.ts';
import type { Container } from '../shared/container.ts';
import {
  type CommittedRoute,
  type Conversation,
  commitRoute,
  type RouteCommit,
  readConversation,
} from '../shared/conversation/conversation.ts';
import { RetryableError, VendorError } from '../shared/errors.ts';
import type { FlagSnapshot } from '../shared/flags/flags.ts';
import { expiresAt, routeWriteKey } from '../shared/ledger/keys.ts';
import type { Ticket } from '../shared/ports.ts';
import { absent, any, eq, le } from '../shared/store/language.ts';
import { CAPS, TIMES } from '../shared/times.ts';

/** What whoever waits for a write that may land yet is parked for. */
const WAIT = 'register_wait';

export type RegisterContainer = Container<'helpdesk' | 'tagger'>;

export type RouteOrder = {
  readonly conversationId: string;
  readonly seq: string;
  readonly rank: Rank;
  /** The same for every retry, redelivery and function that may have to write this route. */
  readonly cause: string;
  readonly route: CommittedRoute;
  /** The comment being routed is unanswered: a ticket that our ledger closed is reopened. */
  readonly reopens: boolean;
  /** The copy in hand: one that has waited for the register may have a write under way, though the record of it was lost since. */
  readonly parked: Parked | null;
};

export type RouteResult =
  | {
      readonly kind: 'routed';
      readonly tagsAdded: readonly string[];
      readonly writes: number;
      readonly assigned: boolean;
      /** `false` where only tags that explain were added. */
      readonly movesRoute: boolean;
    }
  | {
      readonly kind: 'skipped';
      readonly reasonCode: 'shadow_mode' | 'stale_sequence' | 'last_message_from_agent';
      readonly wouldRouteTo: Team;
    }
  | { readonly kind: 'failed'; readonly errorCode: string; readonly httpStatus: number | undefined };

/**
 * Commits and writes a route.
 *
 * @throws RetryableError or a retryable VendorError: the caller's wrapper parks and comes back.
 */
export async function writeRoute(container: RegisterContainer, order: RouteOrder): Promise<RouteResult> {
  const values = await flagsNow(container);
  if (values.shadow_mode || values.richpanel_read_only)
    return { kind: 'skipped', reasonCode: 'shadow_mode', wouldRouteTo: order.route.team };
  const commit = await commitRoute(container, order.conversationId, {
    seq: order.seq,
    rank: order.rank,
    by: order.cause,
    route: order.route,
  });
  const standing = commit.stands ? null : commit.now.routed;
  // An earlier attempt of ours may have written late: then the committed route is written again, whoever committed it. So it is
  // where that one is of the very same comment: who committed it may have died, or lost the record that says so, before it wrote.
  if (standing && !(await hasBegun(container, order)) && standing.seq !== order.seq)
    return lost(container, order, standing);
  const began = await beginWrite(container, order);
  const added = new Set<string>();
  let writes = 0;
  let wanted: { cause: string; route: CommittedRoute } = standing
    ? { cause: standing.by, route: standing.route }
    : { cause: order.cause, route: order.route };
  let { routeTags } = commit.now;
  let asOf = began;
  for (let round = 0; round < CAPS.routeRounds; round += 1) {
    const others = lately(container, routeTags);
    const ours = routeTags.map(({ tag }) => tag);
    const result = await write(
      container,
      order,
      { route: wanted.route, asOf, others, ours },
      values.assignment_enabled,
      began,
    );
    if (result.kind === 'failed') return result;
    writes += result.writes;
    if (wanted.cause === order.cause) for (const tag of result.tagsAdded) added.add(tag);
    const now = await readConversation(container, order.conversationId);
    const { routed } = now;
    routeTags = now.routeTags;
    asOf = container.clock.now();
    if (!routed || routed.by === wanted.cause) {
      if (standing) return { kind: 'skipped', reasonCode: 'stale_sequence', wouldRouteTo: order.route.team };
      return {
        kind: 'routed',
        tagsAdded: [...added].sort(),
        writes,
        assigned: values.assignment_enabled,
        movesRoute: true,
      };
    }
    wanted = { cause: routed.by, route: routed.route };
  }
  return { kind: 'failed', errorCode: 'register_contended', httpStatus: undefined };
}

/**
 * Writes a route together with tags that say what became of the message: of a reply, of a deadline. Where another's route
 * stands instead, they are added all the same.
 */
export async function writeRouteSaying(
  container: RegisterContainer,
  order: RouteOrder,
  explanation: readonly string[],
): Promise<RouteResult> {
  const tags = [...new Set([...order.route.tags, ...explanation])];
  const result = await writeRoute(container, { ...order, route: { ...order.route, tags } });
  if (result.kind === 'skipped') await addExplanation(container, order.conversationId, explanation);
  return result;
}

/**
 * The re-check of an attempt that died after its write (protocols §8): the committed route is written again, whoever committed
 * it, where an earlier attempt may have written over it. Commits nothing.
 *
 * @returns the commit, where its team and route tag stand on the ticket now; `null` where they could not be, or may not be, written.
 * @throws as `writeRoute` does.
 */
export async function writeCommitted(
  container: RegisterContainer,
  conversationId: string,
  parked: Parked | null,
): Promise<RouteCommit | null> {
  const { routed } = await readConversation(container, conversationId);
  if (!routed) return null;
  // Whoever died did so a minute ago at least. A message has six writes, and what stands needs none of them (ruling 18).
  if (await isStanding(container, conversationId, routed.route.routeTag)) return routed;
  const { seq, rank, by, route } = routed;
  const result = await writeRoute(container, { conversationId, seq, rank, cause: by, route, reopens: false, parked });
  return result.kind === 'routed' && result.assigned ? routed : null;
}

/** The ticket, as it is read, bears this route and no other. What cannot be read is for the write to find out. */
async function isStanding(container: RegisterContainer, conversationId: string, route: RouteTag): Promise<boolean> {
  try {
    const ticket = await container.helpdesk.ticket(conversationId);
    const routes = ticket?.tags.filter(isRouteTag) ?? [];
    return routes.length === 1 && routes[0] === route;
  } catch (error) {
    if (error instanceof VendorError) return false;
    throw error;
  }
}

/**
 * Of an event that another attempt has finished: one that was frozen may have written over what stands and died. Long after
 * anybody began to write for the event there is nothing to look at.
 *
 * @throws as `writeRoute` does.
 */
export async function recheckRoute(
  container: RegisterContainer,
  { conversationId, cause }: { readonly conversationId: string | null; readonly cause: string },
  parked: Parked | null,
): Promise<void> {
  if (conversationId === null) return;
  if (hasWaited(parked)) return void (await writeCommitted(container, conversationId, parked));
  const begun = await container.store.get('idempotency', { key: routeWriteKey(conversationId, cause) });
  if (Number(begun?.began_at ?? 0) > container.clock.now() - container.waits.registerLookBackMs)
    await writeCommitted(container, conversationId, parked);
}

/** Adds tags that explain; they only grow and commute, so they need no register. A route tag is the register's alone. */
export async function addExplanation(
  container: RegisterContainer,
  conversationId: string,
  tags: readonly string[],
): Promise<RouteResult> {
  const values = await flagsNow(container);
  if (values.shadow_mode || values.richpanel_read_only)
    return { kind: 'skipped', reasonCode: 'shadow_mode', wouldRouteTo: 'Email Support Team' };
  return guarded(async () => {
    const ticket = await container.helpdesk.ticket(conversationId);
    const missing = tags.filter((tag) => !isRouteTag(tag) && !ticket?.tags.includes(tag));
    if (missing.length > 0)
      await container.trace('responder.tags', {}, () => container.tagger.addTags(conversationId, missing));
    const writes = missing.length > 0 ? 1 : 0;
    return { kind: 'routed', tagsAdded: [...missing].sort(), writes, assigned: false, movesRoute: false };
  });
}

/** A Tier 0 that loses only to a newer Tier 0 adds its tags and leaves the team. */
async function lost(container: RegisterContainer, order: RouteOrder, standing: RouteCommit): Promise<RouteResult> {
  if (order.rank === 2 && standing.rank === 2) return addExplanation(container, order.conversationId, order.route.tags);
  container.log('INFO', 'system.sequence.stale_dropped', { ticket_id: order.conversationId });
  container.metrics.count('sequence.stale_total');
  return { kind: 'skipped', reasonCode: 'stale_sequence', wouldRouteTo: order.route.team };
}

/** What cannot be read forbids to write now, and is no order to leave the ticket as it is: the message waits. */
async function flagsNow({ flags }: RegisterContainer): Promise<FlagSnapshot['values']> {
  const { readable, values } = await flags.read();
  if (!readable) throw new RetryableError('flags_unreadable');
  return values;
}

/**
 * An attempt before this one may have written, and have died before it looked at what stands since; or this copy waited for a
 * write of its own, and the ledger that knows of it was lost meanwhile (protocols §8).
 */
export function mayHaveWritten({ record, parked }: Pick<Context<never, never>, 'record' | 'parked'>): boolean {
  return Number(record.attempts) > 1 || hasWaited(parked);
}

function hasWaited(parked: Parked | null): boolean {
  return timesParkedFor(parked, WAIT) > 0;
}

async function hasBegun(container: RegisterContainer, order: RouteOrder): Promise<boolean> {
  if (hasWaited(order.parked)) return true;
  return (await container.store.get('idempotency', { key: routeWriteKey(order.conversationId, order.cause) })) !== null;
}

/** Records when the write began; a retry that finds its own young claim waits until an old write can no longer land. */
async function beginWrite(container: RegisterContainer, order: RouteOrder): Promise<number> {
  const key = routeWriteKey(order.conversationId, order.cause);
  const now = container.clock.now();
  const begun = await container.store.update(
    'idempotency',
    { key },
    { set: { status: 'CLAIMED', began_at: now, expires_at: expiresAt(now, TIMES.ttl.act) } },
    any(absent('began_at'), le('began_at', now - container.waits.registerWaitMs), eq('began_at', now)),
  );
  if (begun) return now;
  const began = Number((await container.store.get('idempotency', { key }))?.began_at ?? now);
  throw new RetryableError(WAIT, Math.max(1000, began + container.waits.registerWaitMs - now));
}

/** A read of the ticket may lag as long as one is waited for (protocols §3): until then it does not show all that we wrote. */
function isLately({ clock, waits }: RegisterContainer, at: number): boolean {
  return at > clock.now() - waits.staleReadMs.reduce((sum, ms) => sum + ms, 0);
}

function lately(container: RegisterContainer, routeTags: Conversation['routeTags']): RouteTag[] {
  return routeTags.filter(({ at }) => isLately(container, at)).map(({ tag }) => tag);
}

type Wanted = {
  readonly route: CommittedRoute;
  /** When it was seen to stand, in epoch milliseconds. */
  readonly asOf: number;
  /** Route tags that we wrote and that a read may not show yet. */
  readonly others: readonly RouteTag[];
  /** Every one that our ledger ever committed: a person's own route tag is left alone (replies §7.1). */
  readonly ours: readonly RouteTag[];
};

async function write(
  container: RegisterContainer,
  order: RouteOrder,
  wanted: Wanted,
  assigns: boolean,
  began: number,
): Promise<Exclude<RouteResult, { kind: 'skipped' }>> {
  // A process that was frozen does not write what stood before: a write is aborted at 30 s, and waited for until 60 s (protocols §8).
  const isInTime = () => container.clock.now() - wanted.asOf <= TIMES.abortAfterMs;
  try {
    return (await guarded(async () => {
      const ticket = await container.helpdesk.ticket(order.conversationId);
      if (!ticket) return { kind: 'failed', errorCode: 'not_found', httpStatus: 404 };
      const { adds, removes } = difference(ticket, wanted, assigns);
      await container.trace('responder.tags', {}, async () => {
        if (removes.length > 0) await container.tagger.removeTags(order.conversationId, removes, isInTime);
        if (adds.length > 0) await container.tagger.addTags(order.conversationId, adds, isInTime);
      });
      const reopened = order.reopens && (await reopenIfOurs(container, order.conversationId, ticket.status));
      return {
        kind: 'routed',
        tagsAdded: adds,
        writes: (removes.length > 0 ? 1 : 0) + (adds.length > 0 ? 1 : 0) + (reopened ? 1 : 0),
        assigned: assigns,
        movesRoute: true,
      };
    })) as Exclude<RouteResult, { kind: 'skipped' }>;
  } catch (error) {
    if (error instanceof VendorError && isPassed(error)) throw new RetryableError(WAIT, container.waits.registerWaitMs);
    if (error instanceof VendorError && error.applied === 'unknown')
      throw new RetryableError(WAIT, Math.max(1000, began + container.waits.registerWaitMs - container.clock.now()));
    throw error;
  }
}

function difference(
  ticket: Ticket,
  { route, others, ours }: Wanted,
  assigns: boolean,
): { adds: string[]; removes: string[] } {
  const explains = route.tags.filter((tag) => !isRouteTag(tag) && !ticket.tags.includes(tag));
  if (!assigns) return { adds: explains, removes: [] };
  const seen = ours.filter((tag) => ticket.tags.includes(tag));
  const foreign = [...new Set<string>([...seen, ...others])].filter((tag) => tag !== route.routeTag);
  // Where the read may hide what was written, it may show what was taken away as well.
  const isSeen = ticket.tags.includes(route.routeTag) && others.every((tag) => tag === route.routeTag);
  return { adds: isSeen ? explains : [...explains, route.routeTag], removes: foreign };
}

function isRouteTag(tag: string): boolean {
  return (ROUTE_TAGS as readonly string[]).includes(tag);
}

/**
 * Opens a ticket again that our ledger closed; also one that is read as open, where a close of ours may be too young to be seen.
 *
 * @param before  its status as it was last read: only a closed one spares the read
 */
export async function reopenIfOurs(
  container: RegisterContainer,
  conversationId: string,
  before: Ticket['status'] | null,
): Promise<boolean> {
  const { autoResolved, autoResolvedAt } = await readConversation(container, conversationId);
  if (!autoResolved) return false;
  const now = before === 'closed' ? before : (await container.helpdesk.ticket(conversationId))?.status;
  if (now !== 'closed' && !(now === 'open' && isLately(container, autoResolvedAt))) return false;
  await container.tagger.reopen(conversationId);
  container.metrics.count('automation.reopen_total');
  return true;
}

const isPassed = ({ kind }: VendorError): boolean => kind === 'window_passed';

/** The helpdesk's final "no" is a result; anything worth waiting for is thrown. */
async function guarded(run: () => Promise<RouteResult>): Promise<RouteResult> {
  try {
    return await run();
  } catch (error) {
    // A table that is not there is no answer about the ticket.
    if (error instanceof VendorError && error.vendor === 'richpanel' && !error.retryable && !isPassed(error))
      return { kind: 'failed', errorCode: error.kind, httpStatus: error.status };
    throw error;
  }
}
