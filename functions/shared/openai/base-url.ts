/** Where a message may go: OpenAI's API, or a stand-in on this machine (platform §4.6). */

const ALLOWED_HOSTS: ReadonlySet<string> = new Set(['api.openai.com']);
const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * The address without a trailing slash.
 *
 * @param baseUrl  https of OpenAI's API, or http of this machine, with the version in its path. Throws for anything else.
 */
export function allowedBase(baseUrl: string): string {
  const base = new URL(baseUrl);
  const isAllowed =
    (base.protocol === 'https:' && ALLOWED_HOSTS.has(base.hostname) && base.port === '') ||
    (base.protocol === 'http:' && LOOPBACK_HOSTS.has(base.hostname));
  if (!isAllowed || base.username !== '' || base.password !== '')
    throw new Error('the address of OpenAI is no https address of an allowed host');
  return baseUrl.replace(/\/+$/, '');
}
