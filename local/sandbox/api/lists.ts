/** Offset pagination (§1.5). */

import { json, vendorError } from '../http-types.ts';
import { type ApiCall, type ApiOutcome, answer } from './context.ts';

const MAX_PER_PAGE = 100;
const DEFAULT_PER_PAGE = 50;

/** One page under the given wrapper key; `per_page` above 100 is capped. */
export function page<T>(call: ApiCall, key: string, rows: readonly T[], view: (row: T) => unknown): ApiOutcome {
  const number = positive(call.query.get('page') ?? '1');
  const wanted = positive(call.query.get('per_page') ?? String(DEFAULT_PER_PAGE));
  if (number === undefined || wanted === undefined)
    return answer(vendorError(400, 'page and per_page must be positive'));
  const size = Math.min(wanted, MAX_PER_PAGE);
  const { emptyPage } = call.world.options;
  const isEmptied = number === emptyPage;
  // The inserted page pushes what it displaced one page further.
  const position = emptyPage !== null && number > emptyPage ? number - 2 : number - 1;
  const slice = isEmptied ? [] : rows.slice(position * size, (position + 1) * size);
  const hasMore = isEmptied ? position * size < rows.length : (position + 1) * size < rows.length;
  return answer(
    json(200, {
      [key]: slice.map(view),
      count: rows.length,
      next_page: hasMore ? link(call, number + 1) : null,
      previous_page: number > 1 ? link(call, number - 1) : null,
    }),
  );
}

function positive(text: string): number | undefined {
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;
}

function link(call: ApiCall, number: number): string {
  const query = new URLSearchParams(call.world.options.nextPageKeepsFilters ? call.query : undefined);
  query.set('page', String(number));
  const perPage = call.query.get('per_page');
  if (perPage !== null) query.set('per_page', perPage);
  const path = call.segments.map(encodeURIComponent).join('/');
  return `${call.origin}/v1/${path}?${query.toString()}`;
}
