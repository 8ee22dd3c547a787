/** Tracking numbers: shapes that carriers use, and anything long enough right after a word for it (platform §4.3). */
import { type Detector, type Span, spansOf } from './detector.ts';

/** Each with its source; digits alone are a parcel from 12 on where they are no phone: FedEx 12 and 15, most others 16 and more. */
const SHAPES: readonly string[] = [
  '1Z(?: ?[0-9A-Z]){16}', // UPS, also in blocks
  '(?:420 ?\\d{5} ?)?9[1-5]\\d{2}(?: ?\\d{4}){4}(?: ?\\d{2,4}){0,2}', // USPS, also in blocks of four
  '[A-Z]{2} ?\\d{3} ?\\d{3} ?\\d{3} ?[A-Z]{2}', // post offices (UPU S10)
  'TBA\\d{9,12}', // Amazon
  'J?JD\\d{14,20}', // DHL parcel
  'GM\\d{6,32}', // DHL eCommerce
  '[CD]\\d{14}', // OnTrac
  'LP\\d{12,16}', // Cainiao
  'YT\\d{16}', // Yun Express
  'SF\\d{12,15}', // SF
  'H00[A-Z0-9]{13}', // Evri
  'PQ[A-Z0-9]{14,21}', // Correos
  '\\d{12}',
  '\\d{15,}',
];
/** Behind "a716-" stands the end of an identifier, which is no parcel. */
const BY_SHAPE = new RegExp(`(?<![\\p{L}\\p{N}]|[0-9a-f]{4}-)(?:${SHAPES.join('|')})(?![\\p{L}\\p{N}])`, 'giu');

const WORD =
  '(?:track(?:ing|ed)?|trk|waybill|awb|consignment|shipment|parcel|package|seguimiento|rastreo|gu[ií]a|env[ií]o)';
const FILLER =
  '(?:[ \\t]{0,2}(?:numbers?|num|no|nr|ids?|codes?|ref(?:erence)?|n[uú]mero|de|del|is|it|its|es|was|the|for|my|from|with|ups|usps|fedex|dhl|#|:|=|-|\\.|,|\\(|"|\\n))';
const VALUE = '[A-Z]{0,4}\\d(?:[A-Z0-9]|-(?=[A-Z0-9])){6,33}|\\d{3,5}(?:[ -]\\d{3,5}){2,8}';
const BY_WORD = new RegExp(
  `(?<![\\p{L}\\p{N}])${WORD}${FILLER}{0,6}[ \\t]{0,2}(?<at>${VALUE})(?![\\p{L}\\p{N}])`,
  'giu',
);
const LEAST_DIGITS = 7;
/** A day is no parcel: "package 2025-11-03". */
const DATE = /^(?:19|20)\d{2}-\d{1,2}-\d{1,2}$/;

export const tracking: Detector = {
  code: 'tracking',
  find: (text): readonly Span[] => [
    ...spansOf(text, BY_SHAPE, '[TRACKING]'),
    ...spansOf(text, BY_WORD, '[TRACKING]', ({ groups }) => {
      const value = groups?.at ?? '';
      return value.replace(/\D/g, '').length >= LEAST_DIGITS && !DATE.test(value);
    }),
  ],
};
