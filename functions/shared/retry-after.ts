/** How long a vendor asks to be left alone, from the headers of its answer. Never less than it says. */

const RESET_HEADERS = ['x-ratelimit-reset', 'ratelimit-reset'];
/** A larger number is an epoch in seconds, a smaller one a wait (reference §1.3). */
const LEAST_EPOCH_S = 10_000_000;
/** The longest budget of anything that waits (platform §5.4): what is asked beyond it ends nothing sooner. */
const MOST_MS = 24 * 3_600_000;
const NUMBER = /^\d+(?:\.\d+)?$/;

type Headers = Readonly<Record<string, string>>;

/**
 * `Retry-After` in seconds or as a date, on any answer; for a 429 also a reset header.
 *
 * @param now  epoch milliseconds of our clock
 * @returns milliseconds; `undefined` when the vendor does not say
 */
export function retryAfterMs(headers: Headers, now: number, status = 429): number | undefined {
  const told = fromRetryAfter(headers, now) ?? (status === 429 ? fromReset(headers, now) : undefined);
  return told === undefined ? undefined : Math.min(MOST_MS, Math.max(0, told));
}

function fromRetryAfter(headers: Headers, now: number): number | undefined {
  const asked = headers['retry-after']?.trim() ?? '';
  if (NUMBER.test(asked)) return Number(asked) * 1000;
  const at = instantOf(asked);
  // The date is of the vendor's clock, which its answer shows too; ours may be ahead of it.
  return at === undefined ? undefined : Math.max(at - now, at - (instantOf(headers.date ?? '') ?? now));
}

function fromReset(headers: Headers, now: number): number | undefined {
  const reset = RESET_HEADERS.map((name) => headers[name]?.trim() ?? '').find((value) => NUMBER.test(value));
  if (reset === undefined) return undefined;
  const seconds = Number(reset);
  return seconds > LEAST_EPOCH_S ? seconds * 1000 - now : seconds * 1000;
}

/** An HTTP date is of GMT whether it says so or not; `Date.parse` would take this machine's zone. */
function instantOf(text: string): number | undefined {
  if (!/^[A-Z][a-z]{2,8},? /.test(text)) return undefined;
  const at = Date.parse(/ GMT$/.test(text) ? text : `${text} GMT`);
  return Number.isFinite(at) ? at : undefined;
}
