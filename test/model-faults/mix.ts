/** Which call goes wrong, and how: half of the messages meet a fault, and half of those another one after it. */
import { readFileSync } from 'node:fs';
import { decisionOf, verdictOf } from '../openai-stand-in/answers.ts';
import type { Behaviour } from '../openai-stand-in/behaviours.ts';
import type { Seen } from '../openai-stand-in/server.ts';
import type { Message } from './messages.ts';

const invalid = (adapter: 'classifier' | 'verifier'): Behaviour[] =>
  readFileSync(new URL(`../../functions/shared/${adapter}/openai/testdata/invalid.jsonl`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => ({ kind: 'answer', output: JSON.parse(line).text as string }));

const status = (code: number, retryAfter?: string): Behaviour => ({
  kind: 'status',
  status: code,
  ...(retryAfter !== undefined && { retryAfter }),
});

/** An answer that would be right, were it not late. */
const LATE: Behaviour = { kind: 'late', output: decisionOf(anyGood()), afterMs: 60_000 };

const OF_THE_WIRE: readonly Behaviour[] = [
  status(500),
  status(429),
  { kind: 'reset' },
  { kind: 'refusal' },
  { kind: 'incomplete' },
  status(503),
  { kind: 'hang' },
  { kind: 'content_filter' },
  { kind: 'broken_json' },
  status(429, '3'),
  { kind: 'cut_body' },
  { kind: 'no_text' },
  status(400),
  LATE,
  { kind: 'html' },
  status(429, '20'),
  { kind: 'two_texts', output: decisionOf(anyGood()) },
  { kind: 'failed', code: 'server_error' },
  status(401),
  { kind: 'other_json', body: { object: 'chat.completion', choices: [] } },
  status(502),
  { kind: 'failed', code: 'rate_limit_exceeded' },
  status(422),
  { kind: 'other_json', body: null },
  status(307),
  status(408),
  status(404),
  status(504),
  status(403),
  { kind: 'other_json', body: [] },
];

export const CLASSIFIER_FAULTS = [...OF_THE_WIRE, ...invalid('classifier')];
export const VERIFIER_FAULTS = [...OF_THE_WIRE, ...invalid('verifier')];

function anyGood() {
  return {
    intent: 'order_status_tracking',
    team: 'Email Support Team',
    template: 't_order_status_verified',
    tier: 'TIER_2_VERIFIED',
  } as const;
}

/** Is this the right answer to the message? */
export function isRight(behaviour: Behaviour, message: Message): boolean {
  return behaviour.kind === 'answer' && (behaviour.output === message.output || behaviour.output === ALLOWED);
}
const ALLOWED = verdictOf(true);
const DENIED = verdictOf(false);

/** @param outage  so many messages, from the first on, meet a vendor that is down */
export function behaviourFor(message: Message, { kind, attempt }: Seen, outage: number): Behaviour {
  if (message.index < outage) return status(503);
  const right: Behaviour = { kind: 'answer', output: kind === 'verify' ? ALLOWED : message.output };
  const faults = kind === 'verify' ? VERIFIER_FAULTS : CLASSIFIER_FAULTS;
  const fault = (of: number): Behaviour => faults[of % faults.length] ?? right;
  const turn = message.index - outage;
  if (kind === 'verify') {
    // Of the messages that come so far, one in seven of all, every third is denied and every third meets faults.
    const serial = Math.floor(turn / 7);
    if (serial % 3 === 1) return { kind: 'answer', output: DENIED };
    if (serial % 3 === 0) return right;
    return attempt === 1 || serial % 2 === 0 ? fault(Math.floor(serial / 3) * 2 + attempt) : right;
  }
  if (turn % 2 === 0) return right;
  const serial = Math.floor(turn / 2);
  if (attempt === 1) return fault(serial);
  return serial % 2 === 0 ? right : fault(serial * 7 + 3);
}
