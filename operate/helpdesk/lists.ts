/** What a workspace lists by its public API: names of teams and tags. Reads only. */
import * as v from 'valibot';

export type Workspace = {
  /** Of the API; the version is added where it is missing. */
  readonly origin: string;
  readonly key: string;
};

/** `not_allowed`: this key may not list (403). `not_readable`: no answer, or one that is no list. */
export type Listed =
  | { readonly state: 'listed'; readonly names: readonly string[] }
  | { readonly state: 'not_allowed' | 'not_readable' };

const TIMEOUT_MS = 10_000;
const PER_PAGE = 100;
const MOST_PAGES = 50;
/** The vendor's window is half a minute; whoever must wait longer is better told so. */
const MOST_WAIT_S = 35;

const Page = v.looseObject({ next_page: v.optional(v.nullable(v.unknown())) });
const Row = v.object({ name: v.string() });

/** Wrapper keys are singular (reference §1.3). */
const WRAPPER = { teams: 'team', tags: 'tag' } as const;

/** Names over all pages; a page may be empty before the end (reference §1.5). */
export async function listNames(workspace: Workspace, what: keyof typeof WRAPPER): Promise<Listed> {
  const names: string[] = [];
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const response = await read(workspace, `/${what}?page=${page}&per_page=${PER_PAGE}`);
    if (response?.status === 403 || response?.status === 401) return { state: 'not_allowed' };
    const body = v.safeParse(Page, response?.ok === true ? await response.json().catch(() => null) : null);
    const rows = body.success ? body.output[WRAPPER[what]] : undefined;
    if (!body.success || !Array.isArray(rows)) return { state: 'not_readable' };
    for (const row of rows) {
      const named = v.safeParse(Row, row);
      if (named.success) names.push(named.output.name);
    }
    if (typeof body.output.next_page !== 'string') break;
  }
  return { state: 'listed', names };
}

/** One answer; a 429 is waited out once. `null` where nothing came back. */
async function read({ origin, key }: Workspace, path: string): Promise<Response | null> {
  const ask = () =>
    fetch(`${origin.replace(/\/+$/, '').replace(/\/v1$/, '')}/v1${path}`, {
      headers: { accept: 'application/json', 'x-richpanel-key': key },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch(() => null);
  const first = await ask();
  if (first?.status !== 429) return first;
  const seconds = Number(first.headers.get('retry-after') ?? '1');
  if (!Number.isFinite(seconds) || seconds < 0 || seconds > MOST_WAIT_S) return first;
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  return ask();
}
