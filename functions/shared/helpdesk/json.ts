/** The vendor's JSON without the two losses of `JSON.parse`: a byte order mark, and ids beyond 53 bits. */

/** More digits than a number holds exactly. */
const LONG_NUMBER = /\d{16}/;

/** Whole numbers that a double would round are given as text: an order's database id may have 64 bits. Throws on what is no JSON. */
export function parseJson(body: string): unknown {
  const text = body.charCodeAt(0) === 0xfeff ? body.slice(1) : body;
  return LONG_NUMBER.test(text) ? JSON.parse(text, exact) : JSON.parse(text);
}

function exact(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  const isRounded = typeof value === 'number' && !Number.isSafeInteger(value);
  return isRounded && /^-?\d+$/.test(context?.source ?? '') ? context?.source : value;
}
