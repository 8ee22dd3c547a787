/** Kinds of personal data, each made for a conversation so that no two share one; every one of them holds a mark. */
import {
  ACCENTED_WORD,
  BESIDE_WORD,
  DIGITS,
  fullWidth,
  HARD_WORD,
  ORDER_DIGITS,
  PHONE_DIGITS,
  PROSE_WORD,
} from './marks.ts';

/** @param n  number of the conversation, 0 to 9,999 */
export type Make = (n: number) => string;

const four: Make = (n) => String(n).padStart(4, '0');
/** Four letters of a conversation's own. */
export const letters: Make = (n) =>
  [17_576, 676, 26, 1].map((worth) => String.fromCharCode(97 + (Math.floor(n / worth) % 26))).join('');

/** 16 digits that pass Luhn's test. */
const card: Make = (n) => {
  const body = `4${DIGITS}${four(n)}0`;
  const sum = [...body].reduce((total, digit, at) => {
    const doubled = Number(digit) * (at % 2 === 0 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return `${body}${(10 - (sum % 10)) % 10}`;
};
const inFours = (text: string): string => text.replace(/.{4}(?=.)/g, '$& ');
/** With check digits that hold modulo 97. */
const iban: Make = (n) => {
  const account = `${DIGITS}${four(n)}00000`;
  const rest = Number(BigInt(`${account}131400`) % 97n);
  return `DE${String(98 - rest).padStart(2, '0')}${account}`;
};
const parcel: Make = (n) => `1Z${DIGITS}${four(n)}000`;
const token = (text: object): string => Buffer.from(JSON.stringify(text)).toString('base64url');

/** What a customer may write; the detectors know all of it but the last two. */
export const IN_TEXT = {
  email: (n) => `Write to ${HARD_WORD}+${letters(n)}@mail.canary.test please.`,
  phoneInBrackets: (n) => `Call me at (847) 293-${four(n)}.`,
  phoneInDots: (n) => `My phone: 847.293.${four(n)}`,
  phoneAbroad: (n) => `Text me on +1 ${PHONE_DIGITS}${four(n)}.`,
  street: (n) => `I live at ${100 + n} ${HARD_WORD} Street, Reno, NV 89501.`,
  cardInFours: (n) => `I paid with ${inFours(card(n))}.`,
  card: (n) => `Card number ${card(n)}, thanks.`,
  cardFullWidth: (n) => `Card ${fullWidth(card(n))}`,
  iban: (n) => `My account is ${iban(n)}.`,
  ibanInFours: (n) => `Send it to ${inFours(iban(n))}.`,
  orderNumber: (n) => `My order number is ${ORDER_DIGITS}${four(n)}.`,
  parcel: (n) => `The tracking number is ${parcel(n)}.`,
  parcelLink: (n) => `See https://www.ups.com/track?tracknum=${parcel(n)} for it.`,
  link: (n) => `I used https://canary.test/reset?token=${HARD_WORD}${letters(n)} for that.`,
  password: (n) => `My password is ${HARD_WORD}7!${letters(n)}`,
  apiKey: (n) => `Our key is sk-live-${HARD_WORD}${four(n)}abcdefgh.`,
  bearer: (n) => `Bearer eyJhbGciOiJub25lIn0.${token({ sub: `${HARD_WORD}${letters(n)}` })}.sig`,
  sentence: (n) => `My neighbour ${PROSE_WORD}${letters(n)} saw the rain come in.`,
  quoted: (n) => `\n\nOn Mon, 5 Jan 2026 at 10:00, Shop wrote:\n> Dear ${PROSE_WORD}${letters(n)}`,
} as const satisfies Readonly<Record<string, Make>>;

/** What stands beside the text of a message. */
export const BESIDE = {
  firstName: (n) => `${BESIDE_WORD}${letters(n)}`,
  accentedName: (n) => `${ACCENTED_WORD}${letters(n)}`,
  lastName: (n) => `Mc${BESIDE_WORD}${letters(n)}`,
  profileEmail: (n) => `${letters(n)}.${BESIDE_WORD}@canary.test`,
  profilePhone: (n) => `+1${PHONE_DIGITS}${four(n)}`,
  subject: (n) => `${BESIDE_WORD}${letters(n)} has a question`,
  attachmentName: (n) => `${BESIDE_WORD}${letters(n)}.jpg`,
  attachmentLink: (n) => `https://files.canary.test/${BESIDE_WORD}${letters(n)}?sig=1`,
  tag: (n) => `${BESIDE_WORD.toLowerCase()}-${letters(n)}`,
  agentWrote: (n) => `I have told ${BESIDE_WORD}${letters(n)} on the phone.`,
  linkedOrder: (n) => `${ORDER_DIGITS}${four(n)}`,
  linkedParcel: parcel,
  linkedParcelLink: (n) => `https://www.ups.com/track?tracknum=${parcel(n)}`,
  shippingStreet: (n) => `${100 + n} ${BESIDE_WORD} Street`,
  giftMessage: (n) => `For dear ${BESIDE_WORD}${letters(n)}`,
  itemName: (n) => `Mug for ${BESIDE_WORD}${letters(n)}`,
  webhookField: (n) => `${BESIDE_WORD}${letters(n)} writes in the webhook`,
} as const satisfies Readonly<Record<string, Make>>;

export const KINDS = Object.keys({ ...IN_TEXT, ...BESIDE }).length;
