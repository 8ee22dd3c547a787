/** Publishing: strict schema, one detail-type a call, every entry's answer read (platform §11.1, protocols §2). */
import * as v from 'valibot';
import { CATALOGUE, isEventName } from '../../events/catalogue.ts';
import { MAX_DETAIL_BYTES, Metadata } from '../../events/envelope.ts';
import type { Base } from './container.ts';
import type { Envelope } from './envelopes.ts';
import { RetryableError } from './errors.ts';

/** `PutEvents` takes ten. */
const ENTRIES_A_CALL = 10;

/**
 * Publishes facts; every one is on the bus when it returns.
 *
 * @throws RetryableError when an entry was not taken; a fact that breaks its schema is a bug and throws plainly.
 */
export async function publish(container: Pick<Base, 'bus' | 'clock'>, envelopes: readonly Envelope[]): Promise<void> {
  const stamped = envelopes.map((envelope) => stamp(envelope, container.clock.now()));
  for (const group of byDetailType(stamped)) {
    for (let start = 0; start < group.length; start += ENTRIES_A_CALL) {
      const { failed } = await container.bus.putEvents(group.slice(start, start + ENTRIES_A_CALL));
      if (failed.length > 0) throw new RetryableError('publish_failed');
    }
  }
}

/** Throws on a fact that could not be published: asked before anything is stored, since stored bytes are published for good. */
export function assertPublishable(envelopes: readonly Envelope[], now: number): void {
  for (const envelope of envelopes) stamp(envelope, now);
}

function stamp(envelope: Envelope, now: number) {
  const { eventName } = envelope.metadata;
  if (!isEventName(eventName)) throw new Error('no such event');
  const definition = CATALOGUE[eventName];
  const metadata = { ...envelope.metadata, publishedAt: new Date(now).toISOString() };
  assertValid(Metadata, metadata, `${eventName}.metadata`);
  assertValid(definition.strict, envelope.data, `${eventName}.data`);
  if (!(definition.producers as readonly string[]).includes(metadata.producer))
    throw new Error(`${eventName} is not ${metadata.producer}'s to state`);
  const detail = JSON.stringify({ metadata, data: envelope.data });
  if (Buffer.byteLength(detail) > MAX_DETAIL_BYTES)
    throw new Error(`${eventName} is larger than ${MAX_DETAIL_BYTES} bytes`);
  return { source: `frontdesk.${metadata.producer}`, detailType: eventName, detail };
}

/** Names path and issue type only: issues quote their input. */
function assertValid(schema: v.GenericSchema, value: unknown, what: string): void {
  const result = v.safeParse(schema, value);
  if (result.success) return;
  const issue = result.issues[0];
  throw new Error(`${what} breaks its schema at ${v.getDotPath(issue) ?? '(root)'}: ${issue.type}`);
}

function byDetailType<E extends { readonly detailType: string }>(entries: readonly E[]): E[][] {
  const groups = new Map<string, E[]>();
  for (const entry of entries) groups.set(entry.detailType, [...(groups.get(entry.detailType) ?? []), entry]);
  return [...groups.values()];
}
