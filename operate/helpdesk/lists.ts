/** What a workspace lists by its public API: names of teams and tags. Reads only. */
import { listRows } from '../../local/workspace/listing.ts';
import type { WorkspaceReader } from '../../local/workspace/reader.ts';

/** `not_allowed`: this key may not list. `not_readable`: no answer, or one that is no list. */
export type Listed =
  | { readonly state: 'listed'; readonly names: readonly string[] }
  | { readonly state: 'not_allowed' | 'not_readable' };

const MOST_PAGES = 50;
/** Wrapper keys are singular (reference §1.3). */
const WRAPPER = { teams: 'team', tags: 'tag' } as const;

/** Names over all pages; a page may be empty before the end (reference §1.5). */
export async function listNames(reader: WorkspaceReader, what: keyof typeof WRAPPER): Promise<Listed> {
  const listing = await listRows(reader, `/${what}`, [WRAPPER[what]], { pages: MOST_PAGES });
  if (!listing.ok) {
    const isRefused = listing.why === 'unauthorised' || listing.why === 'forbidden';
    return { state: isRefused ? 'not_allowed' : 'not_readable' };
  }
  return { state: 'listed', names: listing.rows.flatMap(({ name }) => (typeof name === 'string' ? [name] : [])) };
}
