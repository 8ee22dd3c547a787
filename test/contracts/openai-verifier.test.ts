/** The `openai` verifier over the real SDK against the stand-in (decisions §4). */
import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { afterEach, describe, expect, it } from 'vitest';
import { VerifierInput } from '../../events/decision.ts';
import type { VerifierRequest } from '../../functions/shared/ports.ts';
import { restrict } from '../../functions/shared/restricted.ts';
import { openAiVerifier } from '../../functions/shared/verifier/openai/openai.ts';
import { readVerdict } from '../../functions/shared/verifier/openai/verdict.ts';
import { decide } from '../../policy/decide.ts';
import { decisionInput, orderInput } from '../../policy/testing.ts';
import { verdictOf } from '../openai-stand-in/answers.ts';
import type { Behaviour } from '../openai-stand-in/behaviours.ts';
import { testParts } from '../openai-stand-in/parts.ts';
import { type StandIn, startStandIn } from '../openai-stand-in/server.ts';

const opened: StandIn[] = [];
afterEach(async () => {
  for (const standIn of opened.splice(0)) await standIn.close();
});

const TEXT = 'Where has my parcel got to, please?';
const REQUEST: VerifierRequest = {
  primaryIntent: 'order_status_tracking',
  channel: 'email',
  orderStateLabel: 'in_transit',
  deterministicOrderLink: true,
  text: restrict(TEXT),
  screenRuleIds: [],
  keywordIntents: ['order_status_tracking'],
  deniesReceipt: false,
  asksSomethingElse: false,
};

async function verify(behaviours: Behaviour[], change: Partial<VerifierRequest> = {}) {
  const standIn = await startStandIn(
    ({ attempt }) => behaviours[Math.min(attempt, behaviours.length) - 1] ?? { kind: 'hang' },
  );
  opened.push(standIn);
  const { spend, ...verdict } = await openAiVerifier(testParts(standIn.url)).verify({ ...REQUEST, ...change });
  expect(v.is(VerifierInput, verdict)).toBe(true);
  expect(standIn.objections).toEqual([]);
  return { verdict, spend, calls: standIn.told };
}
const says = (output: unknown): Behaviour => ({ kind: 'answer', output });

/** Whether the policy sends the status template on this verdict. */
function approves(verdict: VerifierInput, isMatched: boolean): boolean {
  const order = orderInput(isMatched ? {} : { deterministicMatch: 'false', matchCount: 0 });
  const { action, tier } = decide(decisionInput({ stage: 'approval', order, verifier: verdict }));
  return action === 'SEND_TEMPLATE' && tier === 2;
}

describe('pass is all of it together (decisions §4, §8.7)', () => {
  const both = [true, false];
  const rows = both.flatMap((allow) =>
    both.flatMap((isSure) =>
      both.flatMap((isOk) =>
        both.flatMap((isValid) =>
          both.flatMap((isMatched) =>
            both.map((isClean) => [allow, isSure, isOk, isValid, isMatched, isClean] as const),
          ),
        ),
      ),
    ),
  );
  it.each(rows)('allow %s, sure %s, OK %s, valid %s, matched %s, screen clean %s', async (...row) => {
    const [allow, isSure, isOk, isValid, isMatched, isClean] = row;
    const output = {
      ...verdictOf(true),
      allow_tier2: allow,
      confidence: isSure ? 0.8 : 0.79,
      reason_code: isOk ? 'OK' : 'TOO_AMBIGUOUS',
      ...(isValid ? {} : { approved: true }),
    };
    const text = isClean ? 'Where has my parcel got to, please?' : 'Where is it? My lawyer will sue you.';
    const { verdict } = await verify([says(output)], { text: restrict(text) });
    // The match is the order's of the same input, looked at after the verdict.
    expect(approves(verdict, isMatched)).toBe(row.every(Boolean));
  });
});

describe('what it is asked', () => {
  it('is the message in its marks, the proposed intent, the channel and a status label; nothing of the order', async () => {
    const { calls, spend } = await verify([says(verdictOf(true))]);
    expect(calls).toHaveLength(1);
    expect(calls[0]).toMatchObject({ kind: 'verify', message: TEXT });
    expect(calls[0]?.labels).toEqual({
      deterministic_order_link: true,
      proposed_primary_intent: 'order_status_tracking',
      channel: 'email',
      order_state_label: 'in_transit',
    });
    expect(calls[0]?.body.max_output_tokens).toBe(200);
    expect(spend?.calls).toBe(1);
  });

  it.each<[string, Partial<VerifierRequest>, object]>([
    [
      'no match',
      { deterministicOrderLink: false },
      { allow: false, reasonCode: 'DETERMINISTIC_MATCH_FALSE', downgradeTo: 'TIER_1_SAFE_ASSIST' },
    ],
    [
      'delivered, and the customer has nothing',
      { orderStateLabel: 'delivered', deniesReceipt: true },
      { allow: false, reasonCode: 'CONFLICTING_INTENT', downgradeTo: 'ROUTE_ONLY' },
    ],
    [
      'a strong hit of the screen',
      { text: restrict('I am filing a chargeback with my bank.') },
      { allow: false, reasonCode: 'ESCALATION_PRESENT', downgradeTo: 'TIER_0_ESCALATION' },
    ],
    ['no text any more', { text: null }, { allow: false, failure: 'permanent', confidence: null }],
  ])('%s: nobody is asked', async (_when, change, expected) => {
    const { verdict, calls } = await verify([says(verdictOf(true))], change);
    expect(verdict).toMatchObject(expected);
    expect(calls).toEqual([]);
  });
});

describe('what goes wrong denies', () => {
  it.each<[string, Behaviour[], string, number]>([
    ['a timeout twice', [{ kind: 'hang' }], 'timeout', 2],
    ['a server error twice', [{ kind: 'status', status: 500 }], 'server', 2],
    ['a refusal', [{ kind: 'refusal' }, says(verdictOf(true))], 'refusal', 1],
    ['a wrong key', [{ kind: 'status', status: 401 }, says(verdictOf(true))], 'permanent', 1],
    ['the output of the classifier', [says({ schema_version: 'mw_decision_v1' })], 'invalid', 2],
  ])('%s', async (_what, behaviours, failure, calls) => {
    const answer = await verify(behaviours);
    expect(answer.verdict).toMatchObject({ failure, allow: false, confidence: null });
    expect(answer.calls).toHaveLength(calls);
    expect(approves(answer.verdict, true)).toBe(false);
  });

  it('an error and then a verdict is a verdict', async () => {
    const { verdict, calls } = await verify([{ kind: 'reset' }, says(verdictOf(true))]);
    expect(verdict).toMatchObject({ failure: null, allow: true });
    expect(calls).toHaveLength(2);
  });

  const samples = readFileSync(
    new URL('../../functions/shared/verifier/openai/testdata/invalid.jsonl', import.meta.url),
    'utf8',
  );
  it.each(
    samples
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { name: string; text: string }),
  )('is no verdict: $name', ({ text }) => {
    expect(readVerdict(text)).toBeNull();
  });
});
