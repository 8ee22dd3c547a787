/** Settled exactly once, or visibly given up; nothing told about a message after its end (protocols §7, interfaces §2). */
import type { Account } from '../facts.ts';
import { firstTellings, ofKind, type Told, type Violation } from './reading.ts';

const ROOTS = ['MessageReceived', 'MissedMessageDetected'];
const GIVEN_UP_TAG = 'mw-error-needs-attention';
/** After these a branch may still tell what it had decided: the message was ended over its head. */
const ENDED_FROM_OUTSIDE = ['MessageStalled', 'ReplyOutcomeUnclear', 'EscalationRaised'];

type Root = { readonly eventId: string; readonly at: number; readonly conversationId: string };

/** Everything that was accepted or found: what a 200 named, and what was stated as a root. */
function rootsOf({ facts }: Account, told: readonly Told[]): Root[] {
  const roots = new Map<string, Root>();
  for (const { status, eventId, at, conversationId } of ofKind(facts, 'webhook'))
    if (status === 200 && eventId !== null) roots.set(eventId, { eventId, at, conversationId });
  for (const { name, eventId, at, conversationId } of told)
    if (ROOTS.includes(name)) roots.set(eventId, { eventId, at, conversationId: conversationId ?? '' });
  return [...roots.values()];
}

function endsOf(told: readonly Told[]): Map<string, Set<string>> {
  const ends = new Map<string, Set<string>>();
  for (const { name, rootEventId, eventId } of told)
    if (name === 'MessageSettled' && rootEventId !== null)
      ends.set(rootEventId, (ends.get(rootEventId) ?? new Set()).add(eventId));
  return ends;
}

export function rootsWithoutEnd(account: Account, told: readonly Told[]): Root[] {
  const ends = endsOf(told);
  return rootsOf(account, told).filter(({ eventId }) => !ends.has(eventId));
}

/** One `MessageSettled` for each root; or a failure queue holds it and its ticket says so. */
export function unsettled(account: Account, told: readonly Told[]): Violation[] {
  const failures = ofKind(account.facts, 'failure');
  const tagsOf = new Map(account.tickets.map(({ conversationId, tags }) => [conversationId, tags]));
  const lost = rootsWithoutEnd(account, told)
    .filter(
      ({ eventId, conversationId }) =>
        !failures.some(({ body }) => body.includes(eventId)) || !tagsOf.get(conversationId)?.includes(GIVEN_UP_TAG),
    )
    .map(({ eventId, at, conversationId }) => ({
      rule: 'lost',
      at,
      says: `${conversationId} ${eventId} never settled`,
    }));
  const twice = [...endsOf(told)]
    .filter(([, ids]) => ids.size > 1)
    .map(([root, ids]) => ({ rule: 'settled-once', at: 0, says: `${root} settled as ${ids.size} facts` }));
  return [...lost, ...twice];
}

/** Whatever is first told about a message after `MessageSettled` came too late. */
export function toldAfterTheEnd(told: readonly Told[]): Violation[] {
  const first = firstTellings(told);
  const fromOutside = new Set(
    first.filter(({ name }) => ENDED_FROM_OUTSIDE.includes(name)).map(({ rootEventId }) => rootEventId),
  );
  const ends = new Map<string, number>();
  for (const { name, rootEventId, order } of first)
    if (name === 'MessageSettled' && rootEventId !== null) ends.set(rootEventId, order);
  return first.flatMap(({ name, rootEventId, order, at, eventId, data }) => {
    // Where the route waits for the reply, its explanation is in nobody's branch (protocols §8).
    if (data.mode === 'tags_only') return [];
    const end = rootEventId === null || fromOutside.has(rootEventId) ? undefined : ends.get(rootEventId);
    return end === undefined || order <= end
      ? []
      : [{ rule: 'settled-last', at, says: `${name} ${eventId} after the end` }];
  });
}

/** Two copies of one event id may differ in `publishedAt` alone (protocols §1). */
export function contradictions(told: readonly Told[]): Violation[] {
  const known = new Map<string, string>();
  return told.flatMap(({ eventId, detail, name, at }) => {
    const content = detail.replace(/"publishedAt":"[^"]*"/, '');
    const before = known.get(eventId);
    known.set(eventId, before ?? content);
    return before === undefined || before === content
      ? []
      : [{ rule: 'same-bytes', at, says: `${name} ${eventId} was told in two ways` }];
  });
}
