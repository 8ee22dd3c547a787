/** From a fact to its row in a conversation's timeline: keyed by the fact itself, so that doubles and disorder change nothing. Pure. */
import type { AnyEvent } from '../../events/define-event.ts';
import { FACTS } from '../../events/facts.ts';
import { expiresAt } from '../shared/ledger/keys.ts';
import type { Item } from '../shared/store/language.ts';
import { TIMES } from '../shared/times.ts';

/** What the timeline of a conversation shows of a fact: codes and names, never a customer's words. */
const TOLD = [
  'primaryIntent',
  'tier',
  'department',
  'routeTag',
  'routingConfidence',
  'templateId',
  'templateCandidate',
  'reasonCode',
  'reasonCodes',
  'outcome',
  'settledBy',
  'endToEndMs',
  'verdict',
  'reason',
  'errorCode',
  'tagsAdded',
  'flag',
  'newValue',
] as const;

const KEPT: readonly string[] = FACTS;

/**
 * The row of the first generation, out of nothing but what every copy of the fact has in common. `null` for a fact without a
 * conversation, and for what the facts archive does not keep: it could not be rebuilt.
 */
export function project({ metadata, data }: AnyEvent): Item | null {
  if (metadata.conversationId === null || !KEPT.includes(metadata.eventName)) return null;
  const told = Object.fromEntries(
    TOLD.flatMap((name) => (data[name] === undefined || data[name] === null ? [] : [[name, data[name]]])),
  );
  return {
    model: `timeline#${metadata.conversationId}`,
    key: `${metadata.occurredAt}#${metadata.eventId}`,
    event_name: metadata.eventName,
    event_id: metadata.eventId,
    message_key: metadata.messageKey,
    root_event_id: metadata.rootEventId,
    hops: metadata.hops,
    channel: metadata.channel,
    told: told as Item,
    expires_at: expiresAt(Date.parse(metadata.occurredAt), TIMES.ttl.readModel),
  };
}
