/** One function in one thread: imports its module, then runs invocations as Lambda's runtime would. */
import { readlinkSync } from 'node:fs';
import { getPriority, setPriority } from 'node:os';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import type { InvocationResult } from './contract.ts';
import { errorTypeOf } from './error-type.ts';
import type { FromWorker, ToWorker, WorkerSettings } from './messages.ts';

type Handler = (event: unknown, context: object) => unknown;

const settings: WorkerSettings = workerData;
const LEAST_PRIORITY = 19;
const tell = (message: FromWorker): void => parentPort?.postMessage(message);

if (settings.stepsBack > 0) stepBack(settings.stepsBack);

try {
  const module: { handler?: unknown } = await import(pathToFileURL(settings.entry).href);
  if (typeof module.handler !== 'function') throw new TypeError(`${settings.entry} has no export handler`);
  const handler = module.handler as Handler;
  parentPort?.on('message', async (message: ToWorker) => {
    tell({ type: 'result', call: message.call, result: await run(handler, message) });
  });
  tell({ type: 'ready' });
} catch (error) {
  // No event has been seen yet, so the whole error may be shown.
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  tell({ type: 'init-failed', errorType: errorTypeOf(error) });
}

/** Linux has a priority for every thread; elsewhere nothing changes. */
function stepBack(steps: number): void {
  try {
    const thread = readlinkSync('/proc/thread-self').split('/').at(-1);
    setPriority(Number(thread), Math.min(LEAST_PRIORITY, getPriority(Number(thread)) + steps));
  } catch {
    // It runs as everybody does.
  }
}

async function run(handler: Handler, message: ToWorker): Promise<InvocationResult> {
  try {
    const value = await handler(JSON.parse(message.payload), contextOf(message));
    return { ok: true, value: asJson(value) };
  } catch (error) {
    return { ok: false, code: 'error', errorType: errorTypeOf(error) };
  }
}

/** Lambda answers in JSON: what JSON cannot say does not get through. */
function asJson(value: unknown): unknown {
  return value === undefined ? null : JSON.parse(JSON.stringify(value) ?? 'null');
}

function contextOf({ requestId, timeoutMs }: ToWorker): object {
  const endsAt = performance.now() + timeoutMs;
  return {
    awsRequestId: requestId,
    functionName: settings.lambdaName,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:${settings.region}:000000000000:function:${settings.lambdaName}`,
    memoryLimitInMB: String(settings.memoryMb),
    logGroupName: `/aws/lambda/${settings.lambdaName}`,
    logStreamName: 'local',
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, Math.round(endsAt - performance.now())),
  };
}
