/** Pages of the vendor's lists (reference §1.5): rows under any wrapper, empty pages in between, a link that is never followed. */
import { asRecord, identifierOf, type Raw } from '../../functions/shared/helpdesk/shapes.ts';
import type { Reading, WorkspaceReader } from './reader.ts';

export type Listing =
  | { readonly ok: true; readonly rows: readonly Raw[]; readonly isComplete: boolean }
  | Extract<Reading, { ok: false }>;

const PER_PAGE = 100;

/**
 * @param path  with or without a query
 * @param keys  wrapper names, the likeliest first
 * @param firstPage  to go on where another listing ended
 * @param enough  asked after each page: are these rows enough?
 */
export async function listRows(
  reader: WorkspaceReader,
  path: string,
  keys: readonly string[],
  {
    pages,
    firstPage = 1,
    enough = () => false,
  }: { readonly pages: number; readonly firstPage?: number; readonly enough?: (rows: readonly Raw[]) => boolean },
): Promise<Listing> {
  const rows: Raw[] = [];
  for (let page = firstPage; page < firstPage + pages; page += 1) {
    const sign = path.includes('?') ? '&' : '?';
    const reading = await reader.get(`${path}${sign}page=${page}&per_page=${PER_PAGE}`);
    if (!reading.ok) return reading;
    const { value } = reading;
    const answer = asRecord(value);
    const found = Array.isArray(value) ? value : keys.map((key) => answer[key]).find(Array.isArray);
    // An object of another kind is no list: a login page's JSON, an error told with 200.
    if (found === undefined) return { ok: false, why: 'unreadable', status: 200 };
    rows.push(...found.map(asRecord).filter((row) => identifierOf(row.id) !== null));
    if (typeof answer.next_page !== 'string') return { ok: true, rows, isComplete: true };
    if (enough(rows)) break;
  }
  return { ok: true, rows, isComplete: false };
}
