/** Which message a webhook stands for (platform §2.4 L1, protocols §2). Pure. */
import type { Webhook } from './webhook.ts';

export type IntakeKey = { readonly kind: 'message' | 'digest' | 'bucket'; readonly messageKey: string };

/**
 * @param bucketMs  how long webhooks without message id count as one
 * @param digest  keyed digest of the normalised text and the creation bucket
 */
export function intakeKey(
  webhook: Webhook,
  now: number,
  bucketMs: number,
  digest: (content: string) => string,
): IntakeKey {
  if (webhook.messageId) return { kind: 'message', messageKey: webhook.messageId };
  const at = webhook.sentAt ? Date.parse(webhook.sentAt) : now;
  if (webhook.message) {
    const text = webhook.message.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
    return { kind: 'digest', messageKey: digest(`${text}\n${bucketOf(at, bucketMs)}`) };
  }
  return { kind: 'bucket', messageKey: `${slug(webhook.trigger)}:${bucketOf(now, bucketMs)}` };
}

/** The next record when a merge came too late. */
export function withDiscriminator(key: IntakeKey, discriminator: number): IntakeKey {
  return discriminator === 0 ? key : { ...key, messageKey: `${key.messageKey}:${discriminator}` };
}

function bucketOf(at: number, bucketMs: number): number {
  return Math.floor(at / bucketMs);
}

function slug(trigger: string): string {
  return trigger
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, '_')
    .slice(0, 40);
}
