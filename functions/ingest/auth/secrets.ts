/** The live secrets of the webhook (platform §3.5), and who may come in by them. */
import * as v from 'valibot';
import type { AuthMethod } from '../../../events/auth-methods.ts';
import { SafeError } from '../../shared/errors.ts';
import type { Authenticate } from './authenticator.ts';
import { bodyToken } from './body-token.ts';
import { headerToken } from './header-token.ts';
import { hmac } from './hmac.ts';
import { signingKey, standardWebhooks } from './standard-webhooks.ts';
import { isLongEnough } from './tokens.ts';
import { urlToken } from './url-token.ts';

const METHODS: Readonly<Record<AuthMethod, (secrets: readonly (string | null)[]) => Authenticate>> = {
  hmac,
  header_token: headerToken,
  body_token: bodyToken,
  url_token: urlToken,
  standard_webhooks: standardWebhooks,
};

const Secret = v.object({ active_tokens: v.pipe(v.array(v.string()), v.minLength(1)) });

/** Of the right form, and long enough to hold 32 random bytes: anything less opens no door. */
export function isUsable(method: AuthMethod, secret: string): boolean {
  if (method === 'standard_webhooks') return signingKey(secret) !== null;
  // What a URL cannot carry as it is would have to be decoded, and decoders differ.
  if (method === 'url_token' && !/^[A-Za-z0-9_~-]+$/.test(secret)) return false;
  return isLongEnough(secret);
}

/** The entries of `richpanel/webhook_token`, newest first. Throws on another shape, quoting nothing. */
export function activeSecrets(value: string): readonly string[] {
  try {
    return v.parse(Secret, JSON.parse(value)).active_tokens;
  } catch {
    throw new SafeError('webhook_secret_unreadable');
  }
}

/** Throws when no entry is usable: then nobody is let in. One that is not keeps its slot and opens nothing. */
export function authenticator(method: AuthMethod, secrets: readonly string[]): Authenticate {
  const usable = secrets.map((secret) => (isUsable(method, secret) ? secret : null));
  if (usable.every((secret) => secret === null)) throw new SafeError('webhook_secret_weak');
  return METHODS[method](usable);
}
