/** What a release decides by, as one value, so that the same input can be judged under another: `whatif` (architecture §6). Gates and matrix are code. */
import type { Channel, Intent, TemplateId } from '../events/words.ts';
import { INTENT_CATALOGUE, type IntentEntry } from './intents.ts';
import { THRESHOLDS, type Thresholds } from './thresholds.ts';
import { AUTO_CLOSE_ALLOWED, REPLY_AGES, REPLY_CHANNELS, REPLY_LIMITS } from './tier-policy.ts';

/** What an intent may lead to. Its class is taxonomy, which scores were learnt under, and stays. */
export type TierPolicy = Pick<IntentEntry, 'highestTier' | 'team' | 'templates'>;

export type Policy = {
  readonly thresholds: Thresholds;
  readonly intents: Readonly<Record<Intent, TierPolicy>>;
  readonly replyChannels: readonly Channel[];
  readonly autoCloseAllowed: readonly TemplateId[];
  /** Times in milliseconds. */
  readonly replyLimits: Readonly<Record<keyof typeof REPLY_LIMITS, number>>;
  /** In milliseconds. */
  readonly replyAges: Readonly<Record<keyof typeof REPLY_AGES, number>>;
};

/** The policy of this release. */
export const POLICY: Policy = {
  thresholds: THRESHOLDS,
  intents: INTENT_CATALOGUE,
  replyChannels: REPLY_CHANNELS,
  autoCloseAllowed: AUTO_CLOSE_ALLOWED,
  replyLimits: REPLY_LIMITS,
  replyAges: REPLY_AGES,
};
