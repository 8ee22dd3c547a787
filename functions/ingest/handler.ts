/**
 * Makes a webhook durable and publishes it: record, publish, 200 (protocols §2). Mints no order, never calls a vendor.
 */
import * as v from 'valibot';
import type { AuthMethod } from '../../events/auth-methods.ts';
import { CATALOGUE } from '../../events/catalogue.ts';
import { cached } from '../shared/cached.ts';
import type { Container } from '../shared/container.ts';
import { canonicalJson, type Envelope } from '../shared/envelopes.ts';
import { codeOf } from '../shared/errors.ts';
import { stateFeedback } from '../shared/feedback.ts';
import { generationFrom } from '../shared/flags/flags.ts';
import { messageRecordKey } from '../shared/ledger/keys.ts';
import { putMessage, readMessage } from '../shared/ledger/messages.ts';
import { publish } from '../shared/publisher.ts';
import { absent, all, type Item, ne } from '../shared/store/language.ts';
import type { IngressResult } from '../shared/telemetry/metrics.ts';
import { CAPS } from '../shared/times.ts';
import type { Authenticate } from './auth/authenticator.ts';
import { activeSecrets, authenticator } from './auth/secrets.ts';
import { type IntakeKey, intakeKey, withDiscriminator } from './intake-key.ts';
import { admit, bytesOf, contentTypeIsAccepted, HttpEvent, type Refusal } from './request.ts';
import { mintWay, type Way } from './way.ts';
import { readWebhook, TRIGGERS, type Webhook } from './webhook.ts';

export type IngestContainer = Container<'secrets' | 'digests'>;
type Answer = { readonly statusCode: number; readonly headers: Record<string, string>; readonly body: string };

/** The one method of this stage (platform §3.2), and who lets in by it; throws where no secret is usable. */
type Door = { readonly method: AuthMethod; readonly keeper: () => Promise<Authenticate> };

/** Answers 200 only when the message is durable and published. */
export function ingest(container: IngestContainer): (payload: unknown) => Promise<Answer> {
  const door: Door = {
    method: container.config.webhook.auth[container.settings.env],
    keeper: cached(container.clock, container.waits.secretCacheMs, async () =>
      authenticator(door.method, activeSecrets(await container.secrets.read('richpanel/webhook_token'))),
    ),
  };
  return async (payload) => {
    const began = container.clock.monotonic();
    const way = mintWay(container);
    return container.trace('ingest', {}, (annotate) => answered(container, door, payload, way, began, annotate), {
      ...way,
      isRoot: true,
    });
  };
}

async function answered(
  container: IngestContainer,
  door: Door,
  payload: unknown,
  way: Way,
  began: number,
  annotate: (more: { readonly result: string }) => void,
): Promise<Answer> {
  container.log('INFO', 'ingress.request.received', { trace_id: way.correlationId });
  const event = v.safeParse(HttpEvent, payload);
  const ended = event.success
    ? await receive(container, door, event.output, way)
    : refused({ status: 400, error: 'invalid_payload' });
  const { result, answer } = ended;
  const latency = container.clock.monotonic() - began;
  if (answer.statusCode >= 400 && answer.statusCode < 500) {
    container.log('WARN', 'ingress.request.rejected', {
      trace_id: way.correlationId,
      result: 'blocked',
      http_status: answer.statusCode,
      error_code: result,
      latency_ms: Math.round(latency),
    });
    container.metrics.count('ingress.rejected_total', 1, result);
  }
  container.metrics.count('ingress.requests_total', 1, result);
  container.metrics.observe('ingress.ack_latency_ms', latency);
  annotate({ result });
  return answer;
}

async function receive(
  container: IngestContainer,
  { method, keeper }: Door,
  event: HttpEvent,
  way: Way,
): Promise<Ended> {
  const inadmissible = admit(event, method);
  if (inadmissible) return refused(inadmissible);
  try {
    const read = await container.trace('ingest.validate', {}, () => validated(container, method, keeper, event));
    if (!read.ok) return refused(read.refusal);
    const { feedback, trigger } = read.webhook;
    if (feedback.length > 0)
      return await container.trace('ingest.publish', {}, () => takeFeedback(container, read.webhook));
    if (!TRIGGERS.includes(trigger)) return ended('ignored', { status: 'ignored' });
    return await container.trace('ingest.publish', {}, () => take(container, read.webhook, method, way));
  } catch (error) {
    container.log('ERROR', 'ingress.publish.failed', { trace_id: way.correlationId, error_code: codeOf(error) });
    container.metrics.count('ingress.publish_failed_total');
    return { result: 'failed', answer: answer(500, { error: 'internal_error' }) };
  }
}

async function validated(
  container: IngestContainer,
  method: AuthMethod,
  keeper: Door['keeper'],
  event: HttpEvent,
): Promise<ReturnType<typeof readWebhook>> {
  const { headers, rawPath: path, rawQueryString: query } = event;
  const body = bytesOf(event);
  const authenticate = await keeper();
  const slot = authenticate({ headers, path, query, body, now: container.clock.now() });
  if (slot === null) {
    container.metrics.count('ingress.auth_invalid_total');
    return { ok: false, refusal: { status: 401, error: 'unauthorized' } };
  }
  container.metrics.observe('ingress.auth_token_slot', slot);
  if (!contentTypeIsAccepted(event)) return { ok: false, refusal: { status: 415, error: 'unsupported_media_type' } };
  return readWebhook(body, method);
}

/** Puts the record and publishes; a hit merges, republishes or counts a duplicate. */
async function take(container: IngestContainer, webhook: Webhook, authMethod: AuthMethod, way: Way): Promise<Ended> {
  const now = container.clock.now();
  const digester = await container.digests();
  const first = intakeKey(webhook, now, container.waits.bucketMs, (content) => digester.digest('intake', content));
  const generation = generationFrom(await container.flags.read(), now);
  for (let discriminator = 0; discriminator <= CAPS.mergeDiscriminators; discriminator += 1) {
    const key = withDiscriminator(first, discriminator);
    const recordKey = messageRecordKey(webhook.conversationId, key.messageKey);
    const payloadFingerprint = digester.digest('payload', canonicalJson(webhook.payload));
    const root = rootOf(container, webhook, key, now, way, { authMethod, payloadFingerprint });
    const extra: Item = {
      key_kind: key.kind,
      generation,
      ...(key.kind === 'bucket' ? { last_webhook_at: now } : {}),
    };
    if (await putMessage(container, recordKey, root, extra)) return announce(container, root);
    const record =
      key.kind === 'bucket' ? await merge(container, recordKey, now) : await readMessage(container, recordKey);
    if (record) return duplicate(container, record, now);
    if (key.kind !== 'bucket') throw new Error('a record that refused a put is not there');
  }
  throw new Error('no discriminator left');
}

/** What an agent said is no message: nobody is asked to look at the ticket. */
async function takeFeedback(container: IngestContainer, webhook: Webhook): Promise<Ended> {
  const { conversationId, channel, sentAt, feedback } = webhook;
  const appliedAt = sentAt === null ? container.clock.now() : Date.parse(sentAt);
  const stated = [];
  for (const one of feedback) stated.push(await stateFeedback(container, one, { conversationId, channel, appliedAt }));
  const first = stated.find(({ isNew }) => isNew);
  for (const { eventId } of stated.filter(({ isNew }) => isNew))
    container.log('INFO', 'ingress.publish.success', {
      event_id: eventId,
      event_name: 'AgentFeedbackReceived',
      ticket_id: conversationId,
      result: 'success',
    });
  if (first !== undefined) return ended('accepted', { status: 'accepted', event_id: first.eventId });
  container.metrics.count('ingress.duplicates_total');
  return ended('duplicate', { status: 'duplicate', event_id: stated[0]?.eventId ?? '' });
}

/** Its failure, `null`, is the news that the merge came too late: somebody has looked, or the record is over. */
function merge(container: IngestContainer, key: string, now: number): Promise<Item | null> {
  return container.store.update(
    'idempotency',
    { key },
    { set: { last_webhook_at: now } },
    all(ne('status', 'SETTLED'), ne('status', 'DEAD'), absent('looked_at')),
  );
}

async function announce(container: IngestContainer, root: Envelope): Promise<Ended> {
  const { eventId, conversationId, messageKey, correlationId, channel, schemaVersion } = root.metadata;
  await publish(container, [root]);
  container.log('INFO', 'ingress.publish.success', {
    event_id: eventId,
    event_name: root.metadata.eventName,
    causation_id: eventId,
    trace_id: correlationId,
    ticket_id: conversationId,
    message_key: messageKey,
    idempotency_key: messageRecordKey(conversationId ?? '', messageKey ?? ''),
    channel,
    schema_version: schemaVersion,
    result: 'success',
  });
  return ended('accepted', { status: 'accepted', event_id: eventId });
}

async function duplicate(container: IngestContainer, record: Item, now: number): Promise<Ended> {
  container.log('INFO', 'ingress.request.duplicate', { event_id: String(record.event_id ?? ''), result: 'skipped' });
  container.metrics.count('ingress.duplicates_total');
  if (record.status === 'RECEIVED' && now - Number(record.received_at) > container.waits.republishAfterMs) {
    await publish(container, [JSON.parse(String(record.root)) as Envelope]);
    container.log('WARN', 'ingress.publish.republished', { event_id: String(record.event_id ?? '') });
    container.metrics.count('ingress.republished_total');
  }
  return ended('duplicate', {
    status: 'duplicate',
    event_id: String(record.event_id ?? record.root_event_id ?? ''),
  });
}

function rootOf(
  container: IngestContainer,
  webhook: Webhook,
  key: IntakeKey,
  now: number,
  way: Way,
  proof: { readonly authMethod: AuthMethod; readonly payloadFingerprint: string },
): Envelope {
  const { ids, settings } = container;
  const at = new Date(now).toISOString();
  const eventId = ids.uuidV7(now);
  return {
    metadata: {
      eventId,
      eventName: 'MessageReceived',
      schemaVersion: CATALOGUE.MessageReceived.version,
      occurredAt: at,
      publishedAt: at,
      conversationId: webhook.conversationId,
      messageId: key.kind === 'message' ? key.messageKey : null,
      messageKey: key.messageKey,
      intakeKey: key.messageKey,
      conversationSeq: null,
      brandId: settings.brandId,
      hops: 0,
      correlationId: way.correlationId,
      causationId: eventId,
      rootEventId: eventId,
      traceparent: way.traceparent,
      producer: 'ingest',
      release: settings.release,
      env: settings.env,
      channel: webhook.channel,
      receivedAt: at,
      commentCreatedAt: null,
      replay: null,
      piiClass: 'L2',
      versions: {},
    },
    data: {
      eventType: 'customer_message',
      trigger: webhook.trigger,
      keyKind: key.kind,
      hasInlineText: webhook.message !== null,
      ...proof,
      payloadFieldCount: Object.keys(webhook.payload).length,
      ...(webhook.sentAt ? { sentAt: webhook.sentAt } : {}),
    },
  };
}

/** How a request ended, and what it is answered. */
type Ended = { readonly result: IngressResult; readonly answer: Answer };

const refused = ({ status, error }: Refusal): Ended => ({ result: error, answer: answer(status, { error }) });
const ended = (result: IngressResult, body: Record<string, string>): Ended => ({ result, answer: answer(200, body) });

function answer(statusCode: number, body: Record<string, string>): Answer {
  return { statusCode, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
