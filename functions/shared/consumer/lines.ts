/** Fields that every line about an event has. */
import type { Metadata } from '../../../events/envelope.ts';

export function about(metadata: Metadata) {
  return {
    ticket_id: metadata.conversationId,
    message_key: metadata.messageKey,
    conversation_seq: metadata.conversationSeq,
    event_id: metadata.eventId,
    event_name: metadata.eventName,
    causation_id: metadata.causationId,
    trace_id: metadata.correlationId,
    channel: metadata.channel,
    schema_version: metadata.schemaVersion,
    ...(metadata.replay !== null && { is_replay: true }),
  };
}
