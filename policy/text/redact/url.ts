/** Links: a carrier's page is tracking, anything else is a link; none is ever fetched (platform §4.3). */
import { type Detector, notWithin, type RedactContext, type Span } from './detector.ts';
import { email } from './email.ts';

/** Anything with a scheme, or beginning with "www.". */
const WITH_SCHEME =
  /(?:(?<![\p{L}\p{N}@])(?:[a-z][a-z0-9+.-]{1,15}:\/\/|www\.)|(?:https?|ftp):[/\\]{1,3}(?![/\\]))[^\s<>"`]+/giu;
/** A host of a common ending, alone or with more behind it; endings that are English or Spanish words need a path. */
const BARE_HOST =
  /(?<![\p{L}\p{N}@._-])(?:[\p{L}\p{N}][\p{L}\p{N}-]{0,62}\.){1,4}(?:(?:com|net|org|info|biz|shop|store|xyz|app|io|ly|gl|gd|uk|de|fr|ru|cn|test|example)(?![\p{L}\p{N}@_-]|\.[\p{L}\p{N}])(?::\d{1,5})?(?:[/?][^\s<>"`]*)?|\p{L}{2,10}\/[^\s<>"`]+)/giu;
const CLOSING_PUNCTUATION = /[.,;:!?)\]}'’”»*]+$/u;

export const url: Detector = {
  code: 'url',
  /** The host of a torn mail address is left to it: "jane@ shop.com". */
  find: (text, context) =>
    notWithin(
      [WITH_SCHEME, BARE_HOST].flatMap((pattern) => [...text.matchAll(pattern)].map((match) => spanOf(match, context))),
      () => email.find(text, context),
    ),
};

function spanOf(match: RegExpMatchArray & { index?: number }, { carrierHosts }: RedactContext): Span {
  const [found] = match;
  const link = found.length > 8 ? found.slice(0, 8) + found.slice(8).replace(CLOSING_PUNCTUATION, '') : found;
  const start = match.index ?? 0;
  const host = hostOf(link);
  const isCarrier = host !== null && carrierHosts.some((carrier) => isWithin(host, carrier));
  return { start, end: start + link.length, placeholder: isCarrier ? '[TRACKING]' : '[URL]' };
}

/** `null` when it only looks like a link; it is replaced all the same. */
function hostOf(link: string): string | null {
  const whole = link.includes('://') ? link : `https://${link}`;
  return URL.canParse(whole) ? new URL(whole).hostname : null;
}

/** Shops name "www.ups.com"; customers write "ups.com" and "m.ups.com". */
function isWithin(host: string, carrier: string): boolean {
  const domain = carrier.replace(/^www\./, '');
  return host === domain || host.endsWith(`.${domain}`);
}
