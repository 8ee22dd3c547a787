/** What the embedded classifier reads of a message; whatever else the message says has no say (decisions §7). */
import { stripForgery, withoutCodes } from '../text/forgery.ts';
import { keywordHits } from '../text/keywords.ts';
import { isReadable, withoutEncoded } from '../text/readable.ts';
import { allPartsOf } from './parts.ts';

/**
 * The message in the customer's own voice. Empty where nothing is left that names a wish: forged text alone, no language, or one
 * single word that no phrase rule knows ("update??"). Nothing is scored then, so a person reads it.
 */
export function readingOf(text: string): string {
  const own = stripForgery(text);
  if (!isReadable(own)) return '';
  const words = own.match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.length === 1 && keywordHits(own).length === 0 ? '' : withoutEncoded(own);
}

export type Taken = {
  /** Sentences and clauses of the message that its reading does not hold as they stand. */
  readonly parts: readonly string[];
  /** One that is gone to its end speaks in the first person: machines seldom do. */
  readonly speaks: boolean;
};

/** What the reading left out of the message: a customer may have written it all the same. */
export function takenFrom(text: string, reading: string): Taken {
  const kept = wordsOf(reading);
  const parts = allPartsOf(withoutCodes(text)).filter((part) => !kept.includes(wordsOf(part)));
  return { parts, speaks: parts.some((part) => FIRST_PERSON.test(part) && !kept.includes(endOf(part))) };
}

const FIRST_PERSON = /\b(?:i|im|i['’]m|ive|i['’]ve|id|i['’]d|my|me|mine)\b/i;
const END_WORDS = 4;

const wordsOf = (text: string): string => ` ${(text.match(/[\p{L}\p{N}]+/gu) ?? []).join(' ')} `;
const endOf = (text: string): string => ` ${wordsOf(text).trim().split(' ').slice(-END_WORDS).join(' ')} `;
