/** Status codes of the vendor as errors (reference §1.1–1.2). Bodies are never read: they may be HTML, empty, or quote a customer. */
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

/** An id that the vendor does not know: 404, or 400 where the reference lists no 404 (§1.1, §3.1). */
export function isUnknownId(error: unknown): boolean {
  return error instanceof VendorError && (error.kind === 'not_found' || error.status === 400);
}
