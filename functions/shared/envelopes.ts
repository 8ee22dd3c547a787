/** From a fact to an envelope: what the parent gives, what is derived, what is fresh. */
import { createHash } from 'node:crypto';
import type { CATALOGUE, EventName } from '../../events/catalogue.ts';
import { CATALOGUE as EVENTS } from '../../events/catalogue.ts';
import type { AnyEvent, DataOf } from '../../events/define-event.ts';
import type { Metadata } from '../../events/envelope.ts';
import type { FunctionName } from '../../events/words.ts';
import { uuidV5 } from './ids.ts';
import { asProducer } from './producer.ts';

export type Envelope = AnyEvent;

export type Origin = {
  readonly producer: FunctionName;
  readonly release: string;
  readonly env: string;
  readonly brandId: string;
};

/** A fact derived from another: `uuidv5(causation : name : generation [: discriminator])` (platform §11.2). */
export function derive<N extends EventName>(
  name: N,
  data: DataOf<(typeof CATALOGUE)[N]>,
  parent: Metadata,
  origin: Origin,
  options: {
    readonly now: number;
    readonly generation: number;
    readonly discriminator?: string;
    /** Overrides the derived id where protocols name another. */
    readonly eventId?: string;
    readonly about?: Partial<
      Pick<Metadata, 'messageId' | 'messageKey' | 'conversationSeq' | 'commentCreatedAt' | 'channel' | 'versions'>
    >;
  },
): Envelope {
  const at = new Date(options.now).toISOString();
  const parts = options.discriminator === undefined ? [] : [options.discriminator];
  return {
    metadata: {
      ...parent,
      ...options.about,
      eventId: options.eventId ?? uuidV5(parent.eventId, name, options.generation, ...parts),
      eventName: name,
      schemaVersion: EVENTS[name].version,
      occurredAt: at,
      publishedAt: at,
      hops: parent.hops + 1,
      causationId: parent.eventId,
      producer: asProducer(origin.producer),
      release: origin.release,
      env: origin.env,
      brandId: parent.brandId,
      piiClass: EVENTS[name].pii,
      versions: options.about?.versions ?? {},
    },
    data: data as Envelope['data'],
  };
}

/** Hash of a recorded input: SHA-256 over its JSON with sorted keys. */
export function inputHash(input: unknown): string {
  return createHash('sha256').update(canonicalJson(input)).digest('hex');
}

/** JSON with sorted keys, absent fields left out: equal values give equal text. */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  let parts = '';
  for (const key of Object.keys(value).sort()) {
    const part = (value as Readonly<Record<string, unknown>>)[key];
    if (part !== undefined) parts += `${parts === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(part)}`;
  }
  return `{${parts}}`;
}
