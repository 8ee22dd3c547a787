/** What every method of proof has in common (platform §3.2). Pure: the time is part of the question. */

/** A request as far as a proof may look at it. */
export type Sent = {
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly path: string;
  /** As received, without the question mark. */
  readonly query: string;
  /** The raw bytes, after any base64 of the transport. */
  readonly body: Uint8Array;
  /** Receive time, epoch milliseconds. */
  readonly now: number;
};

/** Slot of the secret that proved the sender, 0 = newest; `null` when none did. Says nothing of why. */
export type Authenticate = (sent: Sent) => number | null;

/** Takes what every comparison said: none may be left out because an earlier one matched. */
export function firstMatch(matches: readonly boolean[]): number | null {
  const slot = matches.indexOf(true);
  return slot < 0 ? null : slot;
}
