/** Which links may reach a customer: https, exact host of the allow-list, nothing that identifies or unlocks (replies §2.6). */

// RFC 3986 characters without the fragment mark, and without quote, bracket or brace of a markup language.
const URL_TEXT = /^https:\/\/[\p{L}\p{N}\-._~:/?@!$&()*+,;=%]+$/iu;
const SECRET_WORDS: ReadonlySet<string> = new Set([
  'email',
  'token',
  'key',
  'apikey',
  'signature',
  'sig',
  'auth',
  'secret',
]);

/** Whether a query key names an address or a credential, in whatever case it is written: `accessToken`, `api-key`. */
function isSecretKey(key: string): boolean {
  const words = key.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return /e-?mail|token|signature/.test(words) || words.split(/[^a-z0-9]+/).some((word) => SECRET_WORDS.has(word));
}

/** A host as it is compared: IDNA form, lower case; `undefined` when it is no host. */
export function canonicalHost(host: string): string | undefined {
  try {
    const url = new URL(`https://${host}`);
    return url.pathname === '/' && url.port === '' && url.username === '' ? url.hostname : undefined;
  } catch {
    return undefined;
  }
}

function isAllowedHost(host: string, hosts: readonly string[]): boolean {
  return hosts.some((allowed) => canonicalHost(allowed) === host);
}

/** The link in canonical form, or `undefined` when it may not be shown. */
export function allowedLink(raw: string, hosts: readonly string[]): string | undefined {
  if (!URL_TEXT.test(raw)) return undefined;
  let url: URL;
  try {
    url = new URL(raw);
  } catch {
    return undefined;
  }
  const isPlain = url.username === '' && url.password === '' && url.port === '' && url.hash === '';
  if (!isPlain || !isAllowedHost(url.hostname, hosts)) return undefined;
  if ([...url.searchParams.keys()].some(isSecretKey)) return undefined;
  return url.href;
}

/** Everything in a text that a reader's program would turn into a link. */
export function linksIn(text: string): string[] {
  return text.match(/(?:[a-z][a-z0-9+.-]*:\/\/|www\.|(?:javascript|data|vbscript|mailto|tel):)[^\s]*/gi) ?? [];
}
