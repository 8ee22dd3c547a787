/** The token for whoever rings our own door while the secret is being rotated. */
import { cacheEndMs } from '../../operate/secret/times.ts';
import { parseWebhookSecret } from '../../operate/secret/webhook-secret.ts';

/**
 * One that every container accepts: the newest once none can know the secret without it, until then the oldest. `null` where
 * the text is no such secret.
 *
 * @param now  epoch milliseconds
 * @param timeScale  of the instance
 */
export function doorToken(secret: string, now: number, timeScale: number): string | null {
  const parsed = parseWebhookSecret(secret);
  if (parsed === null) return null;
  const { tokens, createdAt } = parsed;
  const isKnownToAll = createdAt === null || now - Date.parse(createdAt) > cacheEndMs(timeScale);
  return (isKnownToAll ? tokens[0] : tokens.at(-1)) ?? null;
}
