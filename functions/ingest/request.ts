/** The webhook as it comes: checks of platform §3.3 that look at the request alone. Pure. */
import { createHash, timingSafeEqual } from 'node:crypto';
import * as v from 'valibot';
import type { Channel } from '../../events/words.ts';
import { normaliseChannel } from '../shared/helpdesk/channels.ts';
import { decodeEntities } from '../shared/helpdesk/html.ts';
import { encodeVendorId } from '../shared/vendor-ids.ts';

/** Subset of API Gateway's HTTP event, payload 2.0. */
export const HttpEvent = v.object({
  rawPath: v.string(),
  headers: v.record(v.string(), v.optional(v.string())),
  body: v.optional(v.nullable(v.string())),
  isBase64Encoded: v.optional(v.boolean(), false),
  requestContext: v.object({ http: v.object({ method: v.string() }) }),
});
export type HttpEvent = v.InferOutput<typeof HttpEvent>;

export const PATHS = ['/webhook', '/richpanel/inbound'] as const;
/** 32 KB, platform §3.3. */
export const MAX_BODY_BYTES = 32 * 1024;
/** Triggers that mean "a customer wrote". */
export const TRIGGERS: readonly string[] = ['customer_message', 'conversation_created'];

export type Refusal = { readonly status: number; readonly error: string };

/** Method, path and size: before anything is believed. */
export function admit(event: HttpEvent): Refusal | null {
  if (!(PATHS as readonly string[]).includes(event.rawPath)) return { status: 404, error: 'not_found' };
  if (event.requestContext.http.method !== 'POST') return { status: 405, error: 'method_not_allowed' };
  if (Number(event.headers['content-length'] ?? 0) > MAX_BODY_BYTES || bodyOf(event).byteLength > MAX_BODY_BYTES)
    return { status: 413, error: 'payload_too_large' };
  return null;
}

function bodyOf(event: HttpEvent): Buffer {
  return Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
}

/**
 * Slot of the token that matched, 0 = newest; `null` when none does. Every active token is compared, in constant time.
 */
export function tokenSlot(event: HttpEvent, activeTokens: readonly string[]): number | null {
  const given = event.headers['x-richpanel-webhook-token'] || event.headers['x-middleware-token'] || '';
  const digest = (text: string) => createHash('sha256').update(text).digest();
  let slot: number | null = null;
  activeTokens.forEach((token, index) => {
    if (timingSafeEqual(digest(given), digest(token)) && slot === null && given !== '') slot = index;
  });
  return slot;
}

export function contentTypeIsAccepted(event: HttpEvent): boolean {
  const type = event.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  return (
    type === undefined || type === '' || type === 'text/plain' || type === 'application/json' || type.endsWith('+json')
  );
}

const Text = v.union([v.string(), v.number()]);
const Body = v.object({
  ticket_id: v.optional(v.nullable(Text)),
  conversation_id: v.optional(v.nullable(Text)),
  event_type: v.optional(v.nullable(v.string())),
  trigger: v.optional(v.nullable(v.string())),
  sent_at: v.optional(v.nullable(v.string())),
  message_id: v.optional(v.nullable(Text)),
  channel: v.optional(v.nullable(v.string())),
  message: v.optional(v.nullable(v.string())),
});

export type Webhook = {
  readonly conversationId: string;
  readonly trigger: string;
  readonly sentAt: string | null;
  readonly messageId: string | null;
  readonly channel: Channel;
  /** In memory for a keyed digest only. */
  readonly message: string | null;
  readonly fields: Readonly<Record<string, unknown>>;
};

/** Reads the body; values are never echoed. */
export function readWebhook(
  event: HttpEvent,
): { readonly ok: true; readonly webhook: Webhook } | { readonly ok: false; readonly refusal: Refusal } {
  const json = parseObject(bodyOf(event).toString('utf8'));
  if (!json) return { ok: false, refusal: { status: 400, error: 'invalid_json' } };
  const body = v.safeParse(Body, json);
  if (!body.success) return { ok: false, refusal: { status: 400, error: 'invalid_payload' } };
  const { output } = body;
  const conversationId = encoded(output.ticket_id) ?? encoded(output.conversation_id);
  const trigger = (output.event_type ?? output.trigger)?.trim();
  if (!conversationId || !trigger) return { ok: false, refusal: { status: 400, error: 'invalid_payload' } };
  return {
    ok: true,
    webhook: {
      conversationId,
      trigger,
      sentAt: instantOf(output.sent_at),
      messageId: encoded(output.message_id),
      channel: normaliseChannel(output.channel ?? null),
      message: output.message?.trim() ? output.message : null,
      fields: json,
    },
  };
}

/** A template engine may escape for HTML: whoever reads lists knows the plain id, and one ticket must have one ledger. */
function encoded(raw: string | number | null | undefined): string | null {
  return raw === null || raw === undefined || raw === 'null' ? null : encodeVendorId(decodeEntities(String(raw)));
}

function instantOf(text: string | null | undefined): string | null {
  const time = text ? Date.parse(text) : Number.NaN;
  return Number.isFinite(time) ? new Date(time).toISOString() : null;
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === 'object' && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
