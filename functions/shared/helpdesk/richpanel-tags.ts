/** Tag ids and names: reads bring either, our code knows names only (reference §3.6, §7). */
import { cached } from '../cached.ts';
import type { Clock } from '../ports.ts';
import { identifier, record } from './richpanel.ts';
import type { RichpanelClient } from './richpanel-client.ts';

/** The list of tags rarely changes (platform §5.5). */
const LIST_CACHE_MS = 3_600_000;
const MAX_PAGES = 50;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export type TagBook = {
  /** Names of what a ticket carries. The list is read only when an id is met; an id that it lacks stays as it is. */
  namesOf(tags: readonly string[]): Promise<string[]>;
  /** The form in which this workspace shows its tags: ids once ids were met, else names. */
  written(names: readonly string[]): readonly string[];
};

export function tagBook(client: RichpanelClient, clock: Pick<Clock, 'monotonic'>): TagBook {
  const list = cached(clock, LIST_CACHE_MS, () => readTags(client));
  let idsByName: ReadonlyMap<string, string> = new Map();
  return {
    async namesOf(tags) {
      if (!tags.some((tag) => UUID.test(tag))) return [...new Set(tags)];
      const names = await list();
      idsByName = new Map([...names].map(([id, name]) => [name, id]));
      return [...new Set(tags.map((tag) => names.get(tag) ?? tag))];
    },
    written: (names) => names.map((name) => idsByName.get(name) ?? name),
  };
}

/** Id → name over all pages; a page may be empty before the end (reference §1.5). */
async function readTags(client: RichpanelClient): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const answer = record(await client.call({ method: 'GET', path: `/tags?page=${page}&per_page=100` }));
    for (const row of Array.isArray(answer.tag) ? answer.tag : []) {
      const { id, name } = record(row);
      const known = identifier(id);
      if (known !== null && typeof name === 'string') names.set(known, name);
    }
    if (typeof answer.next_page !== 'string') break;
  }
  return names;
}
