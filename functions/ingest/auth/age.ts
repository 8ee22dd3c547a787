/** How old a signed webhook may be (platform §3.2 A). */
const OLDEST_MS = 300_000;
/** The sender's clock may be ahead of ours by as much. */
const FUTURE_MS = 60_000;

/** @param timestamp  seconds since 1970 in decimal digits, as it was sent and signed */
export function isOfNow(timestamp: string, now: number): boolean {
  if (!/^\d{1,12}$/.test(timestamp)) return false;
  const age = now - Number(timestamp) * 1000;
  return age <= OLDEST_MS && age >= -FUTURE_MS;
}
