/** The route that stands at the end is the highest-ranked, newest decision's (protocols §8). */
import { blame, ofKind, type Reading, type Story, TOLD_BY_SWEEPER_MS, type Told, type Violation } from './reading.ts';

export const ROUTE = 'route-';
const NO_SEQUENCE = '00000000000000000000000000';
const ROUTED = ['TicketRouted', 'RoutingSkipped', 'RoutingFailed', 'TicketResolved'];

type Candidate = { readonly rank: number; readonly seq: string; readonly tag: string };

export function staleRoutings(reading: Reading): Violation[] {
  const losses = ofKind(reading.account.facts, 'loss')
    .filter(({ tables }) => tables.includes('idempotency'))
    .map(({ at }) => at);
  return reading.stories.flatMap((story) => {
    if (!story.ticket) return [];
    const standing = story.ticket.tags.filter((tag) => tag.startsWith(ROUTE));
    const best = winners(candidatesOf(story, reading.byRoot, losses));
    const wanted = best.map(({ tag }) => tag);
    const stale = (says: string) => [blame('stale-route', 0, story.conversationId, says)];
    if (standing.length > 1) return stale(`two routes stand: ${standing.join(', ')}`);
    const [tag] = standing;
    if (tag === undefined) return wanted.length === 0 ? [] : stale(`no route stands, ${wanted[0]} was decided`);
    // Decided anew when the ledger was lost, as nothing to route or at the same place: it stays with the team that has it,
    // unless that came from a decision that another outranks.
    const isLeft = replacedIn(story, losses).some(
      (one) => one.data.routeTag === tag && best.every((winner) => byPlace(placed(one), winner) >= 0),
    );
    return isLeft || wanted.includes(tag) ? [] : stale(`${tag} stands, not ${wanted}`);
  });
}

/** The decisions that none outranks; two of one rank and instant may both stand. */
function winners(candidates: readonly Candidate[]): Candidate[] {
  const [first, ...others] = candidates;
  if (!first) return [];
  const best = others.reduce((standing, one) => (byPlace(one, standing) > 0 ? one : standing), first);
  return candidates.filter((one) => byPlace(one, best) === 0);
}

/** Tier 0 outranks all; below it the newer outranks the older, and only of one instant the rank decides. */
function byPlace(one: Candidate, other: Candidate): number {
  const bySequence = one.seq === other.seq ? 0 : one.seq > other.seq ? 1 : -1;
  return Number(one.rank === 2) - Number(other.rank === 2) || bySequence || one.rank - other.rank;
}

function placed({ seq, data }: Told): Candidate {
  return { rank: Number(data.rank), seq: seq ?? NO_SEQUENCE, tag: String(data.routeTag) };
}

function candidatesOf(story: Story, byRoot: Reading['byRoot'], losses: readonly number[]): Candidate[] {
  const { told } = story;
  const decisions = told.filter(({ name }) => name === 'MessageClassified');
  return told.flatMap((fact) => {
    const { name, data, rootEventId } = fact;
    const seq = fact.seq ?? NO_SEQUENCE;
    const ofMessage = (...names: string[]): boolean =>
      (byRoot.get(rootEventId ?? '') ?? []).some((one) => names.includes(one.name));
    if (typeof data.routeTag !== 'string') return [];
    const tag = data.routeTag;
    if (name === 'TicketRouted')
      return data.mode === 'tags_only' || data.assigned !== true
        ? []
        : [{ rank: Number(data.rank), seq: restatedBy(fact, decisions) ?? seq, tag }];
    if (ofMessage('RoutingFailed')) return [];
    if (name === 'EscalationRaised') return [{ rank: 2, seq, tag }];
    if (name !== 'MessageClassified' || isGivenUpUnrouted(byRoot.get(rootEventId ?? '') ?? [])) return [];
    if (decisions.some((later) => standsFor(later, fact, losses))) return [];
    // A route that waited for the reply is not written where the ticket was resolved, nor after the message was given up.
    if (data.routeWhen !== 'afterReply') return [{ rank: Number(data.rank), seq, tag }];
    if (ofMessage('TicketResolved', 'MessageStalled') || wasResolvedUntold(story, fact, losses)) return [];
    return [{ rank: Number(data.rank), seq, tag }];
  });
}

/** Closed after the reply, as rule `closed` has it: the fact of it was stored, and went with the ledger before it was told. */
function wasResolvedUntold({ writes, ticket }: Story, decision: Told, losses: readonly number[]): boolean {
  const closing = writes.findLast((write) => write.kind === 'status' && write.status === 'closed');
  if (!closing || closing.at < decision.at || ticket?.status !== 'closed') return false;
  return losses.some((lost) => closing.at <= lost && lost - closing.at <= TOLD_BY_SWEEPER_MS);
}

function replacedIn({ told }: Story, losses: readonly number[]): Told[] {
  const decisions = told.filter(({ name }) => name === 'MessageClassified');
  return decisions.filter((one) => decisions.some((later) => standsFor(later, one, losses)));
}

/** Decided anew when the ledger was lost: by the same root (else rule `told-once`), or by one whose turn has the comment. */
function standsFor(later: Told, decision: Told, losses: readonly number[]): boolean {
  if (later.order <= decision.order) return false;
  const turn: unknown = later.data.turnCommentIds;
  const isOfTurn = Array.isArray(turn) && turn.includes(decision.messageId);
  return (
    later.rootEventId === decision.rootEventId ||
    (isOfTurn && losses.some((lost) => decision.at <= lost && lost <= later.at))
  );
}

/** A message given up has the committed route written again (protocols §7): it stands under the sequence that committed it. */
function restatedBy({ data }: Told, decisions: readonly Told[]): string | undefined {
  if (data.mode !== 'fallback') return undefined;
  const committed = decisions.filter((one) => one.data.routeTag === data.routeTag).map(({ seq }) => seq ?? NO_SEQUENCE);
  return committed.sort().at(-1);
}

/** Given up before anybody routed it, a message has the committed route written again, if there is one (protocols §7). */
function isGivenUpUnrouted(ofMessage: readonly Told[]): boolean {
  const routed = ofMessage.filter(({ name, data }) => name === 'TicketRouted' && data.assigned === true);
  return routed.length > 0 && routed.every(({ data }) => data.mode === 'fallback');
}

/** What was decided to be routed was routed, or it is told why not. */
export function unroutedDecisions({ stories, byRoot, isGivenUp }: Reading): Violation[] {
  return stories.flatMap(({ conversationId, told }) =>
    told
      .filter(
        ({ name, data }) => (name === 'MessageClassified' && data.routeTag !== null) || name === 'EscalationRaised',
      )
      .filter(({ rootEventId }) => !(byRoot.get(rootEventId ?? '') ?? []).some(({ name }) => ROUTED.includes(name)))
      .filter(({ rootEventId }) => !isGivenUp(rootEventId ?? '', conversationId))
      .map(({ at, name, eventId, messageId }) =>
        blame('unrouted', at, conversationId, `${name} ${eventId}`, messageId),
      ),
  );
}
