/** What may stand in a log line at run time: the types say it to the compiler, this says it to whatever got past them. */
import type { LogFields } from './doors.ts';

/** Every key of a line, with what it says (platform §4.4, §6.1). */
export const LOG_FIELDS: Readonly<Record<keyof LogFields, string>> = {
  ticket_id: 'Conversation of the helpdesk.',
  message_key: "Id of the customer's comment, else of the intake.",
  conversation_seq: 'Its place in the order of the conversation.',
  event_id: 'Id of the fact that is handled or stated.',
  event_name: 'Its name.',
  causation_id: 'Id of the fact that led to it.',
  trace_id: 'The correlation id of the envelope: one per message.',
  idempotency_key: 'Key of the record that holds repeats off.',
  channel: 'Normalised channel.',
  result: '`success`, `failed`, `blocked`, `skipped`, `retry` or `timeout`.',
  reason_codes: 'Why something was or was not done; the deciding one first.',
  error_code: 'Our code of what went wrong; never a foreign message.',
  intent: 'Primary intent.',
  secondary_intents: 'Other intents.',
  team: 'Team of the route.',
  tier: 'Tier of the decision.',
  template_id: 'Template that is sent, or would be.',
  template_version: 'Its version.',
  action: '`route_only` or `send_reply`.',
  confidence: 'Confidence of the routing, two decimals.',
  margin: 'Distance to the next intent, two decimals.',
  model: 'Model that was asked.',
  prompt_version: 'Version of its prompt.',
  schema_version: 'Version of the event.',
  vendor: 'Vendor that was called.',
  operation: 'What of it.',
  latency_ms: 'How long it took.',
  retry_count: 'Attempts after the first.',
  retry_after_s: 'Seconds until the next attempt.',
  http_status: "Status of the vendor's answer, or of ours.",
  is_replay: 'The event comes out of a replay, or follows from one.',
  message_length: 'Characters of a message.',
  tokens_in: 'Tokens of the question.',
  tokens_out: 'Tokens of the answer.',
  flag: 'Name of a flag.',
  count: 'How many.',
};

/** Ids in the codec are the longest things there are (platform §2.4). */
const MAX_CHARACTERS = 600;
/** One line of codes, ids and team names. */
const CODE = /^[A-Za-z0-9_\-:.@#/ ]*$/;

/** Keeps known keys with scalar, code-like values; counts the rest. */
export function permitted(fields: LogFields): { readonly kept: Record<string, unknown>; readonly dropped: number } {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  const kept = entries.filter(([key, value]) => Object.hasOwn(LOG_FIELDS, key) && isTellable(value));
  return { kept: Object.fromEntries(kept), dropped: entries.length - kept.length };
}

function isTellable(value: unknown): boolean {
  if (Array.isArray(value)) return value.every((part) => typeof part === 'string' && isTellable(part));
  if (typeof value === 'string') return value.length <= MAX_CHARACTERS && CODE.test(value);
  return value === null || typeof value === 'number' || typeof value === 'boolean';
}
