/** Every fact is recorded, once; a replay of the archive reaches nobody (architecture §9). */
import { FACTS } from '../../../events/facts.ts';
import { blame, ofKind, type Reading, type Violation } from './reading.ts';

const REBUILT: readonly string[] = FACTS;

export function projectionMismatches(reading: Reading): Violation[] {
  const { account, told } = reading;
  const rows = new Map<string, number>();
  for (const eventId of account.trail) rows.set(eventId, (rows.get(eventId) ?? 0) + 1);
  const failures = lettersOfAuditor(account);
  const wrong = told.flatMap(({ eventId, conversationId, name, at }) => {
    const count = rows.get(eventId) ?? 0;
    rows.delete(eventId);
    if (count === 1 || (count === 0 && failures.some(({ body }) => body.includes(eventId)))) return [];
    return [blame('trail', at, conversationId, `${name} ${eventId} is recorded ${count} times`)];
  });
  const invented = [...rows.keys()].map((id) => blame('trail', 0, null, `${id} is recorded, never told`));
  return [...wrong, ...invented, ...unrecordedLive(reading)];
}

const lettersOfAuditor = ({ facts }: Reading['account']) =>
  ofKind(facts, 'failure').filter(({ target }) => target === 'auditor');

/**
 * What live traffic told and its auditor did not record, though a replay of the archive brings it back. With the trail itself goes
 * what was told until it was whole again, but for what a rebuild replays.
 */
function unrecordedLive({ account, told }: Reading): Violation[] {
  const { facts, trailOfLive } = account;
  if (trailOfLive === undefined) return [];
  const recorded = new Set(trailOfLive);
  const aloneSince = facts.findIndex((fact) => fact.kind === 'replay' && !fact.during);
  const lostUntil = ofKind(facts, 'loss')
    .filter(({ tables }) => tables.includes('audit_trail'))
    .reduce((latest, { until }) => Math.max(latest, until), Number.NEGATIVE_INFINITY);
  const failures = lettersOfAuditor(account);
  return told
    .filter(({ eventId, order }) => !recorded.has(eventId) && (aloneSince < 0 || order < aloneSince))
    .filter(({ name, at }) => at > lostUntil || REBUILT.includes(name))
    .filter(({ eventId }) => !failures.some(({ body }) => body.includes(eventId)))
    .map(({ eventId, name, conversationId, at }) =>
      blame('trail', at, conversationId, `${name} ${eventId} is recorded by a replay alone`),
    );
}

/**
 * A replay that reaches the helpdesk is one that a customer may see. Beside live traffic it may route what nobody had taken up
 * (architecture §3: facts derived in a recovery take the live path); it never answers, closes, or touches what was settled.
 */
export function replayWrites({ account: { facts }, byRoot }: Reading): Violation[] {
  const began = new Map(facts.flatMap((fact, order) => (fact.kind === 'replay' ? [[fact.name, order] as const] : [])));
  const aloneSince = facts.findIndex((fact) => fact.kind === 'replay' && !fact.during);
  const endOf = (root: string | null): number =>
    byRoot.get(root ?? '')?.find(({ name }) => name === 'MessageSettled')?.order ?? Number.POSITIVE_INFINITY;
  return facts.flatMap((fact, order) => {
    if (fact.kind !== 'tags' && fact.kind !== 'status' && fact.kind !== 'sent') return [];
    const isAlone = aloneSince >= 0 && order > aloneSince;
    const isForbidden = fact.kind === 'sent' || (fact.kind === 'status' && fact.status === 'closed');
    const isOver = fact.replay !== undefined && endOf(fact.replay.rootEventId) < (began.get(fact.replay.name) ?? order);
    return isAlone || (fact.replay !== undefined && (isForbidden || isOver))
      ? [blame('replay-write', fact.at, fact.conversationId, `${fact.kind} by ${fact.by}`)]
      : [];
  });
}
