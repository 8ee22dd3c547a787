/** The shop's tags, known by id and by name (§7, §12.1 no. 8). */
import { tagNameKey } from './keys.ts';
import type { Tag, Ticket } from './types.ts';
import type { World } from './world.ts';

export function createTag(world: World, name: string, description = ''): Tag {
  const tag = { id: world.ids.uuid(), name, description, createdAt: world.now() };
  return world.tags.put(tag.id, tag);
}

/** A tag by id or exact name; names differ by case. */
export function findTag(world: World, idOrName: string): Tag | undefined {
  return world.tags.get(idOrName) ?? world.tags.withKey(tagNameKey(idOrName))[0];
}

/** Ids of the tags, made when they are new and may be; `undefined` when one is unknown and may not. */
export function resolveTags(world: World, idsOrNames: readonly string[]): string[] | undefined {
  const known = idsOrNames.map((idOrName) => findTag(world, idOrName));
  if (!world.options.autoCreateTags && known.includes(undefined)) return undefined;
  const ids = idsOrNames.map((name, index) => known[index]?.id ?? (findTag(world, name) ?? createTag(world, name)).id);
  return [...new Set(ids)];
}

/** Tags of a ticket in the form that reads show. `mixed` shows every other tag by its id. */
export function shownTags(world: World, ticket: Ticket): string[] | null {
  if (ticket.tags === null) return null;
  const form = world.options.tagForm;
  return ticket.tags.map((id, index) => {
    const byName = form === 'name' || (form === 'mixed' && index % 2 === 0);
    return byName ? (world.tags.get(id)?.name ?? id) : id;
  });
}

/** Names of the tags on a ticket. */
export function tagNames(world: World, ticket: Ticket): string[] {
  return (ticket.tags ?? []).map((id) => world.tags.get(id)?.name ?? id);
}
