/** What the `openai` adapters share: a question asked, with what it cost told to logs and metrics; never a word of it. */
import type { Config } from '../../../config/schema.ts';
import type { Spend } from '../../../events/fields.ts';
import type { Ids } from '../ports.ts';
import type { LogFields, Telemetry } from '../telemetry/doors.ts';
import type { Waits } from '../times.ts';
import { type Asked, type Asking, ask, type Question } from './attempts.ts';

export type OpenAiParts = Asking & {
  readonly ids: Pick<Ids, 'jitter' | 'hex'>;
  readonly waits: Waits;
  readonly log: Telemetry['log'];
  readonly config: Pick<Config, 'models' | 'prices'>;
};

/** Never throws for what OpenAI does. */
export async function askAndTell<T>(
  parts: OpenAiParts,
  operation: 'classify' | 'verify',
  question: Question<T>,
): Promise<Asked<T>> {
  const { clock, log, metrics } = parts;
  const began = clock.monotonic();
  const asked = await ask(parts, question);
  countSpend(metrics, asked.spend);
  const told: LogFields = {
    vendor: 'openai',
    operation,
    model: parts.config.models[operation],
    result: asked.ok ? 'success' : asked.failure === 'timeout' ? 'timeout' : 'failed',
    latency_ms: Math.round(clock.monotonic() - began),
    retry_count: Math.max(0, asked.attempts - 1),
    tokens_in: asked.spend.tokensIn,
    tokens_out: asked.spend.tokensOut,
  };
  if (asked.ok) log('INFO', `vendor.openai.${operation}.success`, told);
  else
    log('ERROR', `vendor.openai.${operation}.failed`, {
      ...told,
      error_code: asked.failure,
      ...(asked.status !== undefined && { http_status: asked.status }),
    });
  return asked;
}

const NANO = 1e9;

function countSpend(metrics: Telemetry['metrics'], { tokensIn, tokensOut, nanoUsd }: Spend): void {
  metrics.count('cost.tokens_in_total', tokensIn);
  metrics.count('cost.tokens_out_total', tokensOut);
  metrics.observe('cost.usd_estimate', nanoUsd / NANO);
}
