/**
 * The official SDK behind the transport: its retries, its timeout, its log and what it would read from the environment are
 * off. Errors of the SDK quote bodies, so nothing of them leaves this file but a kind, a status and a waiting time.
 */
import OpenAI, { APIConnectionError, APIError, APIUserAbortError } from 'openai';
import { VendorError, type VendorKind } from '../errors.ts';
import { mustLeadOutside } from '../live-outside.ts';
import type { Clock } from '../ports.ts';
import { retryAfterMs } from '../retry-after.ts';
import type { OpenAiTransport } from './transport.ts';

/** Far beyond any wait of ours, so that the SDK's own clock never ends a call. */
const NEVER_MS = 24 * 60 * 60_000;

/**
 * @param baseUrl  one that `allowedBase` has answered
 * @param apiKey   asked for each call, so that a rotation needs no deploy
 * @param clock    without a scale: how long a call may take is scaled already
 * @param lookup   how a host that is not this machine is found
 */
export function sdkTransport(
  baseUrl: string,
  apiKey: () => Promise<string>,
  clock: Clock,
  lookup?: Parameters<typeof mustLeadOutside>[1],
): OpenAiTransport {
  const base = new URL(baseUrl);
  const client = new OpenAI({
    baseURL: baseUrl,
    // Asked again for each call.
    apiKey,
    organization: null,
    project: null,
    maxRetries: 0,
    timeout: NEVER_MS,
    logLevel: 'off',
    // A redirect would carry the message elsewhere (platform §4.6).
    fetchOptions: { redirect: 'manual' },
    fetch: async (url, init) => {
      // Between this and the connection's own look-up, TLS proves the host.
      if (base.protocol === 'https:') await mustLeadOutside(base.hostname, lookup);
      return fetch(url, init);
    },
  });
  return async (call) => {
    // A key that cannot be read says so in its own words.
    await apiKey();
    const given = new AbortController();
    const answered = new AbortController();
    const timer = clock.sleep(call.timeoutMs, answered.signal).then(() => {
      if (!answered.signal.aborted) given.abort();
    });
    try {
      // Not `responses.create`, which reads the answer on its own and throws on one that it does not understand.
      return await client.post(`/${call.path}`, { body: call.body, signal: given.signal });
    } catch (error) {
      throw given.signal.aborted ? new VendorError('openai', 'timeout') : vendorErrorOf(error, clock.now());
    } finally {
      answered.abort();
      await timer;
    }
  };
}

function vendorErrorOf(error: unknown, now: number): VendorError {
  if (error instanceof VendorError) return error;
  if (error instanceof APIUserAbortError) return new VendorError('openai', 'timeout');
  if (error instanceof APIConnectionError) return new VendorError('openai', 'network');
  if (error instanceof APIError && error.status !== undefined)
    return new VendorError('openai', kindOf(error.status), {
      status: error.status,
      retryAfterMs: retryAfterMs(Object.fromEntries(error.headers ?? []), now),
    });
  // What the SDK throws of itself once an answer has begun: text that is no JSON, or a connection that broke in its midst.
  return new VendorError('openai', error instanceof SyntaxError ? 'parse' : 'network');
}

function kindOf(status: number): VendorKind {
  if (status === 429) return 'rate_limited';
  if (status === 408) return 'timeout';
  if (status === 401 || status === 403) return 'auth';
  if (status === 404) return 'not_found';
  return status >= 500 ? 'server' : 'invalid';
}
