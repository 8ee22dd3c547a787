/** Makes recordings: what is asked of the model for a list of messages, what that costs, and the answers themselves. */
import * as v from 'valibot';
import type { Config } from '../../../config/schema.ts';
import { ModelDecision } from '../../../functions/shared/classifier/openai/decision-schema.ts';
import { readStrict } from '../../../functions/shared/openai/json.ts';
import { spendOf } from '../../../functions/shared/openai/spend.ts';
import type { OpenAiCall, OpenAiTransport } from '../../../functions/shared/openai/transport.ts';
import { ModelVerdict } from '../../../functions/shared/verifier/openai/verdict.ts';
import { judge, type Message, type System } from '../system/system.ts';
import { NotRecorded } from './recorded.ts';
import { fingerprintOf, type Recording } from './recordings.ts';

/** Characters a token, and tokens an answer has (decisions §3.10). */
const CHARS_PER_TOKEN = 4;
const ANSWER_TOKENS = 220;
const NANO = 1e9;

type SystemOver = (transport: OpenAiTransport) => System;

export type Plan = { readonly calls: number; readonly usd: number };

/** What would be asked, without asking: the verifier's call is counted where the classifier's answer is recorded already. */
export async function planned(
  systemOver: SystemOver,
  messages: readonly Message[],
  known: readonly Recording[],
  prices: Config['prices'],
): Promise<Plan> {
  let calls = 0;
  let nanoUsd = 0;
  const fresh = freshOf(known);
  const system = systemOver(async (call) => {
    const recording = fresh.get(keyOf(call));
    if (recording) return structuredClone(recording.answers.at(-1));
    calls += 1;
    const tokens = { in: Math.ceil(JSON.stringify(call.body).length / CHARS_PER_TOKEN), cached: 0, out: ANSWER_TOKENS };
    nanoUsd += spendOf(tokens, prices.models[fingerprintOf(call).model]).nanoUsd;
    throw new NotRecorded(null);
  });
  for (const message of messages) await judge(system, message).catch(unlessNotRecorded);
  return { calls, usd: nanoUsd / NANO };
}

function unlessNotRecorded(error: unknown): void {
  if (!(error instanceof NotRecorded)) throw error;
}

/**
 * Asks what is not recorded yet.
 *
 * @param today  `2026-01-31`
 * @param onMessage  told after each message, with all recordings so far
 * @returns all recordings, the known ones among them; what a prompt of before was answered is dropped
 */
export async function recorded(
  systemOver: SystemOver,
  messages: readonly Message[],
  known: readonly Recording[],
  ask: OpenAiTransport,
  today: string,
  onMessage: (soFar: () => Recording[], done: number) => void = () => {},
): Promise<Recording[]> {
  const fresh = freshOf(known);
  const made = new Map<string, Recording>();
  let current = '';
  const system = systemOver(async (call) => {
    const key = keyOf(call);
    const recording = fresh.get(key);
    if (recording) return structuredClone(recording.answers.at(-1));
    const answer = kept(await ask(call));
    const { schema, ...about } = fingerprintOf(call);
    const before = made.get(key);
    made.set(key, {
      id: before?.id ?? `${current}/${schema}`,
      ...about,
      authored: false,
      at: today,
      answers: [...(before?.answers ?? []), answer],
    });
    return structuredClone(answer);
  });
  const all = (): Recording[] => {
    const ids = new Set([...made.values()].map(({ id }) => id));
    return [...known.filter(({ id }) => !ids.has(id)), ...made.values()];
  };
  for (const [index, message] of messages.entries()) {
    current = message.id;
    await judge(system, message);
    onMessage(all, index + 1);
  }
  return all();
}

/**
 * Puts the hashes of what is asked today on answers that were written by hand; they are found by their id.
 *
 * @throws when a question has no authored answer
 */
export async function stamped(
  systemOver: SystemOver,
  messages: readonly Message[],
  authored: readonly Recording[],
): Promise<Recording[]> {
  const byId = new Map(authored.filter((one) => one.authored).map((one) => [one.id, one]));
  const result = new Map<string, Recording>();
  let current = '';
  const system = systemOver(async (call) => {
    const { schema, ...about } = fingerprintOf(call);
    const id = `${current}/${schema}`;
    const recording = byId.get(id);
    if (recording === undefined) throw new Error(`no authored answer ${id}`);
    const attempt = result.has(id) ? 1 : 0;
    result.set(id, { ...recording, ...about });
    return structuredClone(recording.answers[attempt] ?? recording.answers.at(-1));
  });
  for (const message of messages) {
    current = message.id;
    await judge(system, message);
  }
  return [...result.values()];
}

const keyOf = (call: OpenAiCall): string => {
  const { promptSha256, inputSha256 } = fingerprintOf(call);
  return `${promptSha256} ${inputSha256}`;
};

function freshOf(known: readonly Recording[]): Map<string, Recording> {
  return new Map(known.map((one) => [`${one.promptSha256} ${one.inputSha256}`, one]));
}

const Usage = v.object({
  input_tokens: v.number(),
  output_tokens: v.number(),
  input_tokens_details: v.nullish(v.object({ cached_tokens: v.nullish(v.number()) })),
});
const Part = v.object({ type: v.unknown(), text: v.optional(v.unknown()) });
const Body = v.object({
  status: v.optional(v.unknown()),
  incomplete_details: v.nullish(v.object({ reason: v.optional(v.unknown()) })),
  error: v.nullish(v.object({ code: v.optional(v.unknown()) })),
  output: v.nullish(v.array(v.object({ type: v.unknown(), content: v.nullish(v.array(Part)) }))),
  usage: v.fallback(v.nullish(Usage), undefined),
});

/** What the reader looks at: words of the vendor's closed lists, numbers, and the answer itself without anything written freely. */
function kept(answer: unknown): Record<string, unknown> {
  const parsed = v.safeParse(Body, answer);
  if (!parsed.success) return {};
  const { status, incomplete_details, error, output, usage } = parsed.output;
  const messages = (output ?? []).filter(({ type }) => type === 'message');
  return {
    status: word(status),
    ...(incomplete_details && { incomplete_details: { reason: word(incomplete_details.reason) } }),
    ...(error && { error: { code: word(error.code) } }),
    output: messages.map(({ content }) => ({ type: 'message', content: (content ?? []).map(keptPart) })),
    usage,
  };
}

function keptPart({ type, text }: v.InferOutput<typeof Part>): Record<string, unknown> {
  const isText = type === 'output_text' && typeof text === 'string';
  return { type: word(type), ...(isText && { text: withoutProse(text) }) };
}

/** A vendor's word, `undefined` for anything that could be a sentence. */
function word(value: unknown): string | undefined {
  return typeof value === 'string' && /^[a-z_]{1,40}$/.test(value) ? value : undefined;
}

/** Stands for an answer that is none; it is as invalid as what it stands for, which may repeat the message. */
const UNREADABLE = 'unreadable answer';

/** A decision without its note and tags, a verdict without its note. */
function withoutProse(text: string): string {
  const decision = readStrict(ModelDecision, text);
  if (decision !== null)
    return JSON.stringify({ ...decision, routing: { ...decision.routing, tags: [] }, notes_for_agent: '' });
  const verdict = readStrict(ModelVerdict, text);
  return verdict === null ? UNREADABLE : JSON.stringify({ ...verdict, notes: '' });
}
