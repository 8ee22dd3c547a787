import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SHIPPED } from '../../../config/shipped.testing.ts';
import type { ReasonCode, TemplateId } from '../../../events/words.ts';
import { VendorError } from '../../../functions/shared/errors.ts';
import type { OpenAiTransport } from '../../../functions/shared/openai/transport.ts';
import { figuresOf } from '../figures.ts';
import { RECORDED_ROWS_FILE } from '../options.ts';
import { linesOf } from '../rows/lines.ts';
import { isInvalid, parseLine } from '../rows/row.ts';
import { messageOf, run } from '../run.ts';
import { openAiSystem } from '../system/classifiers.ts';
import { outcomeOf } from '../system/outcome.ts';
import { settingOf } from '../system/setting.ts';
import { judge, type Message } from '../system/system.ts';
import { noGaps, unlessUnrecorded } from './gaps.ts';
import { planned, recorded } from './record.ts';
import { NotRecorded, recordedTransport } from './recorded.ts';
import { type Recording, readRecordings } from './recordings.ts';

const setting = await settingOf(SHIPPED);
const over = (transport: OpenAiTransport) => openAiSystem(setting, transport);
const recordings = readRecordings();

async function rows(): Promise<Map<string, Message>> {
  const messages = new Map<string, Message>();
  for await (const line of linesOf(RECORDED_ROWS_FILE)) {
    const row = parseLine(line);
    if (row !== null && !isInvalid(row)) messages.set(row.id, messageOf(row));
  }
  return messages;
}
const messages = await rows();
const messageWith = (id: string): Message => messages.get(id) ?? expect.fail(`no row ${id}`);

async function evaluated(system: ReturnType<typeof over>) {
  const gaps = noGaps();
  const ran = await run(system, {
    data: RECORDED_ROWS_FILE,
    split: 'all',
    watchesAll: false,
    gaps,
    onInvalid: () => {},
    onProgress: () => {},
  });
  return { ran, gaps, figures: figuresOf(ran) };
}

const answer = (text: string) => ({
  status: 'completed',
  output: [{ type: 'message', content: [{ type: 'output_text', text }] }],
  usage: { input_tokens: 1_000, output_tokens: 100 },
});
const DECISION = {
  schema_version: 'mw_decision_v1',
  language: 'en',
  primary_intent: 'cancel_order',
  secondary_intents: [],
  intent_scores: [{ intent: 'cancel_order', score: 0.9 }],
  routing: { destination_team: 'Email Support Team', confidence: 0.9, needs_manual_triage: false, tags: [] },
  automation: {
    tier: 'TIER_1_SAFE_ASSIST',
    action: 'SEND_TEMPLATE',
    template_id: 't_cancel_order_ack_intake',
    confidence: 0.9,
    requires_deterministic_match: false,
  },
  risk: { flags: [], force_human: false },
  clarifying_questions: [],
  notes_for_agent: 'the customer lives at 1 Main Street',
};

describe('the recorded rows', () => {
  it('are all authored, answered by fresh recordings, and break no invariant', async () => {
    const { transport, realShare } = recordedTransport(recordings);
    const { gaps, figures } = await evaluated(over(transport));
    expect({ unrecorded: gaps.unrecorded, stale: [...gaps.stale] }).toEqual({ unrecorded: 0, stale: [] });
    expect(figures).toMatchObject({
      n: messages.size,
      invalidOutputs: 0,
      tier0: { falseNegatives: 0, falsePositives: 0 },
      tier2: { approvedWrong: 0, unmatched: 0 },
      replies: { unsafe: 0 },
    });
    expect(realShare()).toBe(0);
  });

  it.each<{ id: string; when: string; tier: 0 | 1 | 2 | null; template: TemplateId | null; code: ReasonCode }>([
    {
      id: 'rec-001',
      when: 'the verifier agrees',
      tier: 2,
      template: 't_order_status_verified',
      code: 'tier2_verified',
    },
    {
      id: 'rec-004',
      when: 'the verifier sees a second question',
      tier: null,
      template: null,
      code: 'tier2_verifier_failed',
    },
    { id: 'rec-005', when: 'the verifier is 0.79 sure', tier: null, template: null, code: 'tier2_verifier_failed' },
    {
      id: 'rec-006',
      when: 'the verifier contradicts itself',
      tier: null,
      template: null,
      code: 'tier2_verifier_failed',
    },
    {
      id: 'rec-011',
      when: 'the model recommends Tier 3',
      tier: 1,
      template: 't_cancel_order_ack_intake',
      code: 'tier3_disabled',
    },
    { id: 'rec-025', when: 'only the model sees a threat', tier: 0, template: null, code: 'tier0_always_handoff' },
    { id: 'rec-027', when: 'the message is Spanish', tier: null, template: null, code: 'language_unsupported' },
    {
      id: 'rec-028',
      when: 'the model suspects an injection',
      tier: null,
      template: null,
      code: 'tier0_always_handoff',
    },
    {
      id: 'rec-030',
      when: 'the primary is not among the scores',
      tier: null,
      template: null,
      code: 'ambiguous_margin',
    },
  ])('$id: $when', async ({ id, tier, template, code }) => {
    const judged = await judge(over(recordedTransport(recordings).transport), messageWith(id));
    expect(outcomeOf(judged)).toMatchObject({ tier, template });
    expect(judged.last.reasonCodes).toContain(code);
  });
});

describe('a recording', () => {
  const message = messageWith('rec-001');
  const changed = (part: Partial<Recording>): Recording[] =>
    recordings.map((one) => (one.id.startsWith('rec-001/') ? { ...one, ...part } : one));

  it('of another prompt is stale, and named', async () => {
    const gaps = noGaps();
    const system = over(recordedTransport(changed({ promptSha256: 'f'.repeat(64) })).transport);
    expect(await unlessUnrecorded(gaps, () => judge(system, message))).toBeNull();
    expect(gaps).toEqual({ unrecorded: 0, stale: new Set(['rec-001/mw_decision_v1']) });
  });

  it('that is not there is counted, and nothing falls back on it', async () => {
    const system = over(recordedTransport([]).transport);
    await expect(judge(system, message)).rejects.toThrow(NotRecorded);
    const gaps = noGaps();
    expect(await unlessUnrecorded(gaps, () => judge(system, message))).toBeNull();
    expect(gaps.unrecorded).toBe(1);
  });

  it('holds no text of its row', () => {
    const all = JSON.stringify(recordings);
    for (const { comments } of messages.values()) expect(all).not.toContain(comments[0]);
  });
});

describe('making recordings', () => {
  const message: Message = { ...messageWith('rec-011'), id: 'new' };
  const today = '2026-01-31';

  it('keeps what the reader needs, without the note, and answers the same question again', async () => {
    const calls: unknown[] = [];
    const ask: OpenAiTransport = async (call) => {
      calls.push(call);
      return { id: 'resp_1', ...answer(JSON.stringify(DECISION)) };
    };
    const made = await recorded(over, [message], [], ask, today);
    expect(made).toMatchObject([{ id: 'new/mw_decision_v1', authored: false, at: today, model: 'gpt-5-mini' }]);
    expect(JSON.stringify(made)).not.toMatch(/Main Street|resp_1/);
    const { transport, realShare } = recordedTransport(made);
    expect(outcomeOf(await judge(over(transport), message))).toMatchObject({ predicted: 'cancel_order', tier: 1 });
    expect(realShare()).toBe(1);
    // Known answers are not asked for again.
    expect(await recorded(over, [message], made, ask, today)).toEqual(made);
    expect(calls).toHaveLength(1);
  });

  const CANARY = 'canary';
  const BODY = { ...answer(JSON.stringify(DECISION)), id: CANARY, metadata: { note: CANARY } };

  it.each<{ what: string; body: object; failure: string | null }>([
    {
      what: 'note and tags',
      body: answer(
        JSON.stringify({
          ...DECISION,
          routing: { ...DECISION.routing, tags: [CANARY, `mw-${CANARY}`] },
          notes_for_agent: CANARY,
        }),
      ),
      failure: null,
    },
    { what: 'what stands around an answer', body: BODY, failure: null },
    { what: 'a property of its own', body: answer(JSON.stringify({ ...DECISION, aside: CANARY })), failure: 'invalid' },
    { what: 'a text that is no JSON', body: answer(`Sure! The ${CANARY} wants`), failure: 'invalid' },
    {
      what: 'a text cut off',
      body: {
        ...answer(`{"notes_for_agent":"${CANARY}`),
        status: 'incomplete',
        incomplete_details: { reason: 'max_output_tokens', said: CANARY },
      },
      failure: 'invalid',
    },
    {
      what: 'a refusal',
      body: {
        status: 'completed',
        output: [{ type: 'message', content: [{ type: 'refusal', refusal: CANARY, text: CANARY }] }],
      },
      failure: 'refusal',
    },
    {
      what: 'the vendor’s error',
      body: { status: 'failed', error: { code: 'rate_limit_exceeded', message: CANARY, param: CANARY } },
      failure: 'rate_limited',
    },
    {
      what: 'sentences where words are due',
      body: { ...BODY, status: `The ${CANARY}`, error: { code: `A ${CANARY}` }, usage: { said: CANARY } },
      failure: 'invalid',
    },
  ])('keeps nothing a model or vendor wrote freely: $what', async ({ body, failure }) => {
    const made = await recorded(over, [message], [], async () => body, today);
    expect(JSON.stringify(made)).not.toContain(CANARY);
    const replayed = await judge(over(recordedTransport(made).transport), message);
    expect(outcomeOf(replayed)).toMatchObject({ failure });
  });

  it('keeps nothing a verifier wrote freely', async () => {
    const status: Message = { ...messageWith('rec-001'), id: 'verified' };
    const authored = (schema: string) => recordings.find(({ id }) => id === `rec-001/${schema}`)?.answers[0];
    const verdict = { schema_version: 'mw_tier2_verifier_v1', allow_tier2: true, confidence: 0.9 };
    const rest = { downgrade_to_tier: 'ROUTE_ONLY', reason_code: 'OK', notes: CANARY };
    const ask: OpenAiTransport = async (call) =>
      JSON.stringify(call.body).includes('mw_tier2_verifier_v1')
        ? answer(JSON.stringify({ ...verdict, ...rest }))
        : authored('mw_decision_v1');
    const made = await recorded(over, [status], [], ask, today);
    expect(made.map(({ id }) => id)).toEqual(['verified/mw_decision_v1', 'verified/mw_tier2_verifier_v1']);
    expect(JSON.stringify(made)).not.toContain(CANARY);
    expect(outcomeOf(await judge(over(recordedTransport(made).transport), status))).toMatchObject({ tier: 2 });
  });

  it('keeps each attempt in its order', async () => {
    const answers = ['no JSON', JSON.stringify(DECISION)];
    const made = await recorded(over, [message], [], async () => answer(answers.shift() ?? ''), today);
    expect(made[0]?.answers).toHaveLength(2);
    const outcome = outcomeOf(await judge(over(recordedTransport(made).transport), message));
    expect(outcome).toMatchObject({ predicted: 'cancel_order', failure: null, tokensIn: 2_000, tokensOut: 200 });
    // 2 × (1,000 × $0.25 + 100 × $2 a million)
    expect(outcome.nanoUsd).toBe(900_000);
  });

  it.each([
    { what: 'an answer that is no decision', body: answer('{"primary_intent":"cancel_order"}'), failure: 'invalid' },
    { what: 'a property too many', body: answer(JSON.stringify({ ...DECISION, extra: 1 })), failure: 'invalid' },
    {
      what: 'a template nobody knows',
      body: answer(JSON.stringify({ ...DECISION, automation: { ...DECISION.automation, template_id: 't_gift' } })),
      failure: 'invalid',
    },
    {
      what: 'an answer cut off',
      body: { ...answer('{"schema'), status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } },
      failure: 'invalid',
    },
    {
      what: 'a refusal',
      body: { status: 'completed', output: [{ type: 'message', content: [{ type: 'refusal' }] }] },
      failure: 'refusal',
    },
  ])('$what leaves the ladder and is counted', async ({ body, failure }) => {
    const made = await recorded(over, [message], [], async () => body, today);
    const judged = await judge(over(recordedTransport(made).transport), message);
    expect(outcomeOf(judged)).toMatchObject({ failure, template: null, isInvalidOutput: failure === 'invalid' });
    expect(judged.last.tags).toContain('mw-model-failure');
  });

  it('a vendor that fails leaves nothing to answer from', async () => {
    const ask: OpenAiTransport = async () => {
      throw new VendorError('openai', 'server');
    };
    expect(await recorded(over, [message], [], ask, today)).toEqual([]);
  });

  it('the estimate counts what is not recorded, and asks nobody', async () => {
    const { prices } = setting.config;
    expect(await planned(over, [messageWith('rec-001'), messageWith('rec-024')], recordings, prices)).toEqual({
      calls: 0,
      usd: 0,
    });
    const { calls, usd } = await planned(over, [messageWith('rec-001'), messageWith('rec-011')], [], prices);
    expect(calls).toBe(2);
    // 220 tokens out at $2 a million are more than a third of a call of at most 8,000 tokens in at $0.25.
    expect(usd).toBeGreaterThan(2 * 220 * 2e-6);
    expect(usd).toBeLessThan(2 * (220 * 2e-6 + 8_000 * 0.25e-6));
  });
});

describe('npm run eval:record', () => {
  const CLI = join(import.meta.dirname, 'record-cli.ts');
  const record = (args: string[], env: Record<string, string>) =>
    spawnSync(process.execPath, [CLI, ...args], { encoding: 'utf8', env: { PATH: process.env.PATH, ...env } });

  it('refuses without a key', () => {
    const { status, stderr, stdout } = record([], {});
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('needs OPENAI_API_KEY');
  });

  it('tells what it would cost and asks nobody without --yes', () => {
    const env = { OPENAI_API_KEY: 'key', OPENAI_BASE_URL: 'http://127.0.0.1:9/v1' };
    const { status, stderr } = record(['--data', RECORDED_ROWS_FILE], env);
    expect(status).toBe(1);
    expect(stderr).toMatch(/30 messages, 0 calls not recorded yet, about \$0\.00 \(prices of \d{4}-\d{2}-\d{2}\)/);
    expect(stderr).toContain('add --yes');
  });

  it('wrong use ends with 2', () => {
    expect(record(['--fast'], {}).status).toBe(2);
    expect(record(['--data', 'nowhere.jsonl'], {}).status).toBe(2);
    expect(record(['--help'], {}).status).toBe(0);
  });
});
