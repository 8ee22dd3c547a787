/** Account numbers with their own check digits: payment data, as a card is; before cards, whose shape lies inside theirs. */
import { type Detector, spansOf } from './detector.ts';

const SHAPE = /(?<![\p{L}\p{N}])[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,3})?(?![\p{L}\p{N}])/giu;

export const iban: Detector = {
  code: 'iban',
  find: (text) => spansOf(text, SHAPE, '[CARD]', ([found]) => hasValidCheck(found)),
};

/** ISO 13616: the number with its first four characters behind it, letters as 10 to 35, leaves 1 of 97. */
function hasValidCheck(found: string): boolean {
  const number = found.replace(/[ -]/g, '').toUpperCase();
  let rest = 0;
  for (const sign of number.slice(4) + number.slice(0, 4))
    for (const digit of Number.parseInt(sign, 36).toString()) rest = (rest * 10 + Number(digit)) % 97;
  return rest === 1;
}
