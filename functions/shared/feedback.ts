/** What an agent said by tag, stated once for a ticket and a tag: by ingest, where a webhook tells it, else by the reconciler. */
import { CATALOGUE } from '../../events/catalogue.ts';
import type { Feedback } from '../../events/feedback.ts';
import type { Channel } from '../../events/words.ts';
import type { Base } from './container.ts';
import type { Envelope } from './envelopes.ts';
import { generationFrom } from './flags/flags.ts';
import { ulidOf, uuidV5 } from './ids.ts';
import { expiresAt, feedbackKey, nowSeconds } from './ledger/keys.ts';
import { asProducer } from './producer.ts';
import { publish } from './publisher.ts';
import { all, any, eq, firstWriter } from './store/language.ts';
import { TIMES } from './times.ts';

export type Tagged = {
  readonly conversationId: string;
  readonly channel: Channel;
  /** When the tag was set, as near as can be told; epoch milliseconds. */
  readonly appliedAt: number;
};
export type StatedFeedback = { readonly eventId: string; readonly isNew: boolean };

/**
 * Puts the record, publishes, notes that it is published. Who finds the record without that note publishes its bytes again;
 * throws when the bus did not take the fact.
 */
export async function stateFeedback(container: Base, feedback: Feedback, tagged: Tagged): Promise<StatedFeedback> {
  const now = container.clock.now();
  const key = feedbackKey(tagged.conversationId, feedback.code);
  const generation = generationFrom(await container.flags.read(), now);
  const fact = factOf(container, feedback, tagged, generation);
  const stored = JSON.stringify(fact);
  const expires_at = expiresAt(now, TIMES.ttl.feedback);
  const isNew = await container.store.put(
    'idempotency',
    { key, status: 'RECEIVED', event_id: fact.metadata.eventId, root: stored, expires_at },
    any(firstWriter('key', nowSeconds(now)), all(eq('root', stored), eq('status', 'RECEIVED'))),
  );
  const held = isNew ? null : await container.store.get('idempotency', { key });
  const eventId = String(held?.event_id ?? fact.metadata.eventId);
  // A ticket that is looked at for longer than the record lives keeps its record.
  if (held?.status === 'SETTLED') {
    await container.store.change('idempotency', { key }, { set: { expires_at } }, eq('status', 'SETTLED'));
    return { eventId, isNew: false };
  }
  await publish(container, [held === null ? fact : (JSON.parse(String(held.root)) as Envelope)]);
  await container.store.change('idempotency', { key }, { set: { status: 'SETTLED' } }, eq('event_id', eventId));
  return { eventId, isNew };
}

function factOf({ clock, settings }: Base, feedback: Feedback, tagged: Tagged, generation: number): Envelope {
  const now = clock.now();
  const at = new Date(now).toISOString();
  // Not of the producer: whoever sees the tag first states the one fact.
  const eventId = uuidV5(tagged.conversationId, 'AgentFeedbackReceived', feedback.code, generation);
  const trace = eventId.replaceAll('-', '');
  return {
    metadata: {
      eventId,
      eventName: 'AgentFeedbackReceived',
      schemaVersion: CATALOGUE.AgentFeedbackReceived.version,
      occurredAt: at,
      publishedAt: at,
      conversationId: tagged.conversationId,
      // A tag stands on a ticket: which message it is about is for the reader to tell.
      messageId: null,
      messageKey: null,
      intakeKey: null,
      conversationSeq: null,
      brandId: settings.brandId,
      hops: 0,
      correlationId: `trc_${ulidOf(now, eventId)}`,
      causationId: eventId,
      rootEventId: null,
      traceparent: `00-${trace}-${trace.slice(0, 16)}-01`,
      producer: asProducer(settings.functionName),
      release: settings.release,
      env: settings.env,
      channel: tagged.channel,
      receivedAt: null,
      commentCreatedAt: null,
      replay: null,
      piiClass: CATALOGUE.AgentFeedbackReceived.pii,
      versions: {},
    },
    data: {
      tagCodes: [feedback.code],
      ...(feedback.team === null ? {} : { correctDepartment: feedback.team }),
      // Clocks differ: what has not happened yet was not set.
      appliedAt: new Date(Math.min(tagged.appliedAt, now)).toISOString(),
    },
  };
}
