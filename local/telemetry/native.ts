/** AWS's own metrics, as far as one machine has what they count: under the names and dimensions that CloudWatch knows. */

import { API_ID } from '../../stacks/alarms/intake.ts';
import type { Sqs } from '../aws/sqs/sqs.ts';
import type { Timing } from '../aws/time.ts';
import type { Invoker } from '../host/contract.ts';
import { lambdaName } from '../host/environment.ts';
import type { Recorded } from './series.ts';

export type Measured =
  | {
      readonly of: 'invocation';
      readonly functionName: string;
      readonly result: 'ok' | 'error' | 'throttled';
      readonly ms: number;
    }
  | { readonly of: 'async_age'; readonly functionName: string; readonly ms: number }
  | { readonly of: 'async_dropped'; readonly functionName: string }
  | {
      readonly of: 'rule';
      readonly what: 'Invocations' | 'FailedInvocations' | 'InvocationsSentToDlq';
      readonly bus: string;
      readonly rule: string;
    }
  | { readonly of: 'request'; readonly status: number; readonly ms: number };
export type Measure = (measured: Measured) => void;

type Keep = (recorded: Recorded) => void;
type Values = { readonly [metric: string]: number };

/** The door has one API; alarms name it so until a deploy gives it an id. */
const API = { ApiId: API_ID };
const DEFAULT_BUS = 'default';

export function nativeMetrics(record: Keep, env: string, now: () => number): Measure {
  const tell = (namespace: string, dimensions: Recorded['dimensions'], values: Values): void => {
    for (const [metric, value] of Object.entries(values)) record({ namespace, metric, dimensions, value, at: now() });
  };
  return (measured) => {
    switch (measured.of) {
      case 'invocation': {
        const { functionName, result, ms } = measured;
        const about = { FunctionName: lambdaName(env, functionName) };
        // A throttled request is no invocation (Lambda's documentation of its metrics).
        if (result === 'throttled') return tell('AWS/Lambda', about, { Throttles: 1 });
        return tell('AWS/Lambda', about, {
          Invocations: 1,
          Errors: result === 'ok' ? 0 : 1,
          Throttles: 0,
          Duration: ms,
        });
      }
      case 'async_age':
        return tell(
          'AWS/Lambda',
          { FunctionName: lambdaName(env, measured.functionName) },
          { AsyncEventAge: measured.ms },
        );
      case 'async_dropped':
        return tell('AWS/Lambda', { FunctionName: lambdaName(env, measured.functionName) }, { AsyncEventsDropped: 1 });
      case 'rule': {
        const { bus, rule, what } = measured;
        // Rules of all stages stand beside each other on the default bus, under a name of the stage.
        const about =
          bus === DEFAULT_BUS ? { RuleName: `frontdesk-${env}-${rule}` } : { EventBusName: bus, RuleName: rule };
        return tell('AWS/Events', about, { [what]: 1 });
      }
      case 'request': {
        const { status, ms } = measured;
        return tell('AWS/ApiGateway', API, {
          Count: 1,
          '4xx': status >= 400 && status < 500 ? 1 : 0,
          '5xx': status >= 500 ? 1 : 0,
          Latency: ms,
        });
      }
      default:
        return measured satisfies never;
    }
  };
}

/** `unavailable` is this machine's own: on AWS there is always somebody to run a function. */
export function measuredInvoker(invoke: Invoker, measure: Measure): Invoker {
  return async (invocation) => {
    const began = performance.now();
    const result = await invoke(invocation);
    const { functionName } = invocation;
    const ms = performance.now() - began;
    if (result.ok) measure({ of: 'invocation', functionName, result: 'ok', ms });
    else if (result.code !== 'unavailable')
      measure({ of: 'invocation', functionName, result: result.code === 'throttled' ? 'throttled' : 'error', ms });
    return result;
  };
}

/** Twice a minute, so that no minute goes without. */
const LOOK_EVERY_MS = 30_000;

/** Looks at the queues, as SQS reports them. */
export function watchQueues(
  sqs: Pick<Sqs, 'queueNames' | 'depth' | 'oldestSentAt'>,
  timing: Timing,
  record: Keep,
): { stop(): void } {
  let isStopped = false;
  let cancel = (): void => {};
  function look(): void {
    if (isStopped) return;
    const at = timing.now();
    for (const name of sqs.queueNames()) {
      const dimensions = { QueueName: name };
      const { visible, inFlight } = sqs.depth(name);
      const oldest = sqs.oldestSentAt(name);
      const ageS = oldest === null ? 0 : Math.max(0, (at - oldest) / 1000);
      for (const [metric, value] of [
        ['ApproximateNumberOfMessagesVisible', visible],
        ['ApproximateNumberOfMessagesNotVisible', inFlight],
        ['ApproximateAgeOfOldestMessage', ageS],
      ] as const)
        record({ namespace: 'AWS/SQS', metric, dimensions, value, at });
    }
    cancel = timing.setTimer(look, LOOK_EVERY_MS * timing.timeScale);
  }
  look();
  return {
    stop() {
      isStopped = true;
      cancel();
    },
  };
}
