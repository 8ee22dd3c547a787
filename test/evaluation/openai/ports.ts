/** The `openai` classifier and verifier over a given transport, with nothing around them that costs or waits. */
import type { Config } from '../../../config/schema.ts';
import { openAiClassifier } from '../../../functions/shared/classifier/openai/openai.ts';
import { seededIds } from '../../../functions/shared/ids/memory.ts';
import type { OpenAiParts } from '../../../functions/shared/openai/asking.ts';
import type { OpenAiTransport } from '../../../functions/shared/openai/transport.ts';
import type { Classifier, Clock, Verifier } from '../../../functions/shared/ports.ts';
import { WAITS } from '../../../functions/shared/times.ts';
import { openAiVerifier } from '../../../functions/shared/verifier/openai/openai.ts';

export function openAiPortsOver(
  transport: OpenAiTransport,
  config: Config,
  clock: Pick<Clock, 'monotonic' | 'sleep'>,
): { readonly classifier: Classifier; readonly verifier: Verifier } {
  const parts: OpenAiParts = {
    transport,
    // A run is no service: what fails is told by the figures, not by a breaker.
    breaker: { before: async () => 'go', after: async () => {} },
    clock,
    ids: seededIds(1),
    waits: WAITS,
    log: () => {},
    metrics: { count: () => {}, observe: () => {} },
    config,
  };
  return { classifier: openAiClassifier(parts), verifier: openAiVerifier(parts) };
}
