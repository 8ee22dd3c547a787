/** A generation of read models takes the place of the one in force: nobody ever reads half of it, and no row is lost on the way. */
import { createHash } from 'node:crypto';
import { FIRST_GENERATION, modelIn, POINTER, splitModel } from '../../functions/auditor/generations.ts';
import { canonicalJson } from '../../functions/shared/envelopes.ts';
import type { Store } from '../../functions/shared/ports.ts';
import { absent, any, eq, type Item, type Key } from '../../functions/shared/store/language.ts';
import { Failure } from '../failure.ts';
import type { Tables } from '../instance/tables.ts';

/** The new generation is completed from the one in force, and the pointer moved. */
export async function takePlace(
  { store, tables }: { readonly store: Store; readonly tables: Pick<Tables, 'scan'> },
  current: string,
  generation: string,
): Promise<void> {
  await carryOver(store, tables, current, generation);
  await movePointer(store, current, generation);
  // What was written to the old generation while the pointer moved.
  await carryOver(store, tables, current, generation);
}

/** For whoever finds that it has taken its place: the one that moved the pointer may have died before it looked again. */
export async function completeTaken(
  { store, tables }: { readonly store: Store; readonly tables: Pick<Tables, 'scan'> },
  generation: string,
): Promise<void> {
  const former = (await store.get('read_models', POINTER))?.former;
  if (typeof former === 'string') await carryOver(store, tables, former, generation);
}

export type Digests = ReadonlyMap<string, string>;

/** Row → hash of what it holds, for all rows of both generations, in one look: numbers in memory, whatever they are about. */
export async function digests(
  tables: Pick<Tables, 'scan'>,
  current: string,
  generation: string,
): Promise<{ readonly inForce: Digests; readonly rebuilt: Digests }> {
  const of = new Map([current, generation].map((one) => [one, new Map<string, string>()]));
  for await (const row of rowsOf(tables, [current, generation])) {
    const { generation: own, model } = splitModel(String(row.model));
    const hash = createHash('sha256').update(canonicalJson({ ...row, model }));
    of.get(own)?.set(placeOf(model, row), hash.digest('base64url').slice(0, 22));
  }
  return { inForce: of.get(current) ?? new Map(), rebuilt: of.get(generation) ?? new Map() };
}

/** How many rows a generation has by now. */
export async function countRows(tables: Pick<Tables, 'scan'>, generation: string): Promise<number> {
  let rows = 0;
  for await (const _ of rowsOf(tables, [generation], 'keys')) rows += 1;
  return rows;
}

/** The same for a row of every generation. */
const placeOf = (model: string, { key }: Item): string => `${model}\n${key}`;

/** @param read  `keys` leaves out all else, where it would be fetched for nothing */
function rowsOf(
  tables: Pick<Tables, 'scan'>,
  generations: readonly string[],
  read: 'keys' | 'rows' = 'rows',
): AsyncGenerator<Item> {
  const values = generations.map((generation, index) => [`:m${index}`, { S: modelIn(generation, 'timeline#') }]);
  return tables.scan('read_models', {
    FilterExpression: values.map(([name]) => `begins_with(#m, ${name})`).join(' OR '),
    ExpressionAttributeNames: { '#m': 'model', ...(read === 'keys' && { '#k': 'key' }) },
    ExpressionAttributeValues: Object.fromEntries(values),
    ...(read === 'keys' && { ProjectionExpression: '#m, #k' }),
    ConsistentRead: true,
  });
}

/** What the old generation has and the new one has not; what was written to the new one meanwhile stays. */
async function carryOver(store: Store, tables: Pick<Tables, 'scan'>, from: string, to: string): Promise<void> {
  const left = new Map<string, Key>();
  const there = new Set<string>();
  for await (const row of rowsOf(tables, [from, to], 'keys')) {
    const { generation, model } = splitModel(String(row.model));
    if (generation === to) there.add(placeOf(model, row));
    else left.set(placeOf(model, row), { model: String(row.model), key: String(row.key) });
  }
  for (const [place, key] of left) {
    const row = there.has(place) ? null : await store.get('read_models', key);
    if (row === null) continue;
    const model = modelIn(to, splitModel(String(row.model)).model);
    await store.put('read_models', { ...row, model }, absent('model'));
  }
}

async function movePointer(store: Store, from: string, to: string): Promise<void> {
  const isStill = from === FIRST_GENERATION ? any(absent('current'), eq('current', from)) : eq('current', from);
  const moved = await store.update('read_models', POINTER, { set: { current: to, former: from } }, isStill);
  if (moved === null)
    throw new Failure('swapped_meanwhile', 'another rebuild took their place meanwhile', 'start the rebuild again');
}
