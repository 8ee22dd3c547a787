/** The function host: a process of its own, since a native crash in a function ends the process it runs in. */
import { resolve } from 'node:path';
import { createFunctionPool, type FunctionPool } from './function-pool.ts';
import type { FromHost, ToHost } from './messages.ts';

/** A thread that runs JavaScript ends within milliseconds. */
const STUCK_MS = 300;

const pools = new Map<string, FunctionPool>();
const tell = (message: FromHost): void => {
  // The supervisor may be gone between the check and the write: 'disconnect' ends us then.
  if (process.connected) process.send?.(message, () => {});
};

process.on('message', async (message: ToHost) => {
  if (message.type === 'start') {
    for (const spec of message.functions) {
      const entry = resolve(message.root, spec.entry);
      pools.set(spec.name, createFunctionPool({ spec, entry, env: process.env, timeScale: message.timeScale }));
    }
    tell({ type: 'ready' });
    return;
  }
  if (message.type === 'warm') {
    await pools.get(message.functionName)?.warm();
    tell({ type: 'warmed', functionName: message.functionName });
    return;
  }
  const { requestId, functionName, payload } = message.invocation;
  const result = (await pools.get(functionName)?.invoke(requestId, payload)) ?? { ok: false, code: 'unavailable' };
  tell({ type: 'result', call: message.call, result });
});

// A Ctrl-C reaches the whole process group; the supervisor drains first and then disconnects.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});
// Without a supervisor nothing may go on. `process.exit` would wait for a thread that is stuck in a native call.
process.on('disconnect', async () => {
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), STUCK_MS);
  await Promise.all([...pools.values()].map((pool) => pool.end()));
  process.exit(0);
});
