/** Where, how often and how late a reply may leave, and which one resolves, as data (decisions §1.4, platform §2.4, §11.5, replies §7.4). */
import type { Channel, TemplateId } from '../events/words.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** No other channel is ever answered, whatever a flag says (decisions §1.4). */
export const REPLY_CHANNELS: readonly Channel[] = ['email', 'livechat'];

/** Templates whose body announces that the ticket is resolved (replies §7.4: an allow-list of one). */
export const AUTO_CLOSE_ALLOWED: readonly TemplateId[] = ['t_order_eta_no_tracking_verified'];

/** Platform §2.4, layer L4: a shop's own limits can only be stricter. */
export const REPLY_LIMITS = {
  cooldownMs: 10 * MINUTE_MS,
  windowMs: 24 * HOUR_MS,
  perConversation: 3,
  perCustomer: 5,
} as const;

/** Older messages get no reply (platform §11.5, guard 4; protocols §9). */
export const REPLY_AGES = {
  livechatMs: 15 * MINUTE_MS,
  otherMs: 2 * HOUR_MS,
  /** The vault keeps a message's text for an hour, and the verifier needs it. */
  tier2Ms: 55 * MINUTE_MS,
} as const;
