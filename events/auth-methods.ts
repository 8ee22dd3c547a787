/** How a webhook proves who sent it (platform §3.2, and Standard Webhooks); a stage takes one of them. */
export const AUTH_METHODS = ['hmac', 'header_token', 'body_token', 'url_token', 'standard_webhooks'] as const;
export type AuthMethod = (typeof AUTH_METHODS)[number];
