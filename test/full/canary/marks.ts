/** What all canaries of a sort have in common, so that one search finds any of them: a word nobody writes, or a run of digits. */

/**
 * `hard` is what the redactor has to take out of a text; `prose` the sentences of the text, which it leaves; `beside` what
 * stands beside the text, in profile, subject, attachments, tags, order: no model and no vault is told of it.
 */
export type Sort = 'hard' | 'prose' | 'beside';

export type Mark = {
  readonly name: string;
  readonly sort: Sort;
  /** Every spelling that something may make of it. */
  readonly spellings: readonly string[];
  /**
   * For a mark that is short: what has to stand around it where it stands as it is, in Latin-1, so that a digest or a time is
   * not taken for one.
   */
  readonly confirm?: RegExp;
};

export const PROSE_WORD = 'Qyxvanor';
export const HARD_WORD = 'Zuxqevim';
export const BESIDE_WORD = 'Wexlyqor';
/** Letters that other encodings tear apart; "é" composed. */
export const ACCENTED_WORD = 'Wexlyñoré';
/** Of cards, accounts and parcels. */
export const DIGITS = '902748163';
/** Of order numbers, which have nine digits at most; four of a canary's own follow. */
export const ORDER_DIGITS = '90274';
/** Area code and exchange; four of a canary's own follow. */
export const PHONE_DIGITS = '847293';

const cased = (word: string): string[] => [word, word.toLowerCase(), word.toUpperCase()];
/** "９０２": what a keyboard for Chinese or Japanese writes. */
export const fullWidth = (text: string): string =>
  text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));
const grouped = (sign: string): string[] => [`902${sign}7481${sign}63`, `9027${sign}4816${sign}3`];

export const MARKS: readonly Mark[] = [
  { name: 'prose', sort: 'prose', spellings: cased(PROSE_WORD) },
  { name: 'beside', sort: 'beside', spellings: cased(BESIDE_WORD) },
  {
    name: 'accented',
    sort: 'beside',
    spellings: [ACCENTED_WORD, ACCENTED_WORD.normalize('NFD')].flatMap(cased),
  },
  { name: 'hard', sort: 'hard', spellings: [...cased(HARD_WORD), ...cased(fullWidth(HARD_WORD))] },
  { name: 'digits', sort: 'hard', spellings: [DIGITS, fullWidth(DIGITS), ...[' ', '-', '.'].flatMap(grouped)] },
  {
    name: 'order',
    sort: 'hard',
    spellings: [ORDER_DIGITS],
    confirm: /(?<![0-9A-Za-z_\-.])90274\d{4}(?![0-9A-Za-z_])/,
  },
  {
    name: 'phone',
    sort: 'hard',
    spellings: [PHONE_DIGITS],
    confirm: /(?<![0-9A-Za-z_\-.])(?:1|001)?847293\d{4}(?![0-9A-Za-z_])/,
  },
  { name: 'phone in groups', sort: 'hard', spellings: ['847) 293', '847-293-', '847.293.', '847 293 '] },
];
