/** The envelope every event travels in (platform §11.2). */
import * as v from 'valibot';
import {
  Channel,
  Code,
  Count,
  FunctionName,
  Instant,
  ReplayPurpose,
  ResourceName,
  TraceId,
  Traceparent,
  Ulid,
  Uuid,
  VendorId,
  Version,
} from './fields.ts';

/** An envelope that has come further than this is refused (platform §5.3): Lambda's loop detection does not see EventBridge. */
export const MAX_HOPS = 12;
/** 32 KB, platform §11.1: far below the bus limit, so growth shows early. */
export const MAX_DETAIL_BYTES = 32 * 1024;

export const ReplayMarker = v.strictObject({
  name: ResourceName,
  purpose: ReplayPurpose,
  originalEventId: Uuid,
});

export const PII_CLASSES = ['L1', 'L2'] as const;

export const Metadata = v.strictObject({
  /** The dedup key; the platform's own `id` is never used. */
  eventId: Uuid,
  eventName: v.pipe(v.string(), v.regex(/^[A-Z][A-Za-z]{2,59}$/)),
  schemaVersion: v.pipe(v.string(), v.regex(/^[1-9][0-9]{0,2}\.[0-9]{1,3}$/)),
  /** Domain time, stable across retries and replays. */
  occurredAt: Instant,
  /** The only field in which two copies of one event id may differ. */
  publishedAt: Instant,
  /** `null` on facts that belong to no conversation (flags, circuits, replays, seals). */
  conversationId: v.nullable(VendorId),
  messageId: v.nullable(VendorId),
  /** The resolved customer message id, else the intake key; `null` where there is no conversation. */
  messageKey: v.nullable(VendorId),
  /** Suffix of the message record's key (platform §2.4 L1), constant for a message. */
  intakeKey: v.nullable(VendorId),
  /** ULID of the comment's own time (protocols §3); `null` on `MessageReceived`. */
  conversationSeq: v.nullable(Ulid),
  brandId: ResourceName,
  /** The parent's + 1; parking and republishing do not count. */
  hops: Count,
  correlationId: TraceId,
  /** The parent's event id; a root names itself. */
  causationId: Uuid,
  /** The event id under which the message entered; `MessageSettled` and every ledger record of it hang on this one. */
  rootEventId: v.nullable(Uuid),
  traceparent: Traceparent,
  producer: FunctionName,
  release: Version,
  env: Code,
  channel: Channel,
  /** Intake time of the root message, copied forward for the age guards. */
  receivedAt: v.nullable(Instant),
  /** `created_at` of the comment being decided; the age guards use the older of the two (protocols §9). */
  commentCreatedAt: v.nullable(Instant),
  replay: v.nullable(ReplayMarker),
  piiClass: v.picklist(PII_CLASSES),
  versions: v.strictObject({
    prompt: v.optional(Version),
    decisionSchema: v.optional(Version),
    template: v.optional(Version),
    thresholds: v.optional(Version),
    calibration: v.optional(Version),
    model: v.optional(Version),
  }),
});
export type Metadata = v.InferOutput<typeof Metadata>;
