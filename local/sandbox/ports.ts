/** The three things of the world that the sandbox cannot compute: time, waiting, and calling a webhook. */

export type OutgoingCall = {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly timeoutMs: number;
};

/** `error` is a code, e.g. `timeout`, `refused`, `network`. */
/** `answer` is the body, as far as it may tell the caller something: the vendor ignores it, `__sandbox` reports it. */
export type CallResult = { readonly status: number; readonly answer?: string } | { readonly error: string };

export type SandboxPorts = {
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  readonly send: (call: OutgoingCall) => Promise<CallResult>;
};
