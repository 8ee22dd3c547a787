/** How long a vendor asks to be left alone, from the headers of its answer. */

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
