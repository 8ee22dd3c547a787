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
  const read = readEnvelope(delivery.detail);
  if ('cause' in read) return { ok: false, cause: read.cause };
  const { metadata, data } = read;
  const { eventName } = metadata;
  // First: whatever else is wrong with it, a letter of it is a stranger's word.
  if (delivery.source !== null && delivery.source !== `frontdesk.${metadata.producer}`)
    return { ok: false, cause: 'foreign_source' };
  if (!isEventName(eventName) || !consumes.includes(eventName)) return { ok: false, cause: 'not_consumed' };
  if (delivery.detailType !== null && delivery.detailType !== eventName) return { ok: false, cause: 'name_mismatch' };
  const definition = CATALOGUE[eventName];
  if (Number(metadata.schemaVersion.split('.')[0]) !== definition.major) return { ok: false, cause: 'unknown_major' };
  if (!(definition.producers as readonly string[]).includes(metadata.producer))
    return { ok: false, cause: 'foreign_producer' };
  if (metadata.hops > MAX_HOPS) return { ok: false, cause: 'too_many_hops' };
  if (hasEffects && now - Date.parse(metadata.occurredAt) > TIMES.refuseOlderThanMs)
    return { ok: false, cause: 'too_old' };
  if (data === null) return { ok: false, cause: 'invalid_data' };
  const marked = markReplay(metadata, delivery.replayName);
  if (!marked) return { ok: false, cause: 'unknown_replay' };
  return { ok: true, event: { metadata: marked, data } };
}

/** `data` is `null` where it is not what its name stands for. */
type ReadEnvelope =
  | { readonly metadata: Metadata; readonly data: Envelope['data'] | null }
  | { readonly cause: 'no_envelope' | 'invalid_metadata' };

/** What the bytes alone say, whoever reads them. Pure. */
export function readEnvelope(detail: unknown): ReadEnvelope {
  const whole = v.safeParse(v.object({ metadata: v.unknown(), data: v.unknown() }), detail);
  if (!whole.success) return { cause: 'no_envelope' };
  const metadata = v.safeParse(TolerantMetadata, whole.output.metadata);
  if (!metadata.success) return { cause: 'invalid_metadata' };
  const { eventName } = metadata.output;
  const data = isEventName(eventName) ? v.safeParse(CATALOGUE[eventName].tolerant, whole.output.data) : null;
  return { metadata: metadata.output, data: data?.success ? (data.output as Envelope['data']) : null };
}

/** The first consumer that sees a top-level `replay-name` marks the envelope; every derived event carries the mark on. */
function markReplay(metadata: Metadata, replayName: string | null): Metadata | null {
  if (metadata.replay !== null || replayName === null) return metadata;
  const purpose = REPLAY_PURPOSES.find((candidate) => replayName.startsWith(`${candidate}-`));
  return purpose ? { ...metadata, replay: { name: replayName, purpose, originalEventId: metadata.eventId } } : null;
}
