/** The sender's half of every webhook authentication (docs/webhooks.md): what a person configures, and what a signer adds. */
import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import type { AuthMethod } from '../events/auth-methods.ts';

/** Where a webhook goes and how it proves itself. A token in the URL is part of `url`. */
export type Door = {
  readonly url: string;
  readonly header: string;
  readonly token: string;
  readonly auth: AuthMethod;
};

export type Call = {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Text of a JSON object, or a template of one. */
  readonly body: string;
};

/** 32 random bytes in the form that the method takes. */
export function newWebhookSecret(method: AuthMethod): string {
  const bytes = randomBytes(32);
  return method === 'standard_webhooks' ? `whsec_${bytes.toString('base64')}` : bytes.toString('hex');
}

/** The whole address of a door. */
export function doorUrl(url: string, method: AuthMethod, token: string): string {
  return method === 'url_token' ? `${url}/${token}` : url;
}

/** What stays the same from call to call: a token where the method wants it. Signatures are each call's own. */
export function withToken({ url, header, token, auth }: Door, body: string): Call {
  switch (auth) {
    case 'header_token':
      return { url, headers: { [header]: token }, body };
    case 'body_token':
      return { url, headers: {}, body: body.replace('{', () => `{"token":${JSON.stringify(token)},`) };
    case 'url_token':
    case 'hmac':
    case 'standard_webhooks':
      return { url, headers: {}, body };
    default:
      return auth satisfies never;
  }
}

/** Headers that sign these bytes; none where a token does it. `now` in epoch milliseconds. */
export function signatureOf(
  { auth, token }: Pick<Door, 'auth' | 'token'>,
  body: string,
  now: number,
  id = `msg_${randomUUID()}`,
): Record<string, string> {
  const timestamp = String(Math.floor(now / 1000));
  if (auth === 'hmac') {
    const signature = createHmac('sha256', token).update(`${timestamp}.${body}`).digest('hex');
    return { 'x-timestamp': timestamp, 'x-signature': signature };
  }
  if (auth !== 'standard_webhooks') return {};
  const key = Buffer.from(token.replace(/^whsec_/, ''), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
}

/** A webhook that the door takes. */
export function provenCall(door: Door, payload: object, now: number): Call {
  const call = withToken(door, JSON.stringify(payload));
  return {
    ...call,
    headers: { 'content-type': 'application/json', ...call.headers, ...signatureOf(door, call.body, now) },
  };
}

/** The door of a ready object (interfaces §1). */
export function doorOf(ready: {
  readonly webhookUrl: string;
  readonly webhookHeader: string;
  readonly webhookToken: string;
  readonly webhookAuth?: AuthMethod | undefined;
}): Door {
  const { webhookUrl: url, webhookHeader: header, webhookToken: token, webhookAuth: auth = 'header_token' } = ready;
  return { url, header, token, auth };
}
