/** Which links and tracking numbers may reach a customer (replies §2.6). */

/** One row of the carrier table; the shop's configuration owns the rows. */
export type Carrier = {
  /** Display name, the only carrier text a customer reads. */
  readonly label: string;
  /** Lower-case names as shops and carriers spell them. */
  readonly aliases: readonly string[];
  /** Pattern of its numbers: needed to build a link, never to refuse a number. */
  readonly numberShape: string;
  readonly hosts: readonly string[];
  /** Query keys that may stay in a delivered link. */
  readonly queryKeys: readonly string[];
  /** Where a link is built when none was delivered; `{number}` stands for the number. */
  readonly trackingPage: string;
};

/** Hosts of the shop's own pages (order page, policies), with the query keys each may keep. */
export type ShopHost = { readonly host: string; readonly queryKeys: readonly string[] };

export type LinkPolicy = { readonly carriers: readonly Carrier[]; readonly shopHosts: readonly ShopHost[] };

/** Template variables `tracking_url` and `status_url` (replies §1.5). */
const MAX_URL_CHARS = 300;
/** Words in a query key that mark a link as personal or as a key to an account (replies §2.6). */
const SECRET_KEY_WORDS = ['email', 'token', 'key', 'signature'];
const QUERY_VALUE = /^[A-Za-z0-9._-]{1,64}$/;

/** A tracking number as the customer may read it, or `null`. */
export function cleanTrackingNumber(raw: string): string | null {
  const number = raw.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase();
  // A digit is asked for as well, because words such as PENDING or NOTAVAILABLE have the shape of a number.
  return /^[A-Z0-9]{8,34}$/.test(number) && /\d/.test(number) ? number : null;
}

/** The carrier behind a raw name, or `null` when the table does not know it. */
export function carrierOf(raw: string | undefined, carriers: readonly Carrier[]): Carrier | null {
  if (raw === undefined) return null;
  const name = raw.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
  return carriers.find((carrier) => carrier.label.toLowerCase() === name || carrier.aliases.includes(name)) ?? null;
}

/** The carrier whose page a clean link leads to. */
export function carrierAt(link: string, carriers: readonly Carrier[]): Carrier | undefined {
  const { hostname } = new URL(link);
  return carriers.find(({ hosts }) => hosts.includes(hostname));
}

/** A delivered tracking link on a carrier's host, reduced to declared query keys, or `null`. */
export function cleanTrackingUrl(raw: string, { carriers, shopHosts }: LinkPolicy): string | null {
  const carrierHosts = carriers.flatMap(({ hosts, queryKeys }) => hosts.map((host) => ({ host, queryKeys })));
  return cleanUrl(raw, [...carrierHosts, ...shopHosts]);
}

/** The shop's page of an order, or `null`; a link that carries a token is dropped whole. */
export function cleanStatusUrl(raw: string, { shopHosts }: LinkPolicy): string | null {
  return cleanUrl(raw, shopHosts);
}

/** Does a link tell of another parcel than its number, in path or query, alone or beside it? */
export function namesOther(link: string, number: string): boolean {
  const { pathname, searchParams } = new URL(link);
  return [...pathname.split('/'), ...searchParams.values()].some((part) => {
    const told = cleanTrackingNumber(part);
    return told !== null && told !== number;
  });
}

/** A link made from the carrier's pattern; only when carrier and number are both known and fit each other. */
export function buildTrackingUrl(carrier: Carrier | null, number: string | undefined): string | null {
  if (carrier === null || number === undefined) return null;
  if (!new RegExp(`^(?:${carrier.numberShape})$`).test(number)) return null;
  return carrier.trackingPage.replace('{number}', encodeURIComponent(number));
}

function cleanUrl(raw: string, allowed: readonly ShopHost[]): string | null {
  const url = parseHttps(raw);
  if (url === null) return null;
  const host = allowed.find((entry) => entry.host === url.hostname);
  if (host === undefined || holdsAddress(url) || isOddPath(url.pathname)) return null;

  for (const key of new Set(url.searchParams.keys())) {
    if (isSecretKey(key)) return null;
    if (!host.queryKeys.includes(key)) url.searchParams.delete(key);
  }
  const values = [...url.searchParams.values()];
  if (!values.every((value) => QUERY_VALUE.test(value))) return null;
  return url.href.length <= MAX_URL_CHARS ? url.href : null;
}

/** `URL` lower-cases and IDNA-encodes the host and hides port 443, so that hosts compare exactly; it also mends, which is not wanted. */
function parseHttps(raw: string): URL | null {
  if (/[\s\\\p{Cc}\p{Cf}]/u.test(raw)) return null;
  const url = URL.canParse(raw) ? new URL(raw) : null;
  if (url === null || url.protocol !== 'https:') return null;
  if (url.username !== '' || url.password !== '' || url.port !== '' || url.hash !== '' || raw.includes('#'))
    return null;
  return url;
}

function holdsAddress(url: URL): boolean {
  return /@|%40/i.test(url.pathname + url.search);
}

/** An address within the path, a session, anything that had to be encoded, or a segment that leads on or names a secret. */
function isOddPath(path: string): boolean {
  const segments = path.split('/');
  return /\/\/|[%;]/.test(path) || segments.some((part) => isSecretKey(part) || /^(https?:?|redirect)$/i.test(part));
}

function isSecretKey(key: string): boolean {
  const words = key.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  const isCompound = /e-?mail|token|signature|(?:api|auth|access|secret)key/.test(words);
  return isCompound || SECRET_KEY_WORDS.some((word) => words.split(/[^a-z0-9]+/).includes(word));
}
