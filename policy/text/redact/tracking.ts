/** Tracking numbers: shapes that carriers use, and anything long enough right after a word for it (platform §4.3). */
import { type Detector, type Span, spansOf } from './detector.ts';
import { areRound, type Group, isSeries, runsOf, sizesOf } from './digit-groups.ts';

const GAP = '[\\s.\\-_/·]{0,2}';
const spaced = (least: number, most: number): string => `(?:${GAP}\\d){${least},${most}}`;

/** Each with its source; digits alone are a parcel from 12 on where they are no phone: FedEx 12 and 15, most others 16 and more. */
const SHAPES: readonly string[] = [
  `1Z(?:${GAP}[0-9A-Z]){16}`, // UPS, also in blocks
  `(?:420${GAP}\\d{5}${GAP})?9[1-5]\\d{2}(?:${GAP}\\d{4}){4}(?:${GAP}\\d{2,4}){0,2}`, // USPS, also in blocks of four
  `[A-Z]{2}${GAP}\\d{3}${GAP}\\d{3}${GAP}\\d{3}${GAP}[A-Z]{2}`, // post offices (UPU S10)
  `TBA${spaced(9, 12)}`, // Amazon
  `J?JD${spaced(14, 20)}`, // DHL parcel
  'GM\\d{6,32}', // DHL eCommerce
  '[CD]\\d{14}', // OnTrac
  `LP${spaced(12, 16)}`, // Cainiao
  `YT${spaced(16, 16)}`, // Yun Express
  `SF${spaced(12, 15)}`, // SF
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
  '(?:[ \\t]{0,2}(?:numbers?|num|no|nr|ids?|codes?|ref(?:erence)?|n[uú]mero|de|del|is|it|its|es|was|the|for|my|from|with|ups|usps|fedex|dhl|[#:=_.,;("\'*\\[>/?!\\n-]))';
const VALUE =
  '\\d{2,12}(?:[ \\n_·-]{1,3}\\d{2,12}){1,8}|[A-Z]{0,4}\\d(?:[A-Z0-9]|-(?=[A-Z0-9])){6,33}|\\d{3,5}(?:[ .\\-]\\d{3,5}){2,8}';
const BY_WORD = new RegExp(
  `(?<![\\p{L}\\p{N}])${WORD}${FILLER}{0,6}[ \\t]{0,2}(?<at>${VALUE})(?![\\p{L}\\p{N}])`,
  'giu',
);
const LEAST_DIGITS = 7;
/** Groups of any size are one number only when they are long. */
const LEAST_DIGITS_IN_GROUPS = 10;
/** Account and service may have letters, the eight behind them have none. */
const LEAST_DIGITS_OF_UPS = 8;
/** As labels print them: FedEx 4-4-4, and longer ones. */
const BLOCKS = /^4 4 4(?: 4)*(?: [2-5])?$/;
/** A day is no parcel: "package 2025-11-03 10". */
const DATE = /^(?:(?:19|20)\d{2}-\d{1,2}-\d{1,2}|\d{1,2}-\d{1,2}-(?:19|20)\d{2})(?!\d)/;
/** Three groups of three to five digits, as they are printed, may be shorter. */
const PRINTED = /^\d{3,5}(?:[ .-]\d{3,5}){2,}$/;

export const tracking: Detector = {
  code: 'tracking',
  find: (text): readonly Span[] => [
    ...spansOf(
      text,
      BY_SHAPE,
      '[TRACKING]',
      ([found]) => !/^1Z/i.test(found) || digitsOf(found) >= LEAST_DIGITS_OF_UPS,
    ),
    ...runsOf(text, (gap) => /^[ .\-_·/\n]$/.test(gap)).flatMap((run) => blocksOf(run)),
    ...spansOf(text, BY_WORD, '[TRACKING]', ({ groups }) => {
      const value = groups?.at ?? '';
      const least = /^\d+[ \n_·-]/.test(value) && !PRINTED.test(value) ? LEAST_DIGITS_IN_GROUPS : LEAST_DIGITS;
      return digitsOf(value) >= least && !DATE.test(value);
    }),
  ],
};

const digitsOf = (written: string): number => written.replace(/\D/g, '').length;

/** A run of blocks with one gap throughout; years, order numbers in a row and amounts are none. */
function blocksOf(run: readonly Group[]): Span[] {
  const [first, second] = run;
  const last = run.at(-1);
  const isEven = run.slice(1).every(({ gap }) => gap === second?.gap);
  if (!first || !last || !isEven || !BLOCKS.test(sizesOf(run)) || isSeries(run) || areRound(run)) return [];
  return [{ start: first.start, end: last.end, placeholder: '[TRACKING]' }];
}
