/** Looks for the marks in bytes, as they lie and as they would lie without line breaks. */
import { MARKS, type Mark } from '../marks.ts';
import { automatonOf } from './automaton.ts';
import { encodingsOf } from './encodings.ts';
import { withoutBreaks } from './lines.ts';

export type Leak = {
  /** The file or answer, and how deep in it: `aws.sqlite › row of eb_event › gzip`. */
  readonly place: string;
  readonly mark: string;
  readonly sort: Mark['sort'];
  readonly encoding: string;
  /** What stands around it; invented data, so it may be shown. */
  readonly excerpt: string;
};

/** What a mark's surroundings are asked, and a reader knows the place by. */
const BEFORE = 100;
const BEHIND = 40;

const PATTERNS = MARKS.flatMap((mark) =>
  mark.spellings.flatMap((spelling) => encodingsOf(spelling).map((encoded) => ({ mark, ...encoded }))),
);
const find = automatonOf(PATTERNS.map(({ bytes }) => bytes));

/** Tells every mark; in whole bytes, since a mark may lie across any two chunks. */
export function search(place: string, bytes: Buffer, tell: (leak: Leak) => void): void {
  searchOnce(place, bytes, tell);
  const joined = withoutBreaks(bytes);
  if (joined.length < bytes.length) searchOnce(`${place} › lines joined`, joined, tell);
}

function searchOnce(place: string, bytes: Buffer, tell: (leak: Leak) => void): void {
  find(bytes, (index, end) => {
    const pattern = PATTERNS[index];
    if (pattern === undefined) return;
    const { mark, encoding } = pattern;
    const excerpt = bytes.toString('latin1', Math.max(0, end - BEFORE), end + BEHIND);
    if (encoding === 'raw' && mark.confirm?.test(excerpt) === false) return;
    tell({ place, mark: mark.name, sort: mark.sort, encoding, excerpt: excerpt.replace(/[^ -~]+/g, '·') });
  });
}
