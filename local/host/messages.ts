/** What supervisor, host process and workers tell each other. */
import type { FunctionSpec } from '../../stacks/topology-types.ts';
import type { Invocation, InvocationResult } from './contract.ts';

export type ToHost =
  | {
      readonly type: 'start';
      readonly functions: readonly FunctionSpec[];
      readonly root: string;
      readonly timeScale: number;
    }
  /** Loads a function before its first invocation. */
  | { readonly type: 'warm'; readonly functionName: string }
  | { readonly type: 'invoke'; readonly call: number; readonly invocation: Invocation };

export type FromHost =
  | { readonly type: 'ready' }
  /** Loaded, or found unable to load. */
  | { readonly type: 'warmed'; readonly functionName: string }
  | { readonly type: 'result'; readonly call: number; readonly result: InvocationResult };

export type WorkerSettings = {
  /** Absolute path of the module with the export `handler`. */
  readonly entry: string;
  readonly lambdaName: string;
  readonly memoryMb: number;
  readonly region: string;
  /** How many priorities it runs behind the supervisor; 0 beside it. */
  readonly stepsBack: number;
};

export type ToWorker = {
  readonly call: number;
  readonly requestId: string;
  /** JSON text. */
  readonly payload: string;
  readonly timeoutMs: number;
};

export type FromWorker =
  | { readonly type: 'ready' }
  | { readonly type: 'init-failed'; readonly errorType: string }
  | { readonly type: 'result'; readonly call: number; readonly result: InvocationResult };
