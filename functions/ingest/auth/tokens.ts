/** Tokens that travel as they are: header, body and URL compare them in the same way. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { firstMatch } from './authenticator.ts';

/** 43 characters of base64 or 64 of hex: what 32 bytes take (platform §3.2 B). */
const LEAST_CHARACTERS = 43;
const LEAST_HEX_CHARACTERS = 64;

/** Long enough to hold 32 random bytes; whether they are random cannot be seen. */
export function isLongEnough(secret: string): boolean {
  return secret.length >= (/^[0-9a-f]+$/i.test(secret) ? LEAST_HEX_CHARACTERS : LEAST_CHARACTERS);
}

/** @param tokens  newest first; `null` keeps the slot of one that opens nothing */
export function tokenComparison(tokens: readonly (string | null)[]): (given: string) => number | null {
  const known = tokens.map((token) => (token === null ? null : digest(token)));
  return (given) => {
    const own = digest(given);
    return firstMatch(known.map((token) => token !== null && timingSafeEqual(own, token)));
  };
}

/** Equal lengths, whatever was given: the comparison tells nothing about the length either. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
