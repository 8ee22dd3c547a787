/** Errors as values of three kinds: worth another attempt, a vendor's answer, and what may leave a function. */

export type VendorName = 'richpanel' | 'openai' | 'dynamodb' | 'eventbridge' | 'ssm' | 'secrets' | 'sqs' | 'firehose';
export type VendorKind =
  | 'auth'
  | 'not_found'
  | 'invalid'
  | 'rate_limited'
  | 'server'
  | 'network'
  | 'timeout'
  | 'parse'
  | 'read_only'
  | 'window_passed'
  /** The call was not made: the vendor failed too often of late. */
  | 'circuit_open'
  | 'refusal';

/** A vendor did not do what was asked. Holds codes only, never a body. */
export class VendorError extends Error {
  override readonly name = 'VendorError';
  readonly vendor: VendorName;
  readonly kind: VendorKind;
  readonly status: number | undefined;
  /** What `Retry-After` asked for. */
  readonly retryAfterMs: number | undefined;
  /** Could the write have taken effect? */
  readonly applied: 'no' | 'unknown';
  constructor(
    vendor: VendorName,
    kind: VendorKind,
    options: { status?: number | undefined; retryAfterMs?: number | undefined; applied?: 'no' | 'unknown' } = {},
  ) {
    super(`${vendor}: ${kind}`);
    this.vendor = vendor;
    this.kind = kind;
    this.status = options.status;
    this.retryAfterMs = options.retryAfterMs;
    this.applied = options.applied ?? 'no';
  }
  get retryable(): boolean {
    // A circuit is waited for where it says for how long; what hangs on another is given up (platform §5.6).
    if (this.kind === 'circuit_open') return this.retryAfterMs !== undefined;
    return ['rate_limited', 'server', 'network', 'timeout'].includes(this.kind);
  }
}

/** Worth another attempt later: the wrapper parks the envelope until the age budget of its function ends. */
export class RetryableError extends Error {
  override readonly name = 'RetryableError';
  readonly code: string;
  readonly afterMs: number | undefined;
  constructor(code: string, afterMs?: number) {
    super(code);
    this.code = code;
    this.afterMs = afterMs;
  }
}

/** The only thing that leaves a function: a code, no message, no cause, no foreign stack (architecture §8). */
export class SafeError extends Error {
  override readonly name = 'SafeError';
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.code = code;
    this.stack = `SafeError: ${code}`;
  }
}

/** A short code for a log or a failure queue; what an unknown error says is never repeated. */
export function codeOf(error: unknown): string {
  if (error instanceof RetryableError || error instanceof SafeError) return error.code;
  if (error instanceof VendorError) return `${error.vendor}_${error.kind}`;
  return 'bug';
}

/** Only bugs use up attempts: a busy store, bus or vendor is waited for (protocols §5). */
export function isWorthWaiting(error: unknown): error is RetryableError | VendorError {
  return error instanceof RetryableError || (error instanceof VendorError && error.retryable);
}
