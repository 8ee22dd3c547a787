/** From a fact to rows of the read models: keyed by the fact itself, so that doubles and disorder change nothing. Pure. */
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

/** One row of the index of facts, and one of the timeline where there is a conversation. */
export function project(fact: AnyEvent): Item[] {
  const { metadata, data } = fact;
  const rows: Item[] = [{ model: 'facts', key: `${metadata.eventName}#${metadata.eventId}` }];
  if (metadata.conversationId === null) return rows;
  const told = Object.fromEntries(
    TOLD.flatMap((name) => (data[name] === undefined || data[name] === null ? [] : [[name, data[name]]])),
  );
  rows.push({
    model: `timeline#${metadata.conversationId}`,
    key: `${metadata.occurredAt}#${metadata.eventId}`,
    event_name: metadata.eventName,
    event_id: metadata.eventId,
    message_key: metadata.messageKey,
    root_event_id: metadata.rootEventId,
    hops: metadata.hops,
    channel: metadata.channel,
    told: told as Item,
  });
  return rows;
}
