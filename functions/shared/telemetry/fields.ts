/** What may stand in a log line at run time: the types say it to the compiler, this says it to whatever got past them. */
import type { LogFields } from './doors.ts';

const ALLOWED: Readonly<Record<keyof LogFields, true>> = {
  ticket_id: true,
  message_key: true,
  conversation_seq: true,
  event_id: true,
  event_name: true,
  causation_id: true,
  trace_id: true,
  idempotency_key: true,
  channel: true,
  result: true,
  reason_codes: true,
  error_code: true,
  intent: true,
  secondary_intents: true,
  team: true,
  tier: true,
  template_id: true,
  template_version: true,
  action: true,
  confidence: true,
  margin: true,
  model: true,
  prompt_version: true,
  schema_version: true,
  vendor: true,
  operation: true,
  latency_ms: true,
  retry_count: true,
  retry_after_s: true,
  http_status: true,
  is_replay: true,
  message_length: true,
  tokens_in: true,
  tokens_out: true,
  flag: true,
  count: true,
};

/** Ids in the codec are the longest things there are (platform §2.4). */
const MAX_CHARACTERS = 600;
/** One line of codes, ids and team names. An `@` stands before a version alone: no address passes. */
const CODE = /^[A-Za-z0-9_\-:.#/ ]*(@\d+(\.\d+)*)?$/;

/** Keeps known keys with scalar, code-like values; counts the rest. */
export function permitted(fields: LogFields): { readonly kept: Record<string, unknown>; readonly dropped: number } {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  const kept = entries.filter(([key, value]) => Object.hasOwn(ALLOWED, key) && isTellable(value));
  return { kept: Object.fromEntries(kept), dropped: entries.length - kept.length };
}

function isTellable(value: unknown): boolean {
  if (Array.isArray(value)) return value.every((part) => typeof part === 'string' && isTellable(part));
  if (typeof value === 'string') return value.length <= MAX_CHARACTERS && CODE.test(value);
  return value === null || typeof value === 'number' || typeof value === 'boolean';
}
