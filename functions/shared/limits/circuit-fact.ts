/** States that a breaker opened or closed (platform §5.6). Belongs to no conversation. */
import { CATALOGUE } from '../../../events/catalogue.ts';
import type { VENDORS } from '../../../events/words.ts';
import type { Base } from '../container.ts';
import { codeOf } from '../errors.ts';
import { ulidOf, uuidV5 } from '../ids.ts';
import { publish } from '../publisher.ts';
import type { Change } from './breaker-state.ts';

/** The log line stands in any case: an answer that was paid for is not lost to a busy bus. */
export async function tellCircuit(
  base: Pick<Base, 'bus' | 'clock' | 'log' | 'metrics' | 'settings'>,
  vendor: (typeof VENDORS)[number],
  operationClass: string,
  { kind, errorRate, openUntil }: Change,
): Promise<void> {
  const { settings, log, metrics } = base;
  const at = new Date(base.clock.now()).toISOString();
  const name = kind === 'opened' ? 'CircuitOpened' : 'CircuitClosed';
  const eventId = uuidV5(vendor, operationClass, name, at);
  const trace = eventId.replaceAll('-', '');
  metrics.observe('vendor.circuit_open', kind === 'opened' ? 1 : 0);
  log(kind === 'opened' ? 'ERROR' : 'WARN', `system.circuit.${kind}`, { event_id: eventId });
  const metadata = {
    eventId,
    eventName: name,
    schemaVersion: CATALOGUE[name].version,
    occurredAt: at,
    publishedAt: at,
    conversationId: null,
    messageId: null,
    messageKey: null,
    intakeKey: null,
    conversationSeq: null,
    brandId: settings.brandId,
    hops: 0,
    correlationId: `trc_${ulidOf(Date.parse(at), eventId)}`,
    causationId: eventId,
    rootEventId: null,
    traceparent: `00-${trace}-${trace.slice(0, 16)}-01`,
    producer: settings.functionName,
    release: settings.release,
    env: settings.env,
    channel: 'unknown',
    receivedAt: null,
    commentCreatedAt: null,
    replay: null,
    piiClass: CATALOGUE[name].pii,
    versions: {},
  } as const;
  const data = {
    vendor,
    operationClass,
    errorRate,
    openUntil: openUntil === null ? null : new Date(openUntil).toISOString(),
  };
  try {
    await publish(base, [{ metadata, data }]);
  } catch (error) {
    log('ERROR', 'consumer.event.failed', { error_code: codeOf(error), event_id: eventId });
  }
}
