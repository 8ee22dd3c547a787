/** Settled exactly once, or visibly given up; nothing told about a message after its end (protocols §7, interfaces §2). */
import type { Account } from '../facts.ts';
import { firstTellings, groupBy, ofKind, type Told, type Violation } from './reading.ts';

const ROOTS = ['MessageReceived', 'MissedMessageDetected'];
const GIVEN_UP_TAG = 'mw-error-needs-attention';
/** After these a branch may still tell what it had decided: the message was ended over its head. */
const ENDED_FROM_OUTSIDE = ['MessageStalled', 'ReplyOutcomeUnclear', 'EscalationRaised'];

export function unsettled({ facts, tickets }: Account, told: readonly Told[]): Violation[] {
  const settledIds = groupBy(
    told.filter(({ name }) => name === 'MessageSettled'),
    ({ rootEventId }) => rootEventId ?? '',
  );
  const failures = ofKind(facts, 'failure');
  const tagsOf = new Map(tickets.map(({ conversationId, tags }) => [conversationId, tags]));
  const roots = new Map<string, { at: number; conversationId: string }>();
  for (const { kind, ...webhook } of ofKind(facts, 'webhook'))
    if (webhook.status === 200 && webhook.eventId !== null) roots.set(webhook.eventId, webhook);
  for (const root of told)
    if (ROOTS.includes(root.name)) roots.set(root.eventId, { at: root.at, conversationId: root.conversationId ?? '' });
  return [...roots].flatMap(([eventId, { at, conversationId }]) => {
    const ids = new Set((settledIds.get(eventId) ?? []).map((settled) => settled.eventId));
    if (ids.size === 1) return [];
    if (ids.size > 1) return [{ rule: 'settled-once', at, says: `${conversationId} ${eventId} settled as ${ids.size} facts` }];
    const isGivenUp =
      failures.some(({ body }) => body.includes(eventId)) && tagsOf.get(conversationId)?.includes(GIVEN_UP_TAG);
    return isGivenUp ? [] : [{ rule: 'lost', at, says: `${conversationId} ${eventId} never settled` }];
  });
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
    return end === undefined || order <= end ? [] : [{ rule: 'settled-last', at, says: `${name} ${eventId} after the end` }];
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
