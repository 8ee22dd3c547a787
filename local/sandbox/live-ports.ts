/** The sandbox's ports on a real machine. */
import { setTimeout as delay } from 'node:timers/promises';
import type { CallResult, OutgoingCall, SandboxPorts } from './ports.ts';

/** Enough for an id; more is nobody's business here. */
const MAX_ANSWER_CHARACTERS = 1_000;

/** Real time, real waiting, one attempt per webhook over HTTP without following redirects. */
export const liveSandboxPorts: SandboxPorts = {
  now: () => Date.now(),
  sleep: (ms) => delay(ms),
  send: sendOnce,
};

async function sendOnce(call: OutgoingCall): Promise<CallResult> {
  const hasBody = call.method !== 'GET' && call.method !== 'HEAD';
  try {
    const response = await fetch(call.url, {
      method: call.method,
      headers: call.headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(call.timeoutMs),
      ...(hasBody ? { body: call.body } : {}),
    });
    // The rules ignore the body (§12.3); it must be read anyway, so that the connection can be used again.
    const answer = (await response.text()).slice(0, MAX_ANSWER_CHARACTERS);
    return { status: response.status, ...(answer === '' ? {} : { answer }) };
  } catch (error) {
    return { error: error instanceof Error && error.name === 'TimeoutError' ? 'timeout' : 'network' };
  }
}
