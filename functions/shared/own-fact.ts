/** A fact that belongs to no conversation and follows from no other: circuits, reconciliation, seals, deletions. */
import { CATALOGUE } from '../../events/catalogue.ts';
import type { DataOf } from '../../events/define-event.ts';
import type { FunctionName } from '../../events/words.ts';
import type { Base } from './container.ts';
import type { Envelope, Origin } from './envelopes.ts';
import { ulidOf, uuidV5 } from './ids.ts';
import { asProducer } from './producer.ts';

type Name =
  | 'CircuitOpened'
  | 'CircuitClosed'
  | 'ReconciliationCompleted'
  | 'DeadLettered'
  | 'AuditSealed'
  | 'RecordsDeleted';

/** @param about  what the event id is computed from, besides name and instant */
export function ownFact<N extends Name>(
  {
    clock,
    settings,
  }: Pick<Base, 'clock'> & { readonly settings: Omit<Origin, 'producer'> & { readonly functionName: FunctionName } },
  name: N,
  data: DataOf<(typeof CATALOGUE)[N]>,
  ...about: string[]
): Envelope {
  const now = clock.now();
  const at = new Date(now).toISOString();
  const eventId = uuidV5(...about, name, at);
  const trace = eventId.replaceAll('-', '');
  return {
    metadata: {
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
      correlationId: `trc_${ulidOf(now, eventId)}`,
      causationId: eventId,
      rootEventId: null,
      traceparent: `00-${trace}-${trace.slice(0, 16)}-01`,
      producer: asProducer(settings.functionName),
      release: settings.release,
      env: settings.env,
      channel: 'unknown',
      receivedAt: null,
      commentCreatedAt: null,
      replay: null,
      piiClass: CATALOGUE[name].pii,
      versions: {},
    },
    data: data as Envelope['data'],
  };
}
