/** Vendor spellings of channels → ours (decisions §1.4, reference §2.2). Unrecognised is `unknown`, never auto. */
import type { Channel } from '../../../events/words.ts';

const SPELLINGS: Readonly<Record<string, Channel>> = {
  email: 'email',
  email_from_widget: 'email',
  livechat: 'livechat',
  live_chat: 'livechat',
  chat: 'livechat',
  messenger: 'livechat',
  website_chat: 'livechat',
  social: 'social',
  facebook: 'social',
  facebook_message: 'social',
  facebook_comment: 'social',
  facebook_feed_comment: 'social',
  instagram: 'social',
  instagram_message: 'social',
  instagram_comment: 'social',
  instagram_feed_comment: 'social',
  tiktok: 'tiktok',
  tiktok_shop: 'tiktok',
  tiktok_shop_message: 'tiktok',
  phone: 'phone',
  aircall: 'phone',
  call: 'phone',
  voice: 'phone',
};

export function normaliseChannel(raw: string | null): Channel {
  const key = (raw ?? '')
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');
  // `constructor` is a property of every object, and no channel.
  return (Object.hasOwn(SPELLINGS, key) ? SPELLINGS[key] : undefined) ?? 'unknown';
}
