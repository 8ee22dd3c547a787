/** Account numbers with their own check digits: payment data, as a card is; before cards, whose shape lies inside theirs. */
import type { Detector, Span } from './detector.ts';
import { SIGNS_BETWEEN } from './digit-groups.ts';

/** Characters of an account number by country (SWIFT IBAN registry). */
const LENGTHS: ReadonlyMap<string, number> = new Map(
  `AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 FI18 FO18 FR27
   GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27
   MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 SE24 SI19 SK24 SM27 ST25 SV28 TL23
   TN24 TR26 UA29 VA22 VG24 XK20`
    .trim()
    .split(/\s+/)
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))] as const),
);
const GAP = `[${SIGNS_BETWEEN}]{0,3}`;
/** May follow a word without a blank: "IBANES91…". The longest has 32 characters. */
const START = new RegExp(`(?=(?<found>[A-Z]{2}\\d{2}(?:${GAP}[A-Z0-9]){11,28}))`, 'giu');
const BEGIN = /(?:^|[^\p{L}\p{N}]|iban|account|cuenta|konto)$/iu;
/** Most of it: a sentence behind "at40…" passes the check now and then. */
const LEAST_SHARE_OF_DIGITS = 0.6;
/** Printed in blocks of four it is an account number though a digit was mistyped. */
const BLOCKS = /^[A-Z]{2}\d{2}(?:[ -]\d{4}){4,}/i;

export const iban: Detector = {
  code: 'iban',
  find: (text) =>
    [...text.matchAll(START)].flatMap(({ index, groups }): Span[] => {
      if (!BEGIN.test(text.slice(Math.max(0, index - 8), index))) return [];
      const written = wholeNumber(groups?.found ?? '');
      return written === null ? [] : [{ start: index, end: index + written.length, placeholder: '[CARD]' }];
    }),
};

/** As many characters as the country's numbers have, when they are one. */
function wholeNumber(found: string): string | null {
  const length = LENGTHS.get(found.slice(0, 2).toUpperCase());
  const number = found.replace(/[^A-Z0-9]/gi, '').slice(0, length);
  if (length === undefined || number.length < length) return null;
  if (number.replace(/\D/g, '').length < length * LEAST_SHARE_OF_DIGITS) return null;
  if (!hasValidCheck(number.toUpperCase()) && !BLOCKS.test(found)) return null;
  let end = 0;
  for (let signs = 0; signs < length; end += 1) if (/[A-Z0-9]/i.test(found[end] ?? '')) signs += 1;
  return found.slice(0, end);
}

/** ISO 13616: the number with its first four characters behind it, letters as 10 to 35, leaves 1 of 97. */
function hasValidCheck(number: string): boolean {
  let rest = 0;
  for (const sign of number.slice(4) + number.slice(0, 4))
    rest = (/\d/.test(sign) ? rest * 10 + Number(sign) : rest * 100 + Number.parseInt(sign, 36)) % 97;
  return rest === 1;
}
