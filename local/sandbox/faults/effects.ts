/** What each fault does to one request: instead of it, while it runs, or to its answer. */
import type { Bend } from '../api/context.ts';
import { isRecord, json, type SandboxResponse, type Wire } from '../http-types.ts';
import type { Fault } from './rules.ts';

/** How long a held answer waits when the rule names no time; longer than any client's patience (§13). */
const HOLD_MS = 120_000;

function numberOf(fault: Fault, name: string, otherwise: number): number {
  const value = fault.parameters[name];
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : otherwise;
}

/** An answer that takes the place of the call, which is then not executed. */
export function instead(fault: Fault, isWrite: boolean, now: number): SandboxResponse | undefined {
  const tooMany = { error: { message: 'Too many requests' } };
  switch (fault.name) {
    case 'rate429':
      return json(429, tooMany, { 'retry-after': String(numberOf(fault, 'retryAfter', 1)) });
    case 'rate429_noheader':
      return json(429, tooMany);
    case 'rate429_date': {
      const until = Math.ceil((now + numberOf(fault, 'retryAfter', 1) * 1000) / 1000) * 1000;
      return json(429, tooMany, { 'retry-after': new Date(until).toUTCString() });
    }
    case 'status':
      return failure(numberOf(fault, 'code', 500), fault.parameters.body);
    case 'timeout_before_write':
      return { ...failure(504, 'empty'), wire: { holdMs: numberOf(fault, 'ms', HOLD_MS) } };
    case 'noop_200':
      return isWrite ? json(200, { message: 'Ticket updated' }) : undefined;
    case 'auth_revoked':
      return json(401, { error: { message: 'Unauthorized' } });
    default:
      return undefined;
  }
}

function failure(code: number, form: unknown): SandboxResponse {
  if (form === 'empty') return { status: code, headers: {}, body: '' };
  if (form === 'html') {
    return {
      status: code,
      headers: { 'content-type': 'text/html' },
      body: `<html><body><h1>${code}</h1></body></html>`,
    };
  }
  return json(code, { message: 'Internal server error' });
}

/** What the execution itself has to do differently. */
export function bendOf(fault: Fault | undefined): Bend {
  switch (fault?.name) {
    case 'stale_read':
      return { staleMs: numberOf(fault, 'ms', 5_000) };
    case 'sent_not_visible':
      return { isHidden: true };
    case 'visible_not_sent':
      return { isUndelivered: true };
    default:
      return {};
  }
}

/** The answer after the call was executed. */
export function afterwards(fault: Fault, response: SandboxResponse, random: () => number): SandboxResponse {
  switch (fault.name) {
    case 'write_then_5xx':
      return failure(numberOf(fault, 'code', 500), fault.parameters.body);
    case 'write_then_timeout':
      return { ...response, wire: { holdMs: numberOf(fault, 'ms', HOLD_MS) } };
    case 'write_then_reset':
      return { ...response, wire: { reset: true } };
    case 'slow':
      return { ...response, wire: slowness(fault, random) };
    case 'malformed_json':
      return {
        ...response,
        status: 200,
        body: response.body.slice(0, Math.max(1, Math.floor(response.body.length / 2))),
      };
    case 'wrong_type':
      return fault.parameters.as === 'array'
        ? json(200, [])
        : { status: 200, headers: { 'content-type': 'text/html' }, body: '<html><body>ok</body></html>' };
    case 'empty_200':
      return { status: 200, headers: {}, body: '' };
    case 'missing_fields':
      return withoutFields(fault, response);
    default:
      return response;
  }
}

function slowness(fault: Fault, random: () => number): Wire {
  const ms = numberOf(fault, 'ms', 1_000) + Math.floor(random() * numberOf(fault, 'jitter', 0));
  return fault.parameters.part === 'body' ? { bodyDelayMs: ms } : { delayMs: ms };
}

const DROPPABLE = ['is_operator', 'via', 'customer_profile', 'comments'];

function withoutFields(fault: Fault, response: SandboxResponse): SandboxResponse {
  const { paths } = fault.parameters;
  const dropped = new Set(Array.isArray(paths) ? paths : DROPPABLE);
  if (!response.headers['content-type']?.startsWith('application/json')) return response;
  const strip = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(strip);
    if (!isRecord(value)) return value;
    const kept = Object.entries(value).filter(([key]) => !dropped.has(key));
    return Object.fromEntries(kept.map(([key, inner]) => [key, strip(inner)]));
  };
  return { ...response, body: JSON.stringify(strip(JSON.parse(response.body))) };
}
