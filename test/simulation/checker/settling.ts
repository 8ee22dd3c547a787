/** Settled exactly once, or visibly given up; nothing told about a message after its end (protocols §7, interfaces §2). */
import { blame, type Reading, type Violation } from './reading.ts';

const ROOTS = ['MessageReceived', 'MissedMessageDetected'];
/** After these a branch may still tell what it had decided: the message was ended over its head. */
const ENDED_FROM_OUTSIDE = ['MessageStalled', 'ReplyOutcomeUnclear', 'EscalationRaised'];

type Root = { readonly eventId: string; readonly at: number; readonly conversationId: string };

/** Everything that was accepted or found: what a 200 named, and what was stated as a root. */
function rootsOf({ stories }: Reading): Root[] {
  const roots = new Map<string, Root>();
  for (const { conversationId, webhooks, told } of stories) {
    for (const { status, eventId, at } of webhooks)
      if (status === 200 && eventId !== null) roots.set(eventId, { eventId, at, conversationId });
    for (const { name, eventId, at } of told)
      if (ROOTS.includes(name)) roots.set(eventId, { eventId, at, conversationId });
  }
  return [...roots.values()];
}

export function rootsWithoutEnd(reading: Reading): Root[] {
  return rootsOf(reading).filter(
    ({ eventId }) => !(reading.byRoot.get(eventId) ?? []).some(({ name }) => name === 'MessageSettled'),
  );
}

/** One `MessageSettled` for each root; or a failure queue holds it and its ticket says so. */
export function unsettled(reading: Reading): Violation[] {
  const lost = rootsWithoutEnd(reading)
    .filter(({ eventId, conversationId }) => !reading.isGivenUp(eventId, conversationId))
    .map(({ eventId, at, conversationId }) => blame('lost', at, conversationId, `${eventId} never settled`));
  const twice = [...reading.byRoot].flatMap(([root, told]) =>
    told
      .filter(({ name }) => name === 'MessageSettled')
      .slice(1)
      .map(({ at, conversationId }) => blame('settled-once', at, conversationId, `${root} settled again`)),
  );
  return [...lost, ...twice];
}

/** Whatever is first told about a message after `MessageSettled` came too late. */
export function toldAfterTheEnd({ byRoot }: Reading): Violation[] {
  return [...byRoot.values()].flatMap((told) => {
    const end = told.findLast(({ name }) => name === 'MessageSettled');
    if (!end || told.some(({ name }) => ENDED_FROM_OUTSIDE.includes(name))) return [];
    return (
      told
        // Where the route waits for the reply, its explanation is in nobody's branch (protocols §8).
        .filter(({ order, data }) => order > end.order && data.mode !== 'tags_only')
        .map(({ name, eventId, at, conversationId }) =>
          blame('settled-last', at, conversationId, `${name} ${eventId} after the end`),
        )
    );
  });
}

/** Two copies of one event id may differ in `publishedAt` alone (protocols §1). */
export function contradictions({ published }: Reading): Violation[] {
  const known = new Map<string, string>();
  return published.flatMap(({ eventId, conversationId, detail, name, at }) => {
    const before = known.get(eventId);
    if (before === undefined) known.set(eventId, detail);
    return before === undefined || before === detail || withoutStamp(before) === withoutStamp(detail)
      ? []
      : [blame('same-bytes', at, conversationId, `${name} ${eventId} was told in two ways`)];
  });
}

function withoutStamp(detail: string): string {
  return detail.replace(/"publishedAt":"[^"]*"/, '');
}
