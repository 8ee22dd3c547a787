/** Fault switches (§12.4): how they are written, and which request one of them hits. */
import { isRecord } from '../http-types.ts';

export const FAULTS = [
  'rate429',
  'rate429_noheader',
  'rate429_date',
  'status',
  'write_then_5xx',
  'write_then_timeout',
  'write_then_reset',
  'timeout_before_write',
  'slow',
  'malformed_json',
  'wrong_type',
  'empty_200',
  'stale_read',
  'noop_200',
  'sent_not_visible',
  'visible_not_sent',
  'missing_fields',
  'concurrent_agent_reply',
  'concurrent_customer_message',
  'auth_revoked',
] as const;
export type FaultName = (typeof FAULTS)[number];

export type Fault = { readonly name: FaultName; readonly parameters: Readonly<Record<string, unknown>> };

export type FaultRule = {
  readonly method: string | undefined;
  readonly path: RegExp | undefined;
  readonly ticketId: string | undefined;
  /** Only the n-th request that matches otherwise, counted from 1. */
  readonly nth: number | undefined;
  /** Every so many requests that match otherwise: with 10 the 10th, the 20th … */
  readonly every: number | undefined;
  readonly times: number | undefined;
  readonly probability: number | undefined;
  readonly fault: Fault;
  /** As it was given, for `GET /faults`. */
  readonly given: Readonly<Record<string, unknown>>;
  seen: number;
  hits: number;
};

/** A request as fault rules look at it. */
export type FaultTarget = { readonly method: string; readonly path: string; readonly ticketId: string | null };

/**
 * Reads one rule; a string says what is wrong. Parameters of a fault may stand beside its name in `fault`
 * (`{"name": "slow", "ms": 500}`, `{"slow": {"ms": 500}}`), in `params`, or beside `fault` in the rule.
 */
export function parseFaultRule(value: unknown): FaultRule | string {
  if (!isRecord(value)) return 'a fault rule is an object';
  const { match = {}, times, probability, fault, params, ...beside } = value;
  if (!isRecord(match)) return 'match is an object';
  const named = parseFault(fault, { ...beside, ...(isRecord(params) ? params : {}) });
  if (typeof named === 'string') return named;
  const { method, path, nth, every, ticketId } = match;
  if (method !== undefined && typeof method !== 'string') return 'match.method is a string';
  if (path !== undefined && typeof path !== 'string') return 'match.path is a string';
  if (ticketId !== undefined && typeof ticketId !== 'string') return 'match.ticketId is a string';
  if (nth !== undefined && !isCount(nth)) return 'match.nth is a whole number from 1';
  if (every !== undefined && !isCount(every)) return 'match.every is a whole number from 1';
  if (times !== undefined && !isCount(times)) return 'times is a whole number from 1';
  if (probability !== undefined && !(typeof probability === 'number' && probability >= 0 && probability <= 1)) {
    return 'probability is a number from 0 to 1';
  }
  const pattern = path === undefined ? undefined : patternOf(path);
  if (pattern === null) return 'match.path is no valid pattern';
  return {
    method: method?.toUpperCase(),
    path: pattern,
    ticketId,
    nth,
    every,
    times,
    probability: typeof probability === 'number' ? probability : undefined,
    fault: named,
    given: value,
    seen: 0,
    hits: 0,
  };
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1;
}

function parseFault(fault: unknown, beside: Readonly<Record<string, unknown>>): Fault | string {
  if (typeof fault === 'string') return toFault(fault, beside);
  if (!isRecord(fault)) return 'fault is a name or an object';
  const { name, kind, type, ...rest } = fault;
  const given = name ?? kind ?? type;
  if (typeof given === 'string') return toFault(given, { ...beside, ...rest });
  const only = Object.entries(fault)[0];
  if (only === undefined || Object.keys(fault).length !== 1) return 'fault names none';
  return toFault(only[0], { ...beside, ...(isRecord(only[1]) ? only[1] : {}) });
}

/** A fault by name; a string lists the known ones. */
export function toFault(name: string, parameters: Readonly<Record<string, unknown>> = {}): Fault | string {
  const known = FAULTS.find((one) => one === name);
  return known === undefined ? `unknown fault; known: ${FAULTS.join(', ')}` : { name: known, parameters };
}

/**
 * A path pattern: `*` is one segment, `**` any number, `:name` one segment; the whole path when it starts with `/v1`, else a part of it.
 * Text with `^`, `$`, `(`, `[`, `|`, `\` or `.*` is a regular expression. `null` when that is broken.
 */
function patternOf(text: string): RegExp | null {
  try {
    if (/[\^$([|\\]|\.\*/.test(text)) return new RegExp(text);
  } catch {
    return null;
  }
  const source = text
    .split('/')
    .map((part) =>
      part === '**' ? '.*' : part.startsWith(':') ? '[^/]+' : part.split('*').map(escapeRegExp).join('[^/]*'),
    )
    .join('/');
  return new RegExp(text.startsWith('/v1') ? `^${source}$` : source);
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** The first rule that hits the request; counts what it saw. */
export function hit(rules: readonly FaultRule[], target: FaultTarget, random: () => number): Fault | undefined {
  for (const rule of rules) {
    if (!looksAt(rule, target)) continue;
    rule.seen += 1;
    if (rule.nth !== undefined && rule.seen !== rule.nth) continue;
    if (rule.every !== undefined && rule.seen % rule.every !== 0) continue;
    if (rule.times !== undefined && rule.hits >= rule.times) continue;
    if (rule.probability !== undefined && random() >= rule.probability) continue;
    rule.hits += 1;
    return rule.fault;
  }
  return undefined;
}

function looksAt(rule: FaultRule, target: FaultTarget): boolean {
  if (rule.method !== undefined && rule.method !== target.method) return false;
  if (rule.ticketId !== undefined && rule.ticketId !== target.ticketId) return false;
  return rule.path === undefined || rule.path.test(target.path) || rule.path.test(decoded(target.path));
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
