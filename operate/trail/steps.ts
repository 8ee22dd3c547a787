/** The facts of a message as steps: who stated each, what led to it, how long it took. Pure. */
import { tell } from './progress.ts';
import type { Fact } from './trail.ts';

export type FactStep = {
  readonly name: string;
  readonly eventId: string;
  readonly causationId: string;
  readonly producer: string;
  readonly occurredAt: string;
  readonly publishedAt: string;
  readonly hops: number;
  /** Name of the replay that it came about in. */
  readonly replay: string | null;
  /** What happened, in codes and names. */
  readonly says: string;
  /** Name of the fact that led to it; `null` of the first, and where that one is not recorded. */
  readonly causedBy: string | null;
  /** Since the fact that led to it; `null` without one. Clocks of two processes may disagree a little. */
  readonly sinceCauseMs: number | null;
  /** Since the first fact of the message. */
  readonly offsetMs: number;
};

/** In the order in which they came about, what settles last. */
export function factSteps(facts: readonly Fact[]): FactStep[] {
  const byId = new Map(facts.map((fact) => [fact.metadata.eventId, fact.metadata]));
  const began = Math.min(...facts.map(({ metadata }) => Date.parse(metadata.occurredAt)));
  return facts.map((fact) => {
    const { eventName, eventId, causationId, producer, occurredAt, publishedAt, hops, replay } = fact.metadata;
    const cause = causationId === eventId ? undefined : byId.get(causationId);
    const at = Date.parse(occurredAt);
    return {
      name: eventName,
      eventId,
      causationId,
      producer,
      occurredAt,
      publishedAt,
      hops,
      replay: replay?.name ?? null,
      says: tell(fact),
      causedBy: cause?.eventName ?? null,
      sinceCauseMs: cause === undefined ? null : Math.max(0, at - Date.parse(cause.occurredAt)),
      offsetMs: at - began,
    };
  });
}
