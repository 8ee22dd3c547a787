/** What the model would be paid for a thousand messages, by the planning figures for one call. Pure. */
import { CONFIG } from '../../config/generated/config.ts';
import { spendOf } from '../../functions/shared/openai/spend.ts';
import type { Mix } from './estimate.ts';
import { messagesIn } from './estimate.ts';

/** Decisions §3.10: a prefix of about 1,900 tokens that the cache mostly has, at most 1,100 beside it, 220 out. */
const CLASSIFY = { in: 3_000, cached: 1_900, out: 220 };
/** Platform §5.13: 400 in, 40 out. */
const VERIFY = { in: 400, cached: 0, out: 40 };

/** Every message is classified; what may be answered about an order is verified. */
export function modelThousand(mix: Mix): number {
  const { models, prices } = CONFIG;
  const each = (use: 'classify' | 'verify', tokens: typeof VERIFY): number =>
    spendOf(tokens, prices.models[models[use]]).nanoUsd / 1e9;
  const verified = mix['tier-2-reply'] + mix['tier-2-resolve'];
  const messages = messagesIn(mix);
  return messages === 0 ? 0 : 1_000 * (each('classify', CLASSIFY) + each('verify', VERIFY) * (verified / messages));
}
