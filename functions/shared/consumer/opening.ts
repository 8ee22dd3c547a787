/** From a delivery to an event that can be trusted: envelope, name, major, producer, hops, age, data, replay mark. */
import * as v from 'valibot';
import { CATALOGUE, type EventName, isEventName } from '../../../events/catalogue.ts';
import { TolerantMetadata } from '../../../events/define-event.ts';
import { MAX_HOPS, type Metadata } from '../../../events/envelope.ts';
import { REPLAY_PURPOSES } from '../../../events/words.ts';
import type { Envelope } from '../envelopes.ts';
import { TIMES } from '../times.ts';
import type { Delivery } from './delivery.ts';

type Opened = { readonly ok: true; readonly event: Envelope } | { readonly ok: false; readonly cause: string };

/** Is it an envelope that this consumer may read? All that is not, with its cause (ruling 10). */
export function openDelivery(
  consumes: readonly EventName[],
  delivery: Delivery,
  now: number,
  hasEffects: boolean,
): Opened {
  const detail = v.safeParse(v.object({ metadata: v.unknown(), data: v.unknown() }), delivery.detail);
  if (!detail.success) return { ok: false, cause: 'no_envelope' };
  const parsed = v.safeParse(TolerantMetadata, detail.output.metadata);
  if (!parsed.success) return { ok: false, cause: 'invalid_metadata' };
  const metadata = parsed.output;
  const { eventName } = metadata;
  if (!isEventName(eventName) || !consumes.includes(eventName)) return { ok: false, cause: 'not_consumed' };
  if (delivery.detailType !== null && delivery.detailType !== eventName) return { ok: false, cause: 'name_mismatch' };
  const definition = CATALOGUE[eventName];
  if (Number(metadata.schemaVersion.split('.')[0]) !== definition.major) return { ok: false, cause: 'unknown_major' };
  if (!(definition.producers as readonly string[]).includes(metadata.producer))
    return { ok: false, cause: 'foreign_producer' };
  if (metadata.hops > MAX_HOPS) return { ok: false, cause: 'too_many_hops' };
  if (hasEffects && now - Date.parse(metadata.occurredAt) > TIMES.refuseOlderThanMs)
    return { ok: false, cause: 'too_old' };
  const data = v.safeParse(definition.tolerant, detail.output.data);
  if (!data.success) return { ok: false, cause: 'invalid_data' };
  const marked = markReplay(metadata, delivery.replayName);
  if (!marked) return { ok: false, cause: 'unknown_replay' };
  return { ok: true, event: { metadata: marked, data: data.output as Envelope['data'] } };
}

/** The first consumer that sees a top-level `replay-name` marks the envelope; every derived event carries the mark on. */
function markReplay(metadata: Metadata, replayName: string | null): Metadata | null {
  if (metadata.replay !== null || replayName === null) return metadata;
  const purpose = REPLAY_PURPOSES.find((candidate) => replayName.startsWith(`${candidate}-`));
  return purpose ? { ...metadata, replay: { name: replayName, purpose, originalEventId: metadata.eventId } } : null;
}
