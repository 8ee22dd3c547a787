/** The sandbox's ports on a real machine. */
import { setTimeout as delay } from 'node:timers/promises';
import type { CallResult, OutgoingCall, SandboxPorts } from './ports.ts';

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
    // The body is ignored (§12.3) but must be read so that the connection can be used again.
    await response.arrayBuffer();
    return { status: response.status };
  } catch (error) {
    return { error: error instanceof Error && error.name === 'TimeoutError' ? 'timeout' : 'network' };
  }
}
