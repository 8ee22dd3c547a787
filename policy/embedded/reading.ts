/** What the embedded classifier reads of a message; whatever else the message says has no say (decisions §7). */
import { stripForgery } from '../text/forgery.ts';
import { keywordHits } from '../text/keywords.ts';
import { isReadable, withoutEncoded } from '../text/readable.ts';

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
