/** Lists of a workspace: tickets to look at, and tags, teams, channels and agents to compare with what we expect (replies §8 V12). */
import type { Channel } from '../../../events/words.ts';
import { encodeVendorId } from '../vendor-ids.ts';
import { channelOf, rawTags, statusOf } from './richpanel.ts';
import type { RichpanelReads } from './richpanel-client.ts';
import { type All, type Listed, type ListRequest, readAll, readPage } from './richpanel-pages.ts';
import type { TagBook } from './richpanel-tags.ts';
import { commentShape, type NamedShape, namedShape, ticketShape } from './shapes.ts';

/** A row of the ticket list, which carries few or no comments: read the ticket by its id for those. */
export type TicketRow = {
  /** In the codec. */
  readonly id: string;
  readonly number: string | null;
  readonly status: 'open' | 'closed';
  readonly channel: Channel;
  /** Epoch milliseconds; `null` when not told. */
  readonly createdAt: number | null;
  readonly updatedAt: number | null;
  /** Names, ids, or both; names alone where the directory was given the list of tags. */
  readonly tags: readonly string[];
};
export type TicketQuery = {
  readonly status?: 'OPEN' | 'CLOSED';
  readonly sortKey?: 'created_at' | 'updated_at';
  readonly order?: 'ASC' | 'DESC';
  /** Epoch milliseconds. Whether the vendor honours this or the order is unproven (reference §3.2c): check the rows. */
  readonly updatedAfter?: number;
};
/** Of an agent only the id: their names are nobody's business here (reference §6). */
export type Agent = { readonly id: string };
export type Named = { readonly id: string; readonly name: string };
export type WorkspaceChannel = { readonly id: string; readonly type: string | null };

/** Macros, rules, views and HTTP Targets have no API (reference §8). Every method throws `VendorError`. */
export type Directory = {
  /** One page, newest first unless asked otherwise; rows without an id are left out. */
  tickets(query?: TicketQuery, page?: number): Promise<Listed<TicketRow>>;
  tags(): Promise<All<Named>>;
  teams(): Promise<All<Named>>;
  channels(): Promise<All<WorkspaceChannel>>;
  agents(): Promise<All<Agent>>;
};

/** @param tags  turns ids on rows into names; a first look at a workspace wants to see what it shows, and has none */
export function richpanelDirectory(client: RichpanelReads, tags?: Pick<TagBook, 'namesOf'>): Directory {
  async function every<T>(list: ListRequest, rowOf: (row: NamedShape) => T | null): Promise<All<T>> {
    const all = await readAll(client, list);
    if (all.kind === 'unavailable') return all;
    return { kind: 'all', rows: all.rows.map(namedShape).flatMap((row) => rowOf(row) ?? []) };
  }
  return {
    async tickets(query = {}, page = 1) {
      const list = await readPage(
        client,
        { path: '/tickets', wrappers: ['ticket', 'tickets'], query: wireQuery(query) },
        page,
      );
      if (list.kind !== 'page') return list;
      const rows: TicketRow[] = list.rows.flatMap((row) => ticketRow(row) ?? []);
      if (tags === undefined) return { ...list, rows };
      const named: TicketRow[] = [];
      for (const row of rows) named.push({ ...row, tags: await tags.namesOf(row.tags) });
      return { ...list, rows: named };
    },
    tags: () => every({ path: '/tags', wrappers: ['tag', 'tags'] }, named),
    teams: () => every({ path: '/teams', wrappers: ['team', 'teams'] }, named),
    channels: () =>
      every({ path: '/channel', wrappers: ['channels', 'channel'] }, ({ id, type }) =>
        id === null ? null : { id, type },
      ),
    agents: () => every({ path: '/users', wrappers: ['users', 'user'] }, ({ id }) => (id === null ? null : { id })),
  };
}

function wireQuery({ status, sortKey = 'created_at', order = 'DESC', updatedAfter }: TicketQuery) {
  return {
    ...(status && { status }),
    sortKey,
    order,
    ...(updatedAfter !== undefined && { updated_after: String(updatedAfter) }),
  };
}

function ticketRow(row: unknown): TicketRow | null {
  const ticket = ticketShape(row);
  const id = ticket.id === null ? null : encodeVendorId(ticket.id);
  if (id === null) return null;
  return {
    id,
    number: ticket.conversation_no,
    status: statusOf(ticket),
    channel: channelOf(ticket, ticket.comments.map(commentShape)),
    createdAt: ticket.created_at,
    updatedAt: ticket.updated_at,
    tags: rawTags(ticket),
  };
}

function named({ id, name }: NamedShape): Named | null {
  return id === null || name === null ? null : { id, name };
}
