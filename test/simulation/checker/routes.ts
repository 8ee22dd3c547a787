/** The route that stands at the end is the highest-ranked, newest decision's; explanations only grow (protocols §8). */
import type { Account } from '../facts.ts';
import { firstTellings, groupBy, ofKind, type Told, type Violation } from './reading.ts';

const ROUTE = 'route-';
const ESCALATED_TAG = 'mw-escalated-human';
const NO_SEQUENCE = '00000000000000000000000000';

type Candidate = { readonly rank: number; readonly seq: string; readonly tag: string };

export function staleRoutings({ tickets }: Account, told: readonly Told[]): Violation[] {
  const byConversation = groupBy(firstTellings(told), ({ conversationId }) => conversationId ?? '');
  return tickets.flatMap(({ conversationId, tags }) => {
    const standing = tags.filter((tag) => tag.startsWith(ROUTE));
    const wanted = winners(byConversation.get(conversationId) ?? []);
    const blame = (says: string): Violation[] => [{ rule: 'stale-route', at: 0, says: `${conversationId}: ${says}` }];
    if (standing.length > 1) return blame(`two routes stand: ${standing.join(', ')}`);
    const [tag] = standing;
    if (tag === undefined) return wanted.length === 0 ? [] : blame(`no route stands, ${wanted[0]?.tag} was decided`);
    return wanted.some((winner) => winner.tag === tag)
      ? []
      : blame(`${tag} stands, not ${wanted.map((one) => one.tag)}`);
  });
}

/** The decisions that none outranks; two of one rank and instant may both stand. */
function winners(told: readonly Told[]): Candidate[] {
  const candidates = told.flatMap((fact) => candidateOf(fact, told));
  const beats = (one: Candidate, other: Candidate): boolean =>
    one.rank === 2 || other.rank === 2
      ? one.rank > other.rank || (one.rank === other.rank && one.seq > other.seq)
      : one.seq > other.seq || (one.seq === other.seq && one.rank > other.rank);
  return candidates.filter((one) => !candidates.some((other) => beats(other, one)));
}

function candidateOf(fact: Told, told: readonly Told[]): Candidate[] {
  const { name, data, seq, rootEventId } = fact;
  const sequence = seq ?? NO_SEQUENCE;
  const ofMessage = (other: string): boolean =>
    told.some((one) => one.name === other && one.rootEventId === rootEventId);
  if (
    name === 'TicketRouted' &&
    data.mode !== 'tags_only' &&
    typeof data.routeTag === 'string' &&
    data.assigned === true
  ) {
    // A message given up has the committed route written again (protocols §7): it stands under the sequence that committed it.
    const committed = told.flatMap((one) =>
      one.name === 'MessageClassified' && one.data.routeTag === data.routeTag ? [one.seq ?? NO_SEQUENCE] : [],
    );
    const restated = data.mode === 'fallback' ? committed.sort().at(-1) : undefined;
    return [{ rank: Number(data.rank), seq: restated ?? sequence, tag: data.routeTag }];
  }
  if (ofMessage('RoutingFailed')) return [];
  // Given up before anybody routed it: the committed route was written again, under the sequence that committed it.
  if (name === 'MessageClassified' && isGivenUpUnrouted(fact, told)) return [];
  if (name === 'EscalationRaised' && typeof data.routeTag === 'string')
    return [{ rank: 2, seq: sequence, tag: data.routeTag }];
  if (name !== 'MessageClassified' || typeof data.routeTag !== 'string') return [];
  // A route that waited for the reply is not written where the ticket was resolved, nor after the message was given up.
  if (data.routeWhen === 'afterReply' && (ofMessage('TicketResolved') || ofMessage('MessageStalled'))) return [];
  return [{ rank: Number(data.rank), seq: sequence, tag: data.routeTag }];
}

function isGivenUpUnrouted({ rootEventId }: Told, told: readonly Told[]): boolean {
  const modes = told.flatMap((one) =>
    one.name === 'TicketRouted' && one.rootEventId === rootEventId && one.data.assigned === true ? [one.data.mode] : [],
  );
  return modes.length > 0 && modes.every((mode) => mode === 'fallback');
}

/** Only a route tag is ever taken away. */
export function removedTags({ facts }: Account): Violation[] {
  return ofKind(facts, 'tags').flatMap(({ at, conversationId, removed }) =>
    removed
      .filter((tag) => !tag.startsWith(ROUTE))
      .map((tag) => ({ rule: 'tags-grow', at, says: `${conversationId} lost ${tag}` })),
  );
}

/** A dispute whose webhook was accepted ends with a person, whatever happened around it. */
export function missedDisputes({ facts, tickets }: Account): Violation[] {
  const accepted = new Set(
    ofKind(facts, 'webhook').flatMap(({ status, commentId }) => (status === 200 ? [commentId] : [])),
  );
  const escalated = new Set(
    tickets.filter(({ tags }) => tags.includes(ESCALATED_TAG)).map(({ conversationId }) => conversationId),
  );
  return ofKind(facts, 'comment').flatMap(({ at, isDispute, commentId, conversationId }) =>
    isDispute && accepted.has(commentId) && !escalated.has(conversationId)
      ? [{ rule: 'missed-dispute', at, says: `${conversationId} ${commentId} reached nobody` }]
      : [],
  );
}
