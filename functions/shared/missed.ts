/** "Does no claim hold it?": asked of a customer comment by the look and by the reconciler (protocols §2, §7). */
import { CATALOGUE } from '../../events/catalogue.ts';
import type { Metadata } from '../../events/envelope.ts';
import type { Base } from './container.ts';
import type { Envelope } from './envelopes.ts';
import { generationFrom } from './flags/flags.ts';
import { ulidOf, uuidV5 } from './ids.ts';
import { messageRecordKey } from './ledger/keys.ts';
import { putMessage, readMessage } from './ledger/messages.ts';
import type { Comment } from './ports.ts';
import { asProducer } from './producer.ts';
import { publish } from './publisher.ts';

/** What the root of a missed message cannot be told by its comment. */
export type Origin = Pick<Metadata, 'channel' | 'brandId' | 'replay'>;

/**
 * States `MissedMessageDetected` for a comment that no claim holds. Its producer puts the message record first, like ingest:
 * from then on the sweeper states it, if nobody does here.
 *
 * @returns `true` when nobody held it and this call put the record; throws when the bus did not take the fact
 */
export async function stateIfMissed(
  container: Base,
  conversationId: string,
  comment: Comment,
  origin: Origin,
): Promise<boolean> {
  const key = messageRecordKey(conversationId, comment.id);
  if (await readMessage(container, key)) return false;
  const generation = generationFrom(await container.flags.read(), container.clock.now());
  const root = missed(container, conversationId, comment, generation, origin);
  if (!(await putMessage(container, key, root, { key_kind: 'message', generation }))) return false;
  await publish(container, [root]);
  return true;
}

function missed(
  { clock, settings }: Base,
  conversationId: string,
  comment: Comment,
  generation: number,
  { channel, brandId, replay }: Origin,
): Envelope {
  const now = clock.now();
  const at = new Date(now).toISOString();
  const eventId = uuidV5(conversationId, comment.id, generation);
  const trace = eventId.replaceAll('-', '');
  return {
    metadata: {
      eventId,
      eventName: 'MissedMessageDetected',
      schemaVersion: CATALOGUE.MissedMessageDetected.version,
      occurredAt: at,
      publishedAt: at,
      conversationId,
      messageId: comment.id,
      messageKey: comment.id,
      intakeKey: comment.id,
      conversationSeq: null,
      brandId,
      hops: 0,
      correlationId: `trc_${ulidOf(now, eventId)}`,
      causationId: eventId,
      rootEventId: eventId,
      traceparent: `00-${trace}-${trace.slice(0, 16)}-01`,
      producer: asProducer(settings.functionName),
      release: settings.release,
      env: settings.env,
      channel,
      receivedAt: at,
      commentCreatedAt: null,
      replay,
      piiClass: CATALOGUE.MissedMessageDetected.pii,
      versions: {},
    },
    data: {
      detectedBy: settings.functionName === 'reconciler' ? 'reconciler' : 'look',
      ageSeconds: Math.max(0, Math.floor((now - comment.createdAt) / 1000)),
    },
  };
}
