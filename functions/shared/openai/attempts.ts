/** At most two calls for one answer, whatever goes wrong (decisions §3.7): what is tried again, after how long, and what is not. */
import type { FAILURES } from '../../../events/decision.ts';
import type { Spend } from '../../../events/fields.ts';
import { VendorError } from '../errors.ts';
import type { Breaker } from '../limits/breaker.ts';
import type { Clock, Ids } from '../ports.ts';
import { MOST_IN_PROCESS_MS, OPENAI_RETRIES, waitBefore } from '../retrying.ts';
import type { Telemetry } from '../telemetry/doors.ts';
import type { Waits } from '../times.ts';
import { NO_TOKENS, type Problem, readAnswer, type Tokens } from './response.ts';
import { addSpend, NO_SPEND } from './spend.ts';
import type { OpenAiTransport } from './transport.ts';

export type Failure = (typeof FAILURES)[number];

export type Asking = {
  readonly transport: OpenAiTransport;
  readonly breaker: Pick<Breaker, 'before' | 'after'>;
  readonly clock: Pick<Clock, 'monotonic' | 'sleep'>;
  readonly ids: Pick<Ids, 'jitter'>;
  readonly waits: Pick<Waits, 'secondCallMs'>;
  readonly metrics: Telemetry['metrics'];
};

export type Question<T> = {
  /** @param reduced  after an answer that met the token cap: the same, shorter. */
  readonly body: (reduced: boolean) => Readonly<Record<string, unknown>>;
  /** What the text says; `null` where it is not what was asked for. */
  readonly read: (text: string) => T | null;
  readonly priced: (tokens: Tokens) => Spend;
  readonly timeoutMs: number;
  /** Begun with the first call, where one is made. */
  readonly beside?: () => void;
  /** Attempts left, 1 or 2. */
  readonly attempts: number;
  /** When an answer has to be there, by the monotonic clock. */
  readonly endsAt: number;
};

export type Asked<T> = { readonly attempts: number; readonly spend: Spend } & (
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false;
      readonly failure: Failure;
      readonly status: number | undefined;
      /** The vendor wants to be left alone for longer than a function may wait; an attempt is left. */
      readonly parkMs: number | undefined;
    }
);

type Fault = {
  readonly failure: Failure;
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;
};
type Attempt<T> = { readonly tokens: Tokens } & (
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly fault: Fault; readonly isCut: boolean }
);

/** Never throws for what OpenAI does; throws `VendorError` of another vendor (table, secrets) that is busy. */
export async function ask<T>(asking: Asking, question: Question<T>): Promise<Asked<T>> {
  let spend = NO_SPEND;
  let isReduced = false;
  for (let attempt = 1; ; attempt += 1) {
    const passage = await asking.breaker.before();
    if (passage === 'open')
      return { ok: false, failure: 'circuit_open', status: undefined, parkMs: undefined, attempts: attempt - 1, spend };
    if (attempt === 1) question.beside?.();
    const result: Attempt<T> = await once(asking, question, isReduced);
    await asking.breaker.after({ failed: !result.ok && isVendors(result.fault), isProbe: passage === 'probe' });
    spend = addSpend(spend, question.priced(result.tokens));
    if (result.ok) return { ok: true, value: result.value, attempts: attempt, spend };
    const { fault } = result;
    const failed = { ok: false as const, failure: fault.failure, status: fault.status, attempts: attempt, spend };
    if (attempt >= question.attempts || !isWorthRepeating(fault)) return { ...failed, parkMs: undefined };
    if ((fault.retryAfterMs ?? 0) > MOST_IN_PROCESS_MS) return { ...failed, parkMs: fault.retryAfterMs };
    const waitMs = isVendors(fault) ? waitBefore(fault, OPENAI_RETRIES.waits, 0, asking.ids.jitter()) : 0;
    if (waitMs > 0) await asking.clock.sleep(waitMs);
    if (question.endsAt - asking.clock.monotonic() < asking.waits.secondCallMs) return { ...failed, parkMs: undefined };
    isReduced = result.isCut;
  }
}

async function once<T>(asking: Asking, question: Question<T>, isReduced: boolean): Promise<Attempt<T>> {
  const { clock, metrics } = asking;
  const began = clock.monotonic();
  metrics.count('vendor.openai.requests_total');
  const result = await carried(asking, question, isReduced);
  metrics.observe('vendor.openai.latency_ms', clock.monotonic() - began);
  if (result.ok) return result;
  const { failure } = result.fault;
  if (failure === 'rate_limited') metrics.count('vendor.openai.rate_limited_total');
  if (failure === 'invalid') metrics.count('llm.schema_invalid_total');
  if (isVendors(result.fault)) metrics.count('vendor.openai.errors_total');
  return result;
}

async function carried<T>(
  { transport, clock }: Asking,
  question: Question<T>,
  isReduced: boolean,
): Promise<Attempt<T>> {
  try {
    const body = await transport({
      path: 'responses',
      body: question.body(isReduced),
      timeoutMs: Math.max(1, Math.min(question.timeoutMs, question.endsAt - clock.monotonic())),
    });
    const answer = readAnswer(body);
    const { tokens } = answer;
    if (answer.kind === 'problem')
      return {
        ok: false,
        fault: fault(FAILURE_OF[answer.problem]),
        isCut: answer.problem === 'incomplete',
        tokens,
      };
    const value = question.read(answer.text);
    return value === null ? { ok: false, fault: fault('invalid'), isCut: false, tokens } : { ok: true, value, tokens };
  } catch (error) {
    return { ok: false, fault: faultOf(error), isCut: false, tokens: NO_TOKENS };
  }
}

const fault = (failure: Failure): Fault => ({ failure, status: undefined, retryAfterMs: undefined });

const FAILURE_OF: Readonly<Record<Problem, Failure>> = {
  incomplete: 'invalid',
  invalid: 'invalid',
  refusal: 'refusal',
  server: 'server',
  rate_limited: 'rate_limited',
};

/** What the transport threw; a busy service of ours is thrown on, to be waited for. */
function faultOf(error: unknown): Fault {
  if (!(error instanceof VendorError)) throw error;
  const { vendor, kind, status, retryAfterMs, retryable } = error;
  if (vendor !== 'openai' && retryable) throw error;
  const about = { status, retryAfterMs };
  if (vendor !== 'openai') return { failure: 'permanent', ...about };
  switch (kind) {
    case 'timeout':
    case 'rate_limited':
    case 'server':
    case 'network':
      return { failure: kind, ...about };
    case 'parse':
      return { failure: 'invalid', ...about };
    default:
      return { failure: 'permanent', ...about };
  }
}

/** A refusal is an answer, and what is refused for good stays refused. */
function isWorthRepeating({ failure }: Fault): boolean {
  return failure !== 'refusal' && failure !== 'permanent';
}

/** Did the vendor fail, rather than the model's answer? Only that says something about the next call. */
function isVendors({ failure }: Fault): boolean {
  return failure !== 'refusal' && failure !== 'invalid';
}
