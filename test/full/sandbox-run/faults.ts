/** Every fault switch of reference §12.4 at random, as rules of one shop. */
import { FAULTS, type FaultName, type FaultRule, parseFaultRule } from '../../../local/sandbox/faults/rules.ts';

const SEND = { method: 'PUT', path: '/v1/tickets/*/send-message' };
const UPDATE = { method: 'PUT', path: '/v1/tickets/*' };
const WRITE = { method: 'PUT' };
const READ = { method: 'GET', path: '/v1/tickets/*' };

/** Longer than any client waits (reference §13). */
const HELD_MS = 40_000;

type Given = {
  readonly match?: Readonly<Record<string, unknown>>;
  readonly probability: number;
  readonly fault: object;
};
const RULES: readonly Given[] = [
  { probability: 0.004, fault: { name: 'rate429', retryAfter: 3 } },
  { probability: 0.003, fault: { name: 'rate429_noheader' } },
  { probability: 0.003, fault: { name: 'rate429_date', retryAfter: 4 } },
  { probability: 0.002, fault: { name: 'status', code: 500 } },
  { probability: 0.002, fault: { name: 'status', code: 502, body: 'html' } },
  { probability: 0.002, fault: { name: 'status', code: 503, body: 'empty' } },
  { probability: 0.002, fault: { name: 'status', code: 504 } },
  { probability: 0.004, fault: { name: 'slow', ms: 500, jitter: 6_000 } },
  { probability: 0.003, fault: { name: 'slow', ms: 500, jitter: 6_000, part: 'body' } },
  { probability: 0.004, fault: { name: 'malformed_json' } },
  { probability: 0.002, fault: { name: 'wrong_type' } },
  { probability: 0.002, fault: { name: 'wrong_type', as: 'array' } },
  { probability: 0.004, fault: { name: 'empty_200' } },
  { match: READ, probability: 0.01, fault: { name: 'stale_read', ms: 5_000 } },
  { match: READ, probability: 0.004, fault: { name: 'missing_fields' } },
  {
    match: READ,
    probability: 0.004,
    fault: { name: 'missing_fields', paths: ['is_operator', 'isOperator', 'sender_type'] },
  },
  { match: READ, probability: 0.004, fault: { name: 'missing_fields', paths: ['comments'] } },
  { match: READ, probability: 0.006, fault: { name: 'concurrent_agent_reply' } },
  { match: READ, probability: 0.004, fault: { name: 'concurrent_agent_reply', afterMs: 400 } },
  { match: READ, probability: 0.006, fault: { name: 'concurrent_customer_message' } },
  { match: SEND, probability: 0.03, fault: { name: 'sent_not_visible' } },
  { match: SEND, probability: 0.03, fault: { name: 'visible_not_sent' } },
  { match: SEND, probability: 0.03, fault: { name: 'write_then_5xx', code: 502, body: 'html' } },
  { match: SEND, probability: 0.03, fault: { name: 'write_then_timeout', ms: HELD_MS } },
  { match: SEND, probability: 0.03, fault: { name: 'write_then_reset' } },
  { match: SEND, probability: 0.03, fault: { name: 'timeout_before_write', ms: HELD_MS } },
  { match: SEND, probability: 0.03, fault: { name: 'noop_200' } },
  { match: SEND, probability: 0.03, fault: { name: 'rate429', retryAfter: 2 } },
  { match: SEND, probability: 0.02, fault: { name: 'concurrent_customer_message' } },
  { match: SEND, probability: 0.02, fault: { name: 'concurrent_agent_reply' } },
  { match: UPDATE, probability: 0.02, fault: { name: 'sent_not_visible' } },
  { match: UPDATE, probability: 0.02, fault: { name: 'visible_not_sent' } },
  { match: UPDATE, probability: 0.02, fault: { name: 'noop_200' } },
  { match: WRITE, probability: 0.01, fault: { name: 'write_then_5xx' } },
  { match: WRITE, probability: 0.008, fault: { name: 'write_then_timeout', ms: HELD_MS } },
  { match: WRITE, probability: 0.008, fault: { name: 'write_then_reset' } },
  { match: WRITE, probability: 0.006, fault: { name: 'timeout_before_write', ms: HELD_MS } },
  { match: WRITE, probability: 0.01, fault: { name: 'noop_200' } },
];

const parsed = (given: object): FaultRule => {
  const rule = parseFaultRule(given);
  if (typeof rule === 'string') throw new Error(rule);
  return rule;
};

export const randomRules = (): FaultRule[] => RULES.map(parsed);
/** The vendor is down; the vendor takes the key away. They end when the rules are taken back. */
export const outageRules = (): FaultRule[] => [parsed({ fault: { name: 'status', code: 503, body: 'html' } })];
export const revokingRules = (): FaultRule[] => [parsed({ fault: 'auth_revoked', times: 1 })];

export function hitsOf(rules: readonly FaultRule[]): Map<FaultName, number> {
  const counts = new Map<FaultName, number>(FAULTS.map((name) => [name, 0]));
  for (const { fault, hits } of rules) counts.set(fault.name, (counts.get(fault.name) ?? 0) + hits);
  return counts;
}
