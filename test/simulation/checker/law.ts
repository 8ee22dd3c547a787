/**
 * The numbers of the protocols, stated once more: a checker that read them from the code it judges would agree with
 * whatever they become there.
 */
const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** At the socket write the answer to the re-read may be so old (protocols §6). */
export const READ_VALID_MS = 2 * SECOND_MS;
/** The answer's way back to the sender and the request's way to the helpdesk, which no rule of ours bounds. */
export const WIRE_MS = 250;
/** The claim's owner may begin to send for so long, and its request is aborted after so long (protocols §6). */
export const SEND_WITHIN_MS = 20 * SECOND_MS;
export const ABORT_MS = 30 * SECOND_MS;
/** Two wall clocks, each wrong by up to a minute: what one stamped, another compares (protocols §10, `clock-skew`). */
export const CLOCKS_MS = 2 * MINUTE_MS;
/** A function's longest life: between what it committed and what it sent lies no more (platform §2.5). */
export const LIFE_MS = 90 * SECOND_MS;

/** Nothing is answered that is older than this, by channel, and by what Tier 2 needs of the vault (protocols §9, platform §11.5). */
export function replyAgeMs(channel: string, tier: unknown): number {
  if (channel === 'livechat') return 15 * MINUTE_MS;
  return tier === 2 ? 55 * MINUTE_MS : 2 * HOUR_MS;
}
/** A message stalls no earlier than this (protocols §7, §8). */
export function deadlineMs(channel: string, isAfterReply: boolean): number {
  if (isAfterReply) return 2 * MINUTE_MS;
  return channel === 'livechat' ? 15 * MINUTE_MS : 2 * HOUR_MS;
}

/** Anti-spam (platform §2.4 L4). */
export const COOLDOWN_MS = 10 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
export const REPLIES_A_CONVERSATION = 3;
export const REPLIES_A_CUSTOMER = 5;
/** HTTP writes for one message, a reopening not counted (rulings 18 and 26). */
export const WRITES_A_MESSAGE = 6;
export const HOPS = 12;
/** Between the sweeps of one record; the last one repeats (protocols §7). */
export const SWEEPS_MS = [1 * MINUTE_MS, 5 * MINUTE_MS, 30 * MINUTE_MS, 120 * MINUTE_MS] as const;
