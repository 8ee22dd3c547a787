/** What the tables of a running copy hold, row by row, under names that a rebuild keeps. */
import { createHash } from 'node:crypto';
import { FACTS } from '../../events/facts.ts';
import { currentGeneration, splitModel } from '../../functions/auditor/generations.ts';
import { canonicalJson } from '../../functions/shared/envelopes.ts';
import type { Item, TableName } from '../../functions/shared/store/language.ts';
import { dynamoStore } from '../../functions/shared/store/live-dynamodb.ts';
import { TABLE_KEYS } from '../../functions/shared/store/tables.ts';
import { tableClient } from '../instance/clients.ts';
import { type Instance, stageOf } from '../instance/instance.ts';
import { endpointTables } from '../instance/tables.ts';

/** `kind → ids`, with the time of each row, epoch milliseconds; NaN where a row tells none. */
export type Holdings = ReadonlyMap<string, ReadonlyMap<string, number>>;
export type AllHoldings = Readonly<Record<TableName, Holdings>>;

/** Lost for good; the drill shows that it is not missed. */
const NOTHING = (): boolean => false;

/** Kinds of rows that must be there again; what else is missing is named with the reason. */
const REBUILT: Readonly<Record<TableName, (kind: string) => boolean>> = {
  idempotency: (kind) => ['evt', 'act:rp_reply', 'act:rp_resolve', 'cust'].includes(kind),
  conversation_state: () => true,
  audit_trail: (kind) => (FACTS as readonly string[]).includes(kind),
  vault: NOTHING,
  vendor_limits: NOTHING,
  read_models: (kind) => kind === 'timeline',
};

const WHY: Readonly<Record<TableName, string>> = {
  idempotency:
    'claims on events whose message is over, and when a route was written: nobody asks for them again; a fact is recorded once without a claim',
  conversation_state: '',
  audit_trail: 'what only the recovery archive holds: intake and operating facts',
  vault: 'lives for hours at most; replies that need it are denied, a person answers',
  vendor_limits: 'fills again with the next calls',
  read_models: 'records of former replays',
};

export async function holdingsOf(instance: Instance): Promise<AllHoldings> {
  const tables = endpointTables(instance);
  const generation = await generationIn(instance);
  const found = {} as Record<TableName, Holdings>;
  try {
    for (const table of Object.keys(TABLE_KEYS) as TableName[]) {
      const kinds = new Map<string, Map<string, number>>();
      for await (const item of tables.scan(table, { ConsistentRead: true })) {
        const row = identityOf(table, item, generation);
        if (row === null) continue;
        const ids = kinds.get(row.kind) ?? new Map<string, number>();
        kinds.set(row.kind, ids.set(row.id, timeOf(item)));
      }
      found[table] = kinds;
    }
    return found;
  } finally {
    await tables.close();
  }
}

async function generationIn(instance: Instance): Promise<string> {
  const client = tableClient(instance);
  try {
    return await currentGeneration({ store: dynamoStore(client, stageOf(instance), { now: Date.now }) });
  } finally {
    client.destroy();
  }
}

/** `null` for rows of a generation that is not in force, and for rows of the trail that are no records. */
function identityOf(table: TableName, item: Item, inForce: string): { kind: string; id: string } | null {
  switch (table) {
    case 'idempotency': {
      const id = String(item.key);
      return { kind: /^(csm:[^:]+|act:[^:]+|[^:]+)/.exec(id)?.[1] ?? '', id };
    }
    case 'audit_trail':
      // Seals and tombstones are lost with the trail, and nothing brings them back (docs/recovery.md).
      return item.envelope === undefined ? null : { kind: String(item.event_name), id: String(item.event_id) };
    case 'read_models': {
      const { generation, model } = splitModel(String(item.model));
      if (!model.startsWith('timeline#')) return { kind: model, id: `${model}\n${item.key}` };
      return generation === inForce ? { kind: 'timeline', id: `${model}\n${item.key}` } : null;
    }
    default:
      return { kind: table, id: String(item[TABLE_KEYS[table].partitionKey]) };
  }
}

function timeOf(item: Item): number {
  const text = item.recorded_at ?? item.created_at ?? item.updated_at ?? /^[^#]+/.exec(String(item.key ?? ''))?.[0];
  const at = Date.parse(String(text));
  return Number.isNaN(at) ? Number(item.claimed_at ?? Number.NaN) : at;
}

/** The timelines in force: rows of the first generation, sorted, their JSON with sorted keys. */
export type Dump = { readonly lines: readonly string[]; readonly sha256: string };

/** @param except  a conversation that went on since the loss: its timeline is no longer what it was */
export async function readModelDump(instance: Instance, except: string | null = null): Promise<Dump> {
  const tables = endpointTables(instance);
  const generation = await generationIn(instance);
  const lines: string[] = [];
  try {
    for await (const item of tables.scan('read_models', { ConsistentRead: true })) {
      const split = splitModel(String(item.model));
      if (split.model === `timeline#${except}`) continue;
      if (split.generation === generation && split.model.startsWith('timeline#'))
        lines.push(canonicalJson({ ...item, model: split.model }));
    }
  } finally {
    await tables.close();
  }
  lines.sort();
  return { lines, sha256: hashOf(lines) };
}

const hashOf = (lines: readonly string[]): string => createHash('sha256').update(lines.join('\n')).digest('hex');

export type Compared = {
  readonly rows: number;
  /** SHA-256 before the loss, and afterwards of the same facts: equal when every byte is. */
  readonly before: string;
  readonly after: string;
  readonly equal: boolean;
  /** Rows of facts that were stated since the loss, such as of a copy the bus delivered twice: `event name → rows`. */
  readonly since: Readonly<Record<string, number>>;
};

/** Pure. @param lostAt  epoch milliseconds */
export function comparedDumps(before: Dump, after: Dump, lostAt: number): Compared {
  const since: Record<string, number> = {};
  const known = new Set(before.lines);
  const same = after.lines.filter((line) => {
    const row = JSON.parse(line) as Item;
    if (known.has(line) || Date.parse(String(row.key).split('#')[0] ?? '') < lostAt) return true;
    const name = String(row.event_name);
    since[name] = (since[name] ?? 0) + 1;
    return false;
  });
  const sha256 = hashOf(same);
  return { rows: same.length, before: before.sha256, after: sha256, equal: sha256 === before.sha256, since };
}

export type Regained = {
  readonly table: TableName;
  readonly held: number;
  readonly restored: number;
  /** Rows that should be there again and are not: 0 in a drill that succeeds. */
  readonly lost: number;
  /** `kind → rows` that no rebuild brings back. */
  readonly notRebuilt: Readonly<Record<string, number>>;
  readonly why: string | null;
  /** From the oldest row that was lost to the loss; 0 when none was. */
  readonly rpoMs: number;
};

/** How many rows a rebuild has to bring back; `null` for a table of which none ever comes back. */
export function rebuildableIn(table: TableName, held: Holdings): number | null {
  if (REBUILT[table] === NOTHING) return null;
  return [...held].reduce((sum, [kind, ids]) => sum + (REBUILT[table](kind) ? ids.size : 0), 0);
}

/** @param lostAt  epoch milliseconds */
export function regained(table: TableName, before: Holdings, after: Holdings, lostAt: number): Regained {
  let [held, restored, lost, oldest] = [0, 0, 0, lostAt];
  const notRebuilt: Record<string, number> = {};
  for (const [kind, ids] of before)
    for (const [id, at] of ids) {
      held += 1;
      if (after.get(kind)?.has(id)) restored += 1;
      else if (REBUILT[table](kind)) {
        lost += 1;
        oldest = Math.min(oldest, Number.isNaN(at) ? oldest : at);
      } else notRebuilt[kind] = (notRebuilt[kind] ?? 0) + 1;
    }
  const why = Object.keys(notRebuilt).length > 0 ? WHY[table] : null;
  return { table, held, restored, lost, notRebuilt, why, rpoMs: lostAt - oldest };
}
