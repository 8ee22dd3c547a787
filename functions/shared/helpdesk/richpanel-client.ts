/** Calls to Richpanel's API: key, timeouts, retries, and errors that say whether a write may have happened (reference §13). */
import { VendorError } from '../errors.ts';
import type { Clock, Ids } from '../ports.ts';
import { retryAfterMs } from '../retry-after.ts';
import { RICHPANEL_RETRIES, withRetries } from '../retrying.ts';
import { errorOfStatus } from './richpanel-errors.ts';
import { type HttpResponse, type HttpTransport, TransportError } from './transport.ts';

/** Per attempt (reference §13). */
const READ_TIMEOUT_MS = 5_000;
const WRITE_TIMEOUT_MS = 10_000;

export type RichpanelCall = {
  readonly method: 'GET' | 'PUT';
  /** Below `/v1`, percent-encoded. */
  readonly path: string;
  readonly body?: unknown;
};

/** What must not be repeated: one attempt within a window. */
export type OnceOptions = { readonly timeoutMs: number; readonly mayWrite: () => boolean };

export type RichpanelClient = {
  /** A call that may be repeated: up to two attempts. Answers the parsed body; `null` where it is empty. */
  call(call: RichpanelCall): Promise<unknown>;
  /** One attempt; `applied` is 'no' only when not a byte was written or the vendor answered 429. */
  once(call: RichpanelCall, options: OnceOptions): Promise<unknown>;
};

export type RichpanelSettings = {
  readonly transport: HttpTransport;
  readonly apiKey: () => Promise<string>;
  /** The flag `richpanel_read_only`: nothing but GET leaves the process then. */
  readonly isReadOnly: () => Promise<boolean>;
  readonly clock: Pick<Clock, 'now' | 'sleep'>;
  readonly ids: Pick<Ids, 'jitter'>;
};

export function richpanelClient({ transport, apiKey, isReadOnly, clock, ids }: RichpanelSettings): RichpanelClient {
  async function headersFor(call: RichpanelCall): Promise<Record<string, string>> {
    if (call.method !== 'GET' && (await isReadOnly())) throw new VendorError('richpanel', 'read_only');
    return {
      accept: 'application/json',
      ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
      'x-richpanel-key': await apiKey(),
    };
  }

  async function attempt(call: RichpanelCall, once?: OnceOptions): Promise<unknown> {
    const isWrite = call.method !== 'GET';
    const headers = await headersFor(call);
    const response = await carried(isWrite, () =>
      transport({
        method: call.method,
        path: call.path,
        headers,
        body: call.body === undefined ? null : JSON.stringify(call.body),
        timeoutMs: once?.timeoutMs ?? (isWrite ? WRITE_TIMEOUT_MS : READ_TIMEOUT_MS),
        ...(once && { mayWrite: once.mayWrite }),
      }),
    );
    if (response.status < 200 || response.status > 299)
      throw errorOfStatus(response.status, {
        isWrite,
        isOnce: once !== undefined,
        retryAfterMs: response.status === 429 ? retryAfterMs(response.headers, clock.now()) : undefined,
      });
    return parsed(response, isWrite, once !== undefined);
  }

  return {
    call: (call) => withRetries({ clock, ids }, RICHPANEL_RETRIES, () => attempt(call), isWorthRepeating),
    once: (call, options) => attempt(call, options),
  };
}

/**
 * A refusal or a torn answer is the vendor's hiccup: what may be repeated is asked for once more. A write without an
 * answer is not: it may land after its repetition, and whoever keeps a register must know and wait (protocols §8).
 */
function isWorthRepeating({ kind, retryable, applied }: VendorError): boolean {
  const isUnanswered = applied === 'unknown' && (kind === 'timeout' || kind === 'network');
  return (retryable || kind === 'parse') && !isUnanswered;
}

async function carried(isWrite: boolean, run: () => Promise<HttpResponse>): Promise<HttpResponse> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof TransportError)) throw error;
    throw new VendorError('richpanel', error.kind, {
      applied: isWrite && error.mayHaveWritten ? 'unknown' : 'no',
    });
  }
}

/** The schema of write answers is unknown, an empty one included (reference §3.4); a message wants a real answer. */
function parsed({ status, body }: HttpResponse, isWrite: boolean, isOnce: boolean): unknown {
  if (body.trim() === '' && isWrite && !isOnce) return null;
  try {
    return JSON.parse(body);
  } catch {
    throw new VendorError('richpanel', 'parse', { status, applied: isWrite ? 'unknown' : 'no' });
  }
}
