/** What the body says: fields that we know, checked; the others are dropped (platform §3.1). Pure; values are never echoed. */
import * as v from 'valibot';
import type { AuthMethod } from '../../events/auth-methods.ts';
import { type Feedback, feedbackIn } from '../../events/feedback.ts';
import type { Channel } from '../../events/words.ts';
import { normaliseChannel } from '../shared/helpdesk/channels.ts';
import { decodeEntities } from '../shared/helpdesk/html.ts';
import { encodeVendorId } from '../shared/vendor-ids.ts';
import { TOKEN_FIELD } from './auth/body-token.ts';
import type { Refusal } from './request.ts';
import { strictObject } from './strict-json.ts';

/** Triggers that mean "a customer wrote". */
export const TRIGGERS: readonly string[] = ['customer_message', 'conversation_created'];

/** Trigger that means "an agent set a feedback tag" (platform §9.6). */
export const FEEDBACK_TRIGGER = 'agent_feedback';

/** A number that JSON cannot hold exactly would stand for several tickets. */
const Id = v.union([v.string(), v.pipe(v.number(), v.safeInteger())]);
const Body = v.object({
  ticket_id: v.optional(v.nullable(Id)),
  conversation_id: v.optional(v.nullable(Id)),
  event_type: v.optional(v.nullable(v.string())),
  trigger: v.optional(v.nullable(v.string())),
  sent_at: v.optional(v.nullable(v.string())),
  message_id: v.optional(v.nullable(Id)),
  channel: v.optional(v.nullable(v.string())),
  message: v.optional(v.nullable(v.string())),
  /** Of a feedback webhook: one tag, a list of them, or several with commas between. */
  tag: v.optional(v.nullable(v.string())),
  tags: v.optional(v.nullable(v.union([v.string(), v.array(v.string())]))),
});

export type Webhook = {
  readonly conversationId: string;
  readonly trigger: string;
  readonly sentAt: string | null;
  readonly messageId: string | null;
  readonly channel: Channel;
  /** In memory for a keyed digest only. */
  readonly message: string | null;
  /** What its tags say, of a feedback webhook; a tag that is no feedback is dropped. */
  readonly feedback: readonly Feedback[];
  /** The whole payload but the token: for a keyed digest and a count, and nothing else. */
  readonly payload: Readonly<Record<string, unknown>>;
};

export function readWebhook(
  bytes: Uint8Array,
  method: AuthMethod,
): { readonly ok: true; readonly webhook: Webhook } | { readonly ok: false; readonly refusal: Refusal } {
  const payload = withoutToken(strictObject(bytes), method);
  if (!payload) return { ok: false, refusal: { status: 400, error: 'invalid_json' } };
  const body = v.safeParse(Body, payload);
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
      feedback: trigger === FEEDBACK_TRIGGER ? feedbackIn(tagsOf(output)) : [],
      payload,
    },
  };
}

function tagsOf({ tag, tags }: v.InferOutput<typeof Body>): string[] {
  const list = typeof tags === 'string' ? tags.split(',') : (tags ?? []);
  return tag ? [...list, tag] : [...list];
}

function withoutToken(
  payload: Readonly<Record<string, unknown>> | null,
  method: AuthMethod,
): Readonly<Record<string, unknown>> | null {
  if (payload === null || method !== 'body_token') return payload;
  const { [TOKEN_FIELD]: _, ...rest } = payload;
  return rest;
}

/** A template engine may escape for HTML: whoever reads lists knows the plain id, and one ticket must have one ledger. */
function encoded(raw: string | number | null | undefined): string | null {
  if (raw === null || raw === undefined || raw === 'null') return null;
  const id = decodeEntities(String(raw));
  // Half a surrogate pair has no bytes of its own: two such ids would be one.
  return id.isWellFormed() ? encodeVendorId(id) : null;
}

const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)$/;

/** `null` for anything but an ISO time with a zone: a template may leave anything there, and a webhook is not lost over it. */
function instantOf(text: string | null | undefined): string | null {
  const time = text && ISO.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isFinite(time)) return null;
  const instant = new Date(time).toISOString();
  // A zone can carry the year 0 or 9999 into one that facts do not know.
  return /^\d{4}-/.test(instant) ? instant : null;
}
