/** Lists of the vendor, page by page (reference §1.5). A key may be refused a list that it can do without (§3.2c). */
import { VendorError } from '../errors.ts';
import type { RichpanelReads } from './richpanel-client.ts';
import { asRecord } from './shapes.ts';

/** More is refused or capped. */
const PER_PAGE = 100;
/** 5,000 rows; a list that goes on is cut off rather than followed for ever. */
const MOST_PAGES = 50;
/** Pages may be empty before the end. */
const MOST_EMPTY = 3;

export type ListRequest = {
  readonly path: '/tickets' | '/tags' | '/teams' | '/users' | '/channel';
  /** Spellings of the wrapper: singular mostly, plural now and then (reference §0.3). */
  readonly wrappers: readonly string[];
  readonly query?: Readonly<Record<string, string>>;
};

/** `unavailable`: this key is refused the list, or the route is not there; all else may still work. */
export type Unavailable = { readonly kind: 'unavailable'; readonly status: 403 | 404 };
export type Page<T> = {
  readonly kind: 'page';
  readonly rows: readonly T[];
  /** Number of the next page; `null` at the end. */
  readonly next: number | null;
};
export type Listed<T> = Page<T> | Unavailable;
export type All<T> = { readonly kind: 'all'; readonly rows: readonly T[] } | Unavailable;

/** One page of rows as they came. Throws `VendorError`; `parse` where the answer holds no list. */
export async function readPage(client: RichpanelReads, list: ListRequest, page = 1): Promise<Listed<unknown>> {
  const query = new URLSearchParams({ ...list.query, page: String(page), per_page: String(PER_PAGE) });
  const answer = await orUnavailable(client.get(`${list.path}?${query.toString()}`));
  if (answer.kind === 'unavailable') return answer;
  const rows = rowsOf(answer.body, list.wrappers);
  if (rows === null) throw new VendorError('richpanel', 'parse');
  return { kind: 'page', rows, next: nextOf(asRecord(answer.body).next_page, page) };
}

/** All pages, up to the list's end, three empty pages in a row, or 50 pages. */
export async function readAll(client: RichpanelReads, list: ListRequest): Promise<All<unknown>> {
  const rows: unknown[] = [];
  let empty = 0;
  let next: number | null = 1;
  for (let pages = 0; next !== null && pages < MOST_PAGES && empty < MOST_EMPTY; pages += 1) {
    const page: Listed<unknown> = await readPage(client, list, next);
    if (page.kind === 'unavailable') return page;
    rows.push(...page.rows);
    empty = page.rows.length === 0 ? empty + 1 : 0;
    next = page.next;
  }
  return { kind: 'all', rows };
}

function rowsOf(body: unknown, wrappers: readonly string[]): readonly unknown[] | null {
  if (Array.isArray(body)) return body;
  const outer = asRecord(body);
  return wrappers.map((wrapper) => outer[wrapper]).find((rows) => Array.isArray(rows)) ?? null;
}

/**
 * Only the number is taken from `next_page`: the address is never followed, so that no answer can send the key to another
 * host, and filters that it lost are kept. A number that does not go on ends the list.
 */
function nextOf(nextPage: unknown, page: number): number | null {
  if (typeof nextPage !== 'string' || nextPage.trim() === '') return null;
  const told = /[?&]page=(\d{1,9})(?:[&#]|$)/.exec(nextPage)?.[1];
  const next = told === undefined ? page + 1 : Number(told);
  return next > page ? next : null;
}

async function orUnavailable(
  answer: Promise<unknown>,
): Promise<{ readonly kind: 'body'; readonly body: unknown } | Unavailable> {
  try {
    return { kind: 'body', body: await answer };
  } catch (error) {
    if (error instanceof VendorError && (error.status === 403 || error.status === 404))
      return { kind: 'unavailable', status: error.status };
    throw error;
  }
}
