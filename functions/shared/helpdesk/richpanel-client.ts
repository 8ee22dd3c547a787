/** Calls to Richpanel's API: key, timeouts, retries, and errors that say whether a write may have happened (reference §13). */
import { VendorError } from '../errors.ts';
import type { Circuits } from '../limits/circuits.ts';
import type { Clock, Ids } from '../ports.ts';
import { retryAfterMs } from '../retry-after.ts';
import { RICHPANEL_RETRIES, withRetries } from '../retrying.ts';
import { parseJson } from './json.ts';
import { errorOfStatus } from './richpanel-errors.ts';
import { type HttpResponse, type HttpTransport, type ReadTransport, readingOnly, TransportError } from './transport.ts';

/** Per attempt (reference §13). */
const READ_TIMEOUT_MS = 5_000;
const WRITE_TIMEOUT_MS = 10_000;
/** What an HTTP header may hold. */
const KEY = /^[\x21-\x7e]+$/;

/** What must not be repeated: one attempt within a window. */
export type OnceOptions = { readonly timeoutMs: number; readonly mayWrite: () => boolean };
type WriteOptions = {
  readonly isOnce: boolean;
  readonly timeoutMs: number;
  readonly mayWrite: (() => boolean) | undefined;
};

/** Paths are below `/v1` and percent-encoded. Every method throws `VendorError` and nothing else. */
export type RichpanelReads = {
  /** Up to two attempts. Answers the parsed body. */
  get(path: string): Promise<unknown>;
};
export type RichpanelWrites = {
  /**
   * A write that may be repeated: up to two attempts. Answers the parsed body, `null` where it is empty.
   *
   * @param mayWrite  asked right before the first byte of each; `false` ends it with `window_passed`
   */
  put(path: string, body: unknown, mayWrite?: () => boolean): Promise<unknown>;
  /** One attempt; `applied` is 'no' only when not a byte was written or the vendor answered 429. */
  once(path: string, body: unknown, options: OnceOptions): Promise<unknown>;
};

export type ReadSettings = {
  readonly transport: ReadTransport;
  readonly apiKey: () => Promise<string>;
  /** Shared knowledge of how the vendor fares; without it every call is made. */
  readonly circuits?: Circuits | undefined;
  readonly clock: Pick<Clock, 'now' | 'sleep'>;
  readonly ids: Pick<Ids, 'jitter'>;
};
export type WriteSettings = ReadSettings & {
  readonly transport: HttpTransport;
  /** The flag `richpanel_read_only`: nothing but GET leaves the process then. */
  readonly isReadOnly: () => Promise<boolean>;
};

/** A client that has no way to write: neither a method for it nor a wire that would carry it. */
export function richpanelReads(settings: ReadSettings): RichpanelReads {
  const { clock, ids } = settings;
  const transport = readingOnly(settings.transport);
  const attempt = (path: string): Promise<unknown> =>
    exchange(settings, { path, isWrite: false, isOnce: false }, (headers) =>
      transport({ method: 'GET', path, headers, body: null, timeoutMs: READ_TIMEOUT_MS }),
    );
  return { get: (path) => withRetries({ clock, ids }, RICHPANEL_RETRIES, () => attempt(path), isWorthRepeating) };
}

export function richpanelWrites(settings: WriteSettings): RichpanelWrites {
  const { transport, isReadOnly, clock, ids } = settings;
  async function attempt(path: string, body: unknown, options: WriteOptions): Promise<unknown> {
    const { isOnce, timeoutMs, mayWrite } = options;
    if (await isReadOnly()) throw new VendorError('richpanel', 'read_only');
    return exchange(settings, { path, isWrite: true, isOnce }, (headers) =>
      transport({
        method: 'PUT',
        path,
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify(body),
        timeoutMs,
        mayWrite,
        isOnce,
      }),
    );
  }
  return {
    put(path, body, mayWrite) {
      const options = { isOnce: false, timeoutMs: WRITE_TIMEOUT_MS, mayWrite };
      return withRetries({ clock, ids }, RICHPANEL_RETRIES, () => attempt(path, body, options), isWorthRepeating);
    },
    once: (path, body, options) => attempt(path, body, { isOnce: true, ...options }),
  };
}

type Call = { readonly path: string; readonly isWrite: boolean; readonly isOnce: boolean };
type Headers = Readonly<Record<string, string>>;

async function exchange(
  { apiKey, circuits, clock }: Omit<ReadSettings, 'transport'>,
  call: Call,
  carry: (headers: Headers) => Promise<HttpResponse>,
): Promise<unknown> {
  const key = (await apiKey()).trim();
  if (!KEY.test(key)) throw new VendorError('richpanel', 'auth');
  const leave = await circuits?.enter(call);
  try {
    const response = await carried(call, () => carry({ accept: 'application/json', 'x-richpanel-key': key }));
    const answer = read(response, call, clock.now());
    await leave?.(null);
    return answer;
  } catch (error) {
    await leave?.(error);
    throw error;
  }
}

async function carried({ isWrite }: Call, run: () => Promise<HttpResponse>): Promise<HttpResponse> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof TransportError)) throw error;
    throw new VendorError('richpanel', error.kind, { applied: isWrite && error.mayHaveWritten ? 'unknown' : 'no' });
  }
}

/** The schema of write answers is unknown, an empty one included (reference §3.4); a message wants a real answer. */
function read({ status, headers, body }: HttpResponse, { isWrite, isOnce }: Call, now: number): unknown {
  if (status < 200 || status > 299)
    throw errorOfStatus(status, { isWrite, isOnce, retryAfterMs: retryAfterMs(headers, now, status) });
  if (body.trim() === '' && isWrite && !isOnce) return null;
  try {
    return parseJson(body);
  } catch {
    throw new VendorError('richpanel', 'parse', { status, applied: isWrite ? 'unknown' : 'no' });
  }
}

/**
 * A refusal or a torn answer is the vendor's hiccup: what may be repeated is asked for once more. A write without an
 * answer is not: it may land after its repetition, and whoever keeps a register must know and wait (protocols §8). Nor is
 * what our own budget held back: it has waited (platform §5.5).
 */
function isWorthRepeating({ kind, status, retryable, applied }: VendorError): boolean {
  const isUnanswered = applied === 'unknown' && (kind === 'timeout' || kind === 'network');
  const isHeldBack = kind === 'circuit_open' || (kind === 'rate_limited' && status === undefined);
  return (retryable || kind === 'parse') && !isUnanswered && !isHeldBack;
}
