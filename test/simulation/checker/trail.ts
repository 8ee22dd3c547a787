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

/**
 * A replay that reaches the helpdesk is one that a customer may see. Beside live traffic it may route what nobody had taken up
 * (architecture §3: facts derived in a recovery take the live path); it never answers, closes, or touches what was settled.
 */
export function replayWrites({ facts }: Account, told: readonly Told[]): Violation[] {
  const settled = new Map(
    told
      .flatMap(({ name, rootEventId, order }) => (name === 'MessageSettled' ? [[rootEventId, order] as const] : []))
      .reverse(),
  );
  const began = new Map(facts.flatMap((fact, order) => (fact.kind === 'replay' ? [[fact.name, order] as const] : [])));
  const aloneSince = facts.findIndex((fact) => fact.kind === 'replay' && !fact.during);
  return facts.flatMap((fact, order) => {
    if (fact.kind !== 'tags' && fact.kind !== 'status' && fact.kind !== 'sent') return [];
    const { replay } = fact;
    const isOver =
      replay !== undefined && (settled.get(replay.rootEventId) ?? order) < (began.get(replay.name) ?? order);
    const isItsWork =
      (aloneSince >= 0 && order > aloneSince) ||
      (replay !== undefined &&
        (isOver || fact.kind === 'sent' || (fact.kind === 'status' && fact.status === 'closed')));
    return isItsWork
      ? [{ rule: 'replay-write', at: fact.at, says: `${fact.kind} on ${fact.conversationId} by ${fact.by}` }]
      : [];
  });
}
