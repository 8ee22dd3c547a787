/** Tag ids and names: reads bring either, our code knows names only (reference §3.6, §7). */
import type { Clock } from '../ports.ts';
import type { RichpanelReads } from './richpanel-client.ts';
import { readAll } from './richpanel-pages.ts';
import { namedShape } from './shapes.ts';

/** The list of tags rarely changes (platform §5.5). */
const LIST_CACHE_MS = 3_600_000;
/** An id that the list lacks is of a tag made since: the list is read again, but not for every such ticket. */
const RELOAD_MS = 60_000;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export type TagBook = {
  /** Names of what a ticket carries. The list is read only when an id is met; an id that it lacks stays as it is. */
  namesOf(tags: readonly string[]): Promise<string[]>;
  /** The form in which this workspace takes its tags: ids once ids were met, else names. */
  written(names: readonly string[]): readonly string[];
  /** The same as ids, for a workspace that refuses names; a name that the list lacks stays as it is. */
  writtenAsIds(names: readonly string[]): Promise<readonly string[]>;
};

/** Tag id → name. */
type Names = ReadonlyMap<string, string>;

export function tagBook(client: RichpanelReads, clock: Pick<Clock, 'monotonic'>): TagBook {
  let kept: { readonly at: number; readonly names: Names } | undefined;
  let idsByName: ReadonlyMap<string, string> = new Map();

  async function list(mostMs: number): Promise<Names> {
    if (kept && clock.monotonic() - kept.at < mostMs) return kept.names;
    const names = await readNames(client);
    kept = { at: clock.monotonic(), names };
    idsByName = new Map([...names].map(([id, name]) => [name, id]));
    return names;
  }

  return {
    async namesOf(tags) {
      const ids = tags.filter((tag) => UUID.test(tag));
      if (ids.length === 0) return [...new Set(tags)];
      const cached = await list(LIST_CACHE_MS);
      const names = ids.every((id) => cached.has(id)) ? cached : await list(RELOAD_MS);
      return [...new Set(tags.map((tag) => names.get(tag) ?? tag))];
    },
    written: (names) => names.map((name) => idsByName.get(name) ?? name),
    async writtenAsIds(names) {
      await list(RELOAD_MS);
      return names.map((name) => idsByName.get(name) ?? name);
    },
  };
}

/** A key that is refused the list leaves ids as they are: listing is optional (reference §3.2c). */
async function readNames(client: RichpanelReads): Promise<Names> {
  const tags = await readAll(client, { path: '/tags', wrappers: ['tag', 'tags'] });
  const rows = tags.kind === 'all' ? tags.rows.map(namedShape) : [];
  return new Map(rows.flatMap(({ id, name }) => (id === null || name === null ? [] : [[id, name]])));
}
