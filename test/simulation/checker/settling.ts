/** Settled exactly once, or visibly given up; nothing told about a message after its end (protocols §7, interfaces §2). */
import { lossesIn } from './losses.ts';
import { blame, type Reading, type Violation } from './reading.ts';

const ROOTS = ['MessageReceived', 'MissedMessageDetected'];
/** After these a branch may still tell what it had decided: the message was ended over its head. */
const ENDED_FROM_OUTSIDE = ['MessageStalled', 'ReplyOutcomeUnclear', 'EscalationRaised'];

type Root = {
  readonly eventId: string;
  readonly at: number;
  readonly conversationId: string;
  /** The comment that it was about, where it named one. */
  readonly commentId: string | null;
};

/** Everything that was accepted or found: what a 200 named, and what was stated as a root. */
function rootsOf({ stories }: Reading): Root[] {
  const roots = new Map<string, Root>();
  for (const { conversationId, webhooks, told } of stories) {
    for (const { status, eventId, commentId, at } of webhooks)
      if (status === 200 && eventId !== null) roots.set(eventId, { eventId, at, conversationId, commentId });
    for (const { name, eventId, messageId, at } of told)
      if (ROOTS.includes(name))
        roots.set(eventId, {
          eventId,
          at,
          conversationId,
          commentId: messageId ?? roots.get(eventId)?.commentId ?? null,
        });
  }
  return [...roots.values()];
}

export function rootsWithoutEnd(reading: Reading): Root[] {
  const losses = lossesIn(reading);
  return rootsOf(reading).filter(
    (root) =>
      !(reading.byRoot.get(root.eventId) ?? []).some(({ name }) => name === 'MessageSettled') &&
      !losses.isForgotten(root),
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
      .map(({ at, conversationId }) => blame('settled-once', at, conversationId, `${root} settled again`, root)),
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
          blame('settled-last', at, conversationId, `${name} ${eventId} after the end`, end.rootEventId),
        )
    );
  });
}

/** Two copies of one event id may differ in `publishedAt` alone (protocols §1); what a rebuilt record tells has its keys in another order. */
export function contradictions({ published }: Reading): Violation[] {
  const known = new Map<string, string>();
  return published.flatMap(({ eventId, conversationId, detail, name, at }) => {
    const before = known.get(eventId);
    if (before === undefined) known.set(eventId, detail);
    return before === undefined || before === detail || contentOf(before) === contentOf(detail)
      ? []
      : [blame('same-bytes', at, conversationId, `${name} ${eventId} was told in two ways`)];
  });
}

function contentOf(detail: string): string {
  const { metadata, data } = JSON.parse(detail) as { metadata: Record<string, unknown>; data: unknown };
  const { publishedAt: _, ...rest } = metadata;
  // A root whose lost record a replay put again says so from then on: it is answered by nobody.
  const about = ROOTS.includes(String(rest.eventName)) ? { ...rest, replay: null } : rest;
  return JSON.stringify(sorted({ metadata: about, data }));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, part]): [string, unknown] => [key, sorted(part)]);
  return Object.fromEntries(entries.sort(([left], [right]) => (left < right ? -1 : 1)));
}
