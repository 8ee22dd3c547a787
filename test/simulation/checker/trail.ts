/** Every fact is recorded, once; a replay of the archive reaches nobody (architecture §9). */
import type { Account } from '../facts.ts';
import { firstTellings, ofKind, type Told, type Violation } from './reading.ts';

export function projectionMismatches({ facts, trail }: Account, told: readonly Told[]): Violation[] {
  const rows = new Map<string, number>();
  for (const eventId of trail) rows.set(eventId, (rows.get(eventId) ?? 0) + 1);
  const failures = ofKind(facts, 'failure').filter(({ target }) => target === 'auditor');
  return firstTellings(told).flatMap(({ eventId, name, at }) => {
    const count = rows.get(eventId) ?? 0;
    if (count === 1 || (count === 0 && failures.some(({ body }) => body.includes(eventId)))) return [];
    return [{ rule: 'trail', at, says: `${name} ${eventId} is recorded ${count} times` }];
  });
}

/** A replay that reaches the helpdesk is one that a customer may see. */
export function replayWrites({ facts }: Account): Violation[] {
  const began = facts.findIndex(({ kind }) => kind === 'replay');
  if (began < 0) return [];
  return facts
    .slice(began)
    .flatMap((fact) =>
      fact.kind === 'tags' || fact.kind === 'status' || fact.kind === 'sent'
        ? [{ rule: 'replay-write', at: fact.at, says: `${fact.kind} on ${fact.conversationId} by ${fact.by}` }]
        : [],
    );
}
