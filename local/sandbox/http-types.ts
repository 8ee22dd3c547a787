/** A request and a response as values, so that the sandbox runs in one process as well as behind a socket. */

export type SandboxRequest = {
  readonly method: string;
  /** Raw path with query, still percent-encoded, e.g. `/v1/tickets/%3CCA1%40mail.example.test%3E`. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: string;
};

/** What the transport has to do besides writing the answer; set by faults only. */
export type Wire = {
  /** Correct, but late by so much. */
  readonly delayMs?: number;
  /** Headers at once, body late by so much. */
  readonly bodyDelayMs?: number;
  /** Nothing is answered: the connection stays open so long, then it is closed. */
  readonly holdMs?: number;
  /** Nothing is answered: the connection is destroyed at once. */
  readonly reset?: true;
};

export type SandboxResponse = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly wire?: Wire;
};

/** A JSON answer. */
export function json(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): SandboxResponse {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(value),
  };
}

/** The vendor's likely error shape (§1.2). */
export function vendorError(status: number, message: string): SandboxResponse {
  return json(status, { error: { message } });
}

/** An object parsed from JSON, or `undefined` for anything else. */
export function parseObject(text: string | undefined): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
