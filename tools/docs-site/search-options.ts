/** How pages are found; the same for who builds the index and who asks it. */
import type { Options } from 'minisearch';

export type Entry = {
  readonly id: number;
  /** Of the page. */
  readonly title: string;
  readonly heading: string;
  readonly text: string;
  /** From the root of the site. */
  readonly href: string;
  readonly excerpt: string;
};

/** `ReplyDenied` is found as a whole and by its parts, and so is `reply_epoch`. */
export function tokenize(text: string): string[] {
  return text
    .split(/[^\p{L}\p{N}]+/u)
    .flatMap((word) => [word, ...(/\p{Ll}\p{Lu}/u.test(word) ? word.split(/(?<=\p{Ll})(?=\p{Lu})/u) : [])])
    .filter((word) => word !== '');
}

export const SEARCH: Options<Entry> = {
  fields: ['title', 'heading', 'text'],
  storeFields: ['title', 'heading', 'href', 'excerpt'],
  tokenize,
  searchOptions: {
    boost: { title: 6, heading: 3 },
    prefix: (term) => term.length > 2,
    fuzzy: (term) => (term.length > 5 ? 0.15 : false),
    combineWith: 'AND',
  },
};
