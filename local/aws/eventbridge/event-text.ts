/**
 * Reads JSON text for the matcher. Two things of EventBridge's rule engine (github.com/aws/event-ruler) are lost by
 * `JSON.parse`: a field named `a.b` is the same path as `b` inside `a`, and long numbers are compared digit by digit.
 */
import { isObject, LongNumber } from './json-values.ts';

/** EventBridge compares numbers with 15 digits of precision. */
const MAX_DIGITS = 15;
/** Sixteen digits in a row, one of which may be the point; found elsewhere, it only costs the slower way. */
const MAY_HOLD_LONG_NUMBER = /[\d.]{16}/;
const MAY_HOLD_DOTTED_NAME = /"(?:[^"\\.]|\\.)*\.[^"]*"\s*:/;

/** An event as `compilePattern` and `indexPatterns` expect it. Throws SyntaxError. */
export function parseEventText(json: string): unknown {
  const parsed = parseNumbers(json);
  return MAY_HOLD_DOTTED_NAME.test(json) ? unfold(parsed) : parsed;
}

/** `JSON.parse`, but numbers that a double cannot hold come as `LongNumber`. Throws SyntaxError. */
export function parseNumbers(json: string): unknown {
  return MAY_HOLD_LONG_NUMBER.test(json) ? JSON.parse(json, keepLongNumber) : JSON.parse(json);
}

function keepLongNumber(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (typeof value !== 'number' || context?.source === undefined) return value;
  return digitsOf(context.source) > MAX_DIGITS ? new LongNumber(context.source) : value;
}

function digitsOf(number: string): number {
  const [mantissa = ''] = number.toLowerCase().split('e', 1);
  const significant = mantissa.includes('.') ? mantissa.replace(/0+$/, '') : mantissa;
  return significant.replace(/\D/g, '').replace(/^0+/, '').length;
}

type Fields = Record<string, unknown>;

/** Objects without prototype, since a field may be named `__proto__`. */
const emptyObject = () => Object.create(null) as Fields;

function unfold(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unfold);
  if (!isObject(value)) return value;
  const result = emptyObject();
  for (const [name, inner] of Object.entries(value)) merge(result, nested(name.split('.'), unfold(inner)));
  return result;
}

function nested(steps: readonly string[], value: unknown): Fields {
  const result = emptyObject();
  const [step = '', ...rest] = steps;
  result[step] = rest.length === 0 ? value : nested(rest, value);
  return result;
}

/** Two values of one path stand beside each other, as the elements of an array do. */
function merge(target: Fields, source: Fields): void {
  for (const [step, value] of Object.entries(source)) {
    const known = target[step];
    if (!(step in target)) target[step] = value;
    else if (isObject(known) && isObject(value)) merge(known, value);
    else target[step] = [known, value].flat();
  }
}
