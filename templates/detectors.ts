/** Shapes that no rendered value may have, whatever variable carries it (replies §1.6 step 4, R3). */

const EMAIL = /[\p{L}\p{N}._%+'-]+@[\p{L}\p{N}-]+/u;
// Ten digits or more, E.164 or North American, as platform §4.3 detects them.
const PHONE = /(?<![\p{L}\p{N}])\+?\(?\d[\d ().-]{8,}\d(?![\p{L}\p{N}])/gu;
const CARD = /(?<![\p{L}\p{N}])\d(?:[ -]?\d){12,18}(?![\p{L}\p{N}])/gu;
const STREET =
  /\b\d{1,6}[a-z]?\s+(?:[\p{L}.'-]+\s+){1,4}(?:street|st|avenue|ave|road|rd|boulevard|blvd|lane|ln|drive|dr|court|ct|way|place|pl|terrace|highway|hwy)\b/iu;
const PO_BOX = /\bp\.?\s?o\.?\s*box\s*\d/i;
const STATE_ZIP = /\b[A-Z]{2}\s+\d{5}(?:-\d{4})?\b/;
const PHONE_KEY = /(?:phone|tel|mobile|msisdn)[^=&]*=\+?\d/i;

function digitsOf(text: string): string {
  return text.replace(/\D/g, '');
}

/** The check sum of payment cards (ISO/IEC 7812-1). */
function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (const [index, digit] of [...digits].reverse().entries()) {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 === 0;
}

export function hasEmail(text: string): boolean {
  return EMAIL.test(text);
}

export function hasPhone(text: string): boolean {
  return [...text.matchAll(PHONE)].some(([match]) => {
    const count = digitsOf(match).length;
    return count >= 10 && count <= 15;
  });
}

function hasCard(text: string): boolean {
  return [...text.matchAll(CARD)].some(([match]) => passesLuhn(digitsOf(match)));
}

function hasAddress(text: string): boolean {
  return STREET.test(text) || PO_BOX.test(text) || STATE_ZIP.test(text);
}

/** Whether a plain value looks like an e-mail address, a phone or card number, or a postal address. */
export function looksPersonal(text: string): boolean {
  return hasEmail(text) || hasPhone(text) || hasCard(text) || hasAddress(text);
}

/** A phone number as people write it: in a URL a bare run of digits is an id, not a phone. */
function hasWrittenPhone(text: string): boolean {
  return [...text.matchAll(PHONE)].some(([match]) => {
    const count = digitsOf(match).length;
    return count >= 10 && count <= 15 && /[+ ().-]/.test(match);
  });
}

/**
 * The same question for a URL, read decoded and without the identifiers it is known to carry: a parcel number
 * in a carrier's link has the shape of a phone or card number (the overlap that §1.6 exempts).
 */
export function urlLooksPersonal(url: string, knownIdentifiers: readonly string[]): boolean {
  const decoded = decode(url);
  if (decoded === undefined) return true;
  const rest = knownIdentifiers.reduce((text, known) => text.replaceAll(known, ' '), decoded);
  // No identifier is an address, whatever somebody typed into the field of a parcel number.
  return hasEmail(decoded) || hasWrittenPhone(rest) || PHONE_KEY.test(rest) || hasCard(rest) || hasAddress(rest);
}

function decode(url: string): string | undefined {
  try {
    // Twice, so that an address encoded twice does not slip through.
    return decodeURIComponent(decodeURIComponent(url.replaceAll('+', ' ')));
  } catch {
    return undefined;
  }
}
