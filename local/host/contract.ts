/** How the endpoint asks the function host to run a function. */
import type { FunctionName } from '../../events/words.ts';

export type Invocation = {
  /** Lambda's request id; the same for every attempt of one asynchronous invocation. */
  readonly requestId: string;
  readonly functionName: FunctionName;
  /** JSON text of what the handler receives: an EventBridge event, an SQS batch, an HTTP request or a schedule event. */
  readonly payload: string;
};

/**
 * `throttled`: the reserved concurrency is reached; not an attempt. `unavailable`: the host is not there; not an attempt.
 * `exit`: the run ended its own worker. `host_exit`: the run ended with others, which says little about its event: the host died, or
 * a run that shared the thread was at its timeout.
 */
export type InvocationResult =
  | { readonly ok: true; readonly value: unknown }
  | {
      readonly ok: false;
      readonly code: 'error' | 'timeout' | 'exit' | 'host_exit' | 'throttled' | 'unavailable';
      /** `name` of what was thrown, never its message. */
      readonly errorType?: string;
    };

export type Invoker = (invocation: Invocation) => Promise<InvocationResult>;
