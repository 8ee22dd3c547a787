/** Classifier and verifier over the real SDK, one breaker between them. */
import { openAiClassifier } from '../classifier/openai/openai.ts';
import { liveClock } from '../clock/live.ts';
import type { Base } from '../container.ts';
import { storeBreaker } from '../limits/breaker.ts';
import { tellCircuit } from '../limits/circuit-fact.ts';
import type { Classifier, Verifier } from '../ports.ts';
import { openAiVerifier } from '../verifier/openai/openai.ts';
import type { OpenAiParts } from './asking.ts';
import { allowedBase } from './base-url.ts';
import type { OpenAiTransport } from './transport.ts';

export type OpenAiPorts = { readonly classifier: Classifier; readonly verifier: Verifier };

/** @param apiKey  throws `VendorError` where there is none; the message is then routed without a model. */
export function openAiPorts(base: Base, url: string, apiKey: () => Promise<string>): OpenAiPorts {
  const { clock, ids, waits, log, metrics, config, store } = base;
  const parts: OpenAiParts = {
    transport: loadedWhenAsked(allowedBase(url), apiKey),
    breaker: storeBreaker(store, clock, waits, 'openai', (change) => tellCircuit(base, 'openai', 'responses', change)),
    clock,
    ids,
    waits,
    log,
    metrics,
    config,
  };
  return { classifier: openAiClassifier(parts), verifier: openAiVerifier(parts) };
}

/** The SDK is larger than all else that a function loads; who asks no model never waits for it. */
function loadedWhenAsked(url: string, apiKey: () => Promise<string>): OpenAiTransport {
  let loading: Promise<OpenAiTransport> | undefined;
  return async (call) => {
    loading ??= import('./live-sdk.ts').then(({ sdkTransport }) => sdkTransport(url, apiKey, liveClock()));
    return (await loading)(call);
  };
}
