/** Tokens that nobody can guess. */
import { newWebhookSecret } from '../../local/webhook-proof.ts';

/** In the form of the one it succeeds: secrets of Standard Webhooks say what they are. */
export function newToken(former: string): string {
  return newWebhookSecret(former.startsWith('whsec_') ? 'standard_webhooks' : 'header_token');
}
