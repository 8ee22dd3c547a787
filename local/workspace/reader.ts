/** Reads of a real workspace. By type it has no method but `get`, and every answer is a value: HTML, 403 and silence too. */
import { setTimeout as sleep } from 'node:timers/promises';
import { VendorError } from '../../functions/shared/errors.ts';
import { type HttpResponse, type HttpTransport, TransportError } from '../../functions/shared/helpdesk/transport.ts';
import { retryAfterMs } from '../../functions/shared/retry-after.ts';

export type Why =
  /** 401: the key is wrong. */
  | 'unauthorised'
  /** 403: not for this key. */
  | 'forbidden'
  | 'not_found'
  /** Another 4xx, or a redirect. */
  | 'refused'
  | 'busy'
  | 'broken'
  /** HTML, an empty body, or JSON that is no object. */
  | 'unreadable'
  | 'unreachable'
  | 'late';
export type Reading =
  | { readonly ok: true; readonly value: Readonly<Record<string, unknown>> | readonly unknown[] }
  | { readonly ok: false; readonly why: Why; readonly status: number | null };

/** @property get  `path` below `/v1`, percent-encoded */
export type WorkspaceReader = { get(path: string): Promise<Reading> };

/** Reference §13. */
const READ_TIMEOUT_MS = 5_000;
const TRIES = 2;
/** Then the vendor's own window is over (reference §1.3). */
const LONGEST_WAIT_MS = 30_000;
/** Without a Retry-After. */
const USUAL_WAIT_MS = 2_000;
const WORTH_ANOTHER: readonly Why[] = ['busy', 'broken', 'unreadable', 'unreachable', 'late'];

export function workspaceReader(parts: {
  readonly transport: HttpTransport;
  readonly apiKey: string;
  /** Resolves when another request may be made. */
  readonly pace?: () => Promise<void>;
  readonly tries?: number;
  /** Of the waits between tries. */
  readonly timeScale?: number;
}): WorkspaceReader {
  const { transport, apiKey, pace = async () => {}, tries = TRIES, timeScale = 1 } = parts;
  async function once(path: string): Promise<Reading & { readonly waitMs?: number }> {
    await pace();
    try {
      const headers = { accept: 'application/json', 'x-richpanel-key': apiKey };
      return read(await transport({ method: 'GET', path, headers, body: null, timeoutMs: READ_TIMEOUT_MS }));
    } catch (error) {
      return { ok: false, why: whyOf(error), status: null };
    }
  }
  return {
    async get(path) {
      for (let attempt = 1; ; attempt += 1) {
        const reading = await once(path);
        if (reading.ok || attempt >= tries || !WORTH_ANOTHER.includes(reading.why)) return reading;
        await sleep(timeScale * Math.min(LONGEST_WAIT_MS, reading.waitMs ?? USUAL_WAIT_MS));
      }
    },
  };
}

function read({ status, headers, body }: HttpResponse): Reading & { readonly waitMs?: number } {
  if (status < 200 || status > 299) {
    const waitMs = status === 429 ? retryAfterMs(headers, Date.now()) : undefined;
    return { ok: false, why: whyOfStatus(status), status, ...(waitMs !== undefined && { waitMs }) };
  }
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value === 'object' && value !== null) return { ok: true, value: value as Record<string, unknown> };
  } catch {
    // Said below.
  }
  return { ok: false, why: 'unreadable', status };
}

function whyOfStatus(status: number): Why {
  if (status === 401) return 'unauthorised';
  if (status === 403) return 'forbidden';
  if (status === 404) return 'not_found';
  if (status === 429) return 'busy';
  return status >= 500 ? 'broken' : 'refused';
}

function whyOf(error: unknown): Why {
  if (error instanceof TransportError) return error.kind === 'timeout' ? 'late' : 'unreachable';
  if (error instanceof VendorError && error.kind === 'rate_limited') return 'busy';
  throw error;
}
