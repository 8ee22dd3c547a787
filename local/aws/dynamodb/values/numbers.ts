/**
 * DynamoDB's numbers: decimal, exact, up to 38 significant digits, magnitude 1E-130 to 9.99…E+125. Everything here takes
 * and gives their text.
 */
import { validationError } from '../errors.ts';

/** 0.`digits` × 10^`exponent`; no zeros at either end of the digits; zero has none. */
type Decimal = { readonly isNegative: boolean; readonly digits: string; readonly exponent: number };

const MAX_DIGITS = 38;
const MAX_EXPONENT = 126;
const MIN_EXPONENT = -129;
/** Integers of this length are exact as JavaScript numbers. */
const MAX_SAFE_LENGTH = 15;
const PLAIN_INTEGER = /^(?:0|-?[1-9]\d{0,14})$/;
const NUMBER = /^([+-]?)(?:(\d+)(?:\.(\d*))?|\.(\d+))(?:[eE]([+-]?\d+))?$/;
const ZERO: Decimal = { isNegative: false, digits: '', exponent: 0 };

/** The one text of a number: no exponent, no needless zeros. Throws what is no number, or out of range. */
export function canonicalNumber(text: string): string {
  if (PLAIN_INTEGER.test(text)) return text;
  return textOf(inRange(decimalOf(text)));
}

/** Exact sum; throws when it is out of range or needs more than 38 digits. */
export function addNumbers(left: string, right: string): string {
  const [a, b] = [decimalOf(left), decimalOf(right)];
  const scale = Math.min(a.exponent - a.digits.length, b.exponent - b.digits.length);
  const sum = scaled(a, scale) + scaled(b, scale);
  const isNegative = sum < 0n;
  const digits = String(isNegative ? -sum : sum);
  return textOf(inRange(trimmed(isNegative, digits, scale + digits.length)));
}

export function subtractNumbers(left: string, right: string): string {
  return addNumbers(left, right.startsWith('-') ? right.slice(1) : `-${right}`);
}

/** Below, equal to or above zero as `left` is less than, equal to or more than `right`; both canonical. */
export function compareNumbers(left: string, right: string): number {
  if (left === right) return 0;
  if (isSafe(left) && isSafe(right)) return Number(left) - Number(right);
  return Buffer.compare(sortableNumber(left), sortableNumber(right));
}

/**
 * Bytes that sort as the numbers do: sign, two bytes of exponent, digits. A negative number has both complemented and an
 * end mark above every digit, so that of two with the same beginning the longer is the smaller.
 */
export function sortableNumber(text: string): Buffer {
  const { isNegative, digits, exponent } = decimalOf(text);
  if (digits === '') return Buffer.from([1]);
  const biased = exponent - MIN_EXPONENT;
  const bytes = Buffer.alloc(3 + digits.length + (isNegative ? 1 : 0));
  bytes[0] = isNegative ? 0 : 2;
  bytes.writeUInt16BE(isNegative ? 0xffff - biased : biased, 1);
  for (let index = 0; index < digits.length; index += 1) {
    const digit = digits.charCodeAt(index) - 48;
    bytes[3 + index] = isNegative ? 9 - digit : digit;
  }
  if (isNegative) bytes[bytes.length - 1] = 0xff;
  return bytes;
}

/** Digits that count, for the size of a number in storage. */
export function significantDigits(text: string): number {
  return decimalOf(text).digits.length;
}

function isSafe(text: string): boolean {
  return text.length <= MAX_SAFE_LENGTH && !text.includes('.');
}

function decimalOf(text: string): Decimal {
  const match = NUMBER.exec(text);
  if (match === null) throw validationError(`The parameter cannot be converted to a numeric value: ${text}`);
  const [, sign = '', whole = '', fraction = '', bare = '', power = '0'] = match;
  const digits = whole + fraction + bare;
  return trimmed(sign === '-', digits, whole.length + Number(power));
}

function trimmed(isNegative: boolean, digits: string, exponent: number): Decimal {
  let start = 0;
  while (digits.charCodeAt(start) === 48) start += 1;
  let end = digits.length;
  while (end > start && digits.charCodeAt(end - 1) === 48) end -= 1;
  return start === end ? ZERO : { isNegative, digits: digits.slice(start, end), exponent: exponent - start };
}

function inRange(value: Decimal): Decimal {
  if (value.exponent > MAX_EXPONENT) {
    throw validationError('Number overflow. Attempting to store a number with magnitude larger than supported range');
  }
  if (value.exponent < MIN_EXPONENT) {
    throw validationError('Number underflow. Attempting to store a number with magnitude smaller than supported range');
  }
  if (value.digits.length > MAX_DIGITS) {
    throw validationError('Attempting to store more than 38 significant digits in a Number');
  }
  return value;
}

function textOf({ isNegative, digits, exponent }: Decimal): string {
  if (digits === '') return '0';
  const sign = isNegative ? '-' : '';
  if (exponent <= 0) return `${sign}0.${'0'.repeat(-exponent)}${digits}`;
  if (exponent >= digits.length) return sign + digits.padEnd(exponent, '0');
  return `${sign}${digits.slice(0, exponent)}.${digits.slice(exponent)}`;
}

function scaled({ isNegative, digits, exponent }: Decimal, scale: number): bigint {
  if (digits === '') return 0n;
  const magnitude = BigInt(digits.padEnd(exponent - scale, '0'));
  return isNegative ? -magnitude : magnitude;
}
