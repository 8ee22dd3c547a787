/** Order numbers: "#1042", a number beside a word for an order, and the forms shops print (platform §4.3). */
import { findOrderNumbers } from '../order-numbers.ts';
import { type Detector, notWithin, spansOf } from './detector.ts';
import { phone } from './phone.ts';

const ORDER_WORD = '(?:orders?|ordr|purchase|pedidos?|orden|compra|invoice|factura|confirmation)';
const NUMBER_WORD = '(?:numbers?|num|no|nr|ids?|ref(?:erence)?|n[uú]mero|code)';
/** Marketplaces and shop systems: "114-1234567-1234567", "ORD-2025-00123", "SO10042". */
const PRINTED =
  /(?<![\p{L}\p{N}-])(?:\d{3}-\d{7}-\d{7}|(?:ORD(?:ER)?|SO|INV|WEB|REF)[-_#]{0,2}\d{4,12}(?:-\d{2,12})?|(?:ORD(?:ER)?|INV)-(?:[A-Z0-9]{2,8}-)?\d{3,12})(?![\p{L}\p{N}])/giu;
/** Letters and digits mixed, only behind both words: "order number A1B2C3". */
const MIXED = new RegExp(
  `(?<![\\p{L}\\p{N}])${ORDER_WORD}[ \\t]{0,2}(?:${NUMBER_WORD}\\.?|#)[ \\t]{0,2}(?:is|was|es|:|=|#|-){0,2}[ \\t]{0,2}(?<at>(?=[A-Z-]{0,12}\\d)(?:[A-Z0-9]|-(?=[A-Z0-9])){5,24})(?![\\p{L}\\p{N}])`,
  'giu',
);
/** "the number is 10457", "ref: 10457". */
const BY_NUMBER_WORD = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:${NUMBER_WORD})\\.?[ \\t]{0,2}(?:is|was|es|:|=|#){1,2}[ \\t]{0,2}#?(?<at>(?:[A-Z]{1,5}-?)?\\d{4,9})(?![\\p{L}\\p{N}]|[.,:/-]\\d|[ ]?(?:ml|oz|g|kg|cm|mm|%|days?|hours?))`,
  'giu',
);
/** An answer to "what is your order number?": a line of its own. */
const ALONE =
  /(?<=^[ \t]{0,4}(?:it'?s |its |is |es )?)#?(?!(?:19|20)\d{2}(?!\d))(?:[A-Z]{1,3}-?)?\d{4,9}(?=[ \t]{0,4}[.!]?[ \t]{0,4}$)/gimu;

/** "order_1042", "order/1042", "order '1042'", "order 1042abc": signs and letters that a name's own rule does not take. */
const GLUED = new RegExp(
  `(?<![\\p{L}\\p{N}])${ORDER_WORD}(?:[ _]?${NUMBER_WORD})?(?:[ \\t]?["'_*~>/|\\\\([{<=:#-]{1,3}[ \\t]?(?:is[ _])?|[ \\t]{1,2}(?=[A-Z\\d-]{4,12}(?<=\\d[A-Z]{1,4})))(?<at>(?!(?:19|20)\\d{2}(?!\\d))(?:[A-Z]{1,5}-?)?\\d{4,9}(?:-?[A-Z]{1,4})?)(?![\\p{L}\\p{N}]|[.,:-]\\d|[ ]?(?:ml|oz|g|kg|cm|mm|%|days?|hours?))`,
  'giu',
);

export const order: Detector = {
  code: 'order',
  /** A group of a phone number is no order's: "phone #555 123 4567". */
  find: (text, context) =>
    notWithin(
      [
        ...findOrderNumbers(text).map(({ start, end }) => ({ start, end, placeholder: '[ORDER_ID]' as const })),
        ...[PRINTED, MIXED, BY_NUMBER_WORD, ALONE, GLUED].flatMap((pattern) => spansOf(text, pattern, '[ORDER_ID]')),
      ],
      () => phone.find(text, context),
    ),
};
