/** A text that was broken into lines, whole again. */

const LF = 10;
const CR = 13;
const TAB = 9;
const SPACE = 32;
const EQUALS = 61;
const BACKSLASH = 92;
/** `n` and `r` behind a backslash: a break's escape in JSON. */
const ESCAPED = new Set([110, 114]);
const isBreak = (byte: number | undefined): boolean => byte === LF || byte === CR;

/**
 * Without line breaks and the blanks that a folded line begins with, without their escapes, and without the `=` that
 * quoted-printable has before them; a row of backslashes becomes one, as in JSON within JSON.
 */
export function withoutBreaks(bytes: Buffer): Buffer {
  const out = Buffer.allocUnsafe(bytes.length);
  let length = 0;
  let isFolded = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    const following = bytes[at + 1];
    const isEscaped = byte === BACKSLASH && ESCAPED.has(following ?? 0);
    if (isEscaped) at += 1;
    if (isEscaped || isBreak(byte)) {
      isFolded = true;
      continue;
    }
    if (isFolded && (byte === SPACE || byte === TAB)) continue;
    if ((byte === EQUALS && isBreak(following)) || (byte === BACKSLASH && following === BACKSLASH)) continue;
    isFolded = false;
    out[length] = byte;
    length += 1;
  }
  return out.subarray(0, length);
}
