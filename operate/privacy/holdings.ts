/** What the tables hold of a customer, found by the ids of their conversations and the digests of their address. */
import { splitModel } from '../../functions/auditor/generations.ts';
import { customerKey, matchKey } from '../../functions/shared/ledger/keys.ts';
import type { Store } from '../../functions/shared/ports.ts';
import type { Item, Key } from '../../functions/shared/store/language.ts';
import { OPEN_BY_RECEIVED } from '../../functions/shared/store/tables.ts';
import type { Tables } from '../instance/tables.ts';

export type Customer = {
  /** As events write them (architecture §8). */
  readonly conversationIds: readonly string[];
  /** Digests of every form the customer is known by, under every salt; the one that is published first. */
  readonly hashes: readonly [string, ...string[]];
};

export type Reading = { readonly store: Store; readonly tables: Pick<Tables, 'scan' | 'query'> };

const DELETED = ['conversation_state', 'vault', 'read_models', 'idempotency'] as const;
export type DeletedTable = (typeof DELETED)[number];
export type Holdings = Readonly<Record<DeletedTable, readonly Key[]>> & {
  /** Records of the trail that still have their content. */
  readonly audit_trail: readonly Item[];
};

export async function holdingsOf({ store, tables }: Reading, customer: Customer): Promise<Holdings> {
  const { conversationIds } = customer;
  const wanted = new Set(conversationIds);
  return {
    conversation_state: await standing(
      store,
      'conversation_state',
      conversationIds.map((id) => ({ conversation_id: id })),
    ),
    vault: await keysOf(tables, 'vault', ['ref'], ({ ref }) =>
      conversationIds.some((id) => String(ref).startsWith(`ord:${id}:`) || String(ref).startsWith(`txt:${id}:`)),
    ),
    // In every generation of the read models.
    read_models: await keysOf(tables, 'read_models', ['model', 'key'], ({ model }) => {
      const [kind, ...id] = splitModel(String(model)).model.split('#');
      return kind === 'timeline' && wanted.has(id.join('#'));
    }),
    idempotency: await standing(store, 'idempotency', ledgerKeys(customer)),
    audit_trail: (await recordsOf(store, conversationIds)).filter(({ envelope }) => envelope !== undefined),
  };
}

/** Counters by the customer's digest; claims on messages and events hold ids and codes, and stay (platform §4.7). */
function ledgerKeys({ conversationIds, hashes }: Customer): Key[] {
  return [
    ...hashes.flatMap((hash) => [customerKey(hash), matchKey('cust', hash)]),
    ...conversationIds.map((id) => matchKey('conv', id)),
  ].map((key) => ({ key }));
}

/** Records and tombstones of the conversations. */
export async function recordsOf(store: Store, conversationIds: readonly string[]): Promise<Item[]> {
  const found: Item[] = [];
  for (const partition of conversationIds)
    found.push(...(await store.query('audit_trail', { partition, limit: 1_000_000 })));
  return found;
}

/** How many messages and claims of the conversations are not over yet. */
export async function openOf({ tables }: Reading, conversationIds: readonly string[]): Promise<number> {
  let open = 0;
  for (const kind of ['evt', 'act']) {
    const question = {
      IndexName: OPEN_BY_RECEIVED,
      KeyConditionExpression: '#open = :kind',
      ExpressionAttributeNames: { '#open': 'open' },
      ExpressionAttributeValues: { ':kind': { S: kind } },
    };
    for await (const { open: is, conversation_id, key } of tables.query('idempotency', question)) {
      const isTheirs = (id: string): boolean =>
        conversation_id === undefined ? String(key).includes(`:${id}:`) : conversation_id === id;
      if (is === kind && conversationIds.some(isTheirs)) open += 1;
    }
  }
  return open;
}

async function standing(store: Store, table: DeletedTable, keys: readonly Key[]): Promise<Key[]> {
  const found: Key[] = [];
  for (const key of keys) if ((await store.get(table, key)) !== null) found.push(key);
  return found;
}

/** Walks the table: nobody else asks by conversation. */
async function keysOf(
  tables: Reading['tables'],
  table: DeletedTable,
  names: readonly string[],
  isTheirs: (item: Item) => boolean,
): Promise<Key[]> {
  const question = {
    ProjectionExpression: names.map((_, at) => `#n${at}`).join(', '),
    ExpressionAttributeNames: Object.fromEntries(names.map((name, at) => [`#n${at}`, name])),
  };
  const found: Key[] = [];
  for await (const item of tables.scan(table, question))
    if (isTheirs(item)) found.push(Object.fromEntries(names.map((name) => [name, String(item[name])])));
  return found;
}

export const countsOf = (holdings: Holdings): Record<DeletedTable, number> => ({
  conversation_state: holdings.conversation_state.length,
  vault: holdings.vault.length,
  read_models: holdings.read_models.length,
  idempotency: holdings.idempotency.length,
});

export const isEmpty = (holdings: Holdings): boolean =>
  DELETED.every((table) => holdings[table].length === 0) && holdings.audit_trail.length === 0;

export async function deleteKeys(store: Store, holdings: Holdings): Promise<void> {
  for (const table of DELETED) for (const key of holdings[table]) await store.remove(table, key);
}
