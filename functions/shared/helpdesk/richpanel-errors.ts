/** Status codes and waiting times of the vendor as errors (reference §1.1–1.4). */
import { VendorError, type VendorKind } from '../errors.ts';

export function errorOfStatus(
  status: number,
  call: { readonly isWrite: boolean; readonly isOnce: boolean; readonly retryAfterMs: number | undefined },
): VendorError {
  const kind = kindOf(status);
  // A refusal of a repeatable write proves that nothing was done; of a message only 429 does (protocols §6).
  const isRefusal = kind === 'rate_limited' || (status >= 400 && status < 500 && !call.isOnce);
  return new VendorError('richpanel', kind, {
    status,
    retryAfterMs: call.retryAfterMs,
    applied: call.isWrite && !isRefusal ? 'unknown' : 'no',
  });
}

function kindOf(status: number): VendorKind {
  if (status === 429) return 'rate_limited';
  if (status === 401 || status === 403) return 'auth';
  if (status === 404) return 'not_found';
  return status >= 500 ? 'server' : 'invalid';
}

const RESET_HEADERS = ['x-ratelimit-reset', 'ratelimit-reset'];
/** A larger number is an epoch in seconds, a smaller one a wait (reference §1.3). */
const LEAST_EPOCH_S = 10_000_000;

/** `Retry-After` in seconds or as a date, else a reset header; `undefined` when the vendor does not say. */
export function retryAfterMs(headers: Readonly<Record<string, string>>, now: number): number | undefined {
  const asked = headers['retry-after']?.trim();
  if (asked !== undefined && asked !== '') {
    const seconds = Number(asked);
    if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
    const at = Date.parse(asked);
    if (Number.isFinite(at)) return Math.max(0, at - now);
  }
  for (const name of RESET_HEADERS) {
    const reset = Number(headers[name] ?? Number.NaN);
    if (Number.isFinite(reset)) return Math.max(0, reset > LEAST_EPOCH_S ? reset * 1000 - now : reset * 1000);
  }
  return undefined;
}
