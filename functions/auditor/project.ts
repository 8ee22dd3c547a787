/** From a fact to its row in a conversation's timeline: keyed by the fact itself, so that doubles and disorder change nothing. Pure. */
import type { AnyEvent } from '../../events/define-event.ts';
import type { Item } from '../shared/store/language.ts';

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

/** `null` for a fact without a conversation. */
export function project({ metadata, data }: AnyEvent): Item | null {
  if (metadata.conversationId === null) return null;
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
  };
}
