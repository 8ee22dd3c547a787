/** What may stand in a log line at run time: the types say it to the compiler, this says it to whatever got past them. */
import type { FunctionName } from '../../../events/words.ts';
import type { LogEvent, LogFields, MetricName } from './doors.ts';

const ALLOWED: Readonly<Record<keyof LogFields, true>> = {
  ticket_id: true,
  message_key: true,
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
  team: true,
  tier: true,
  template_id: true,
  confidence: true,
  margin: true,
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
/** One line of codes, ids and team names. */
const CODE = /^[A-Za-z0-9_\-:.@#/ ]*$/;

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

/** The stage a line belongs to (platform §6.1). */
export function stepOf(event: LogEvent, name: FunctionName): string {
  const [area = ''] = event.split('.');
  if (area === 'ingress') return 'ingress';
  if (area === 'consumer' || area === 'classify') return STEP_OF_FUNCTION[name] ?? 'system';
  return area;
}

const STEP_OF_FUNCTION: Partial<Record<FunctionName, string>> = {
  ingest: 'ingress',
  classify: 'classify',
  'order-lookup': 'order_lookup',
  verify: 'verify',
  'responder-route': 'responder',
  'responder-reply': 'responder',
  'responder-settle': 'responder',
  auditor: 'auditor',
};

/** The unit is the end of the name (platform §6.3). */
export function unitOf(metric: MetricName): 'Milliseconds' | 'Seconds' | 'Count' {
  if (metric.endsWith('_ms')) return 'Milliseconds';
  return metric.endsWith('_s') ? 'Seconds' : 'Count';
}

/** These are told apart by function (platform §6.3). */
export function isByFunction(metric: MetricName): boolean {
  return metric.startsWith('consumer.') || metric.startsWith('bus.');
}
