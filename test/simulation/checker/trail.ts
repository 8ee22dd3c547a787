/** Every fact is recorded, once; a replay of the archive reaches nobody (architecture §9). */
import { blame, ofKind, type Reading, type Violation } from './reading.ts';

export function projectionMismatches({ account, told }: Reading): Violation[] {
  const rows = new Map<string, number>();
  for (const eventId of account.trail) rows.set(eventId, (rows.get(eventId) ?? 0) + 1);
  const failures = ofKind(account.facts, 'failure').filter(({ target }) => target === 'auditor');
  const wrong = told.flatMap(({ eventId, conversationId, name, at }) => {
    const count = rows.get(eventId) ?? 0;
    rows.delete(eventId);
    if (count === 1 || (count === 0 && failures.some(({ body }) => body.includes(eventId)))) return [];
    return [blame('trail', at, conversationId, `${name} ${eventId} is recorded ${count} times`)];
  });
  return [...wrong, ...[...rows.keys()].map((id) => blame('trail', 0, null, `${id} is recorded, never told`))];
}

/** A replay that reaches the helpdesk is one that a customer may see. */
export function replayWrites({ account: { facts } }: Reading): Violation[] {
  const began = facts.findIndex(({ kind }) => kind === 'replay');
  if (began < 0) return [];
  return facts
    .slice(began)
    .flatMap((fact) =>
      fact.kind === 'tags' || fact.kind === 'status' || fact.kind === 'sent'
        ? [blame('replay-write', fact.at, fact.conversationId, `${fact.kind} by ${fact.by}`)]
        : [],
    );
}
