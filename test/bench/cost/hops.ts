/** Hops over the bus between the webhook and the reply: on a real run, and in the topology at worst. Pure. */
import { CATALOGUE, type EventName } from '../../../events/catalogue.ts';
import type { AnyEvent } from '../../../events/define-event.ts';
import type { Topology } from '../../../stacks/topology-types.ts';

/** Issue 9: from webhook to reply. */
export const MOST_HOPS = 4;
const SENDER = 'responder-reply';

/** Events on the way from the root to the approval that the sender heard; 0 where nothing was approved. */
export function hopsOf(facts: readonly AnyEvent[]): number {
  const byId = new Map(facts.map((fact) => [fact.metadata.eventId, fact]));
  let hops = 0;
  let at = facts.find(({ metadata }) => metadata.eventName === 'ReplyApproved');
  while (at !== undefined) {
    hops += 1;
    const { causationId, eventId } = at.metadata;
    at = causationId === eventId || causationId === null ? undefined : byId.get(causationId);
  }
  return hops;
}

/** The longest way, without going in circles, over live rules from what the door states to the function that sends. */
export function longestWay({ rules }: Pick<Topology, 'rules'>, door = 'ingest'): EventName[] {
  const hearers = (name: EventName): string[] =>
    rules
      .filter(
        ({ pattern, replayPurpose, bus }) => bus === 'frontdesk' && replayPurpose === null && hears(pattern, name),
      )
      .map(({ target }) => target);
  const stated = (by: string): EventName[] =>
    (Object.keys(CATALOGUE) as EventName[]).filter((name) =>
      (CATALOGUE[name].producers as readonly string[]).includes(by),
    );
  let longest: EventName[] = [];
  const walk = (from: string, way: readonly EventName[], passed: readonly string[]): void => {
    if (from === SENDER && way.length > longest.length) longest = [...way];
    if (from === SENDER) return;
    for (const name of stated(from))
      for (const next of hearers(name)) if (!passed.includes(next)) walk(next, [...way, name], [...passed, next]);
  };
  walk(door, [], [door]);
  return longest;
}

/** A rule names its events at the top, or in one of several alternatives. */
function hears(pattern: unknown, name: EventName): boolean {
  const { 'detail-type': types, $or: alternatives } = Object(pattern) as Record<string, unknown>;
  if (Array.isArray(types)) return types.includes(name);
  return Array.isArray(alternatives) && alternatives.some((one) => hears(one, name));
}
