/** A generation of read models takes the place of the one in force: nobody ever reads half of it, and no row is lost on the way. */
import { createHash } from 'node:crypto';
import { FIRST_GENERATION, modelIn, POINTER, splitModel } from '../../functions/auditor/generations.ts';
import { canonicalJson } from '../../functions/shared/envelopes.ts';
import type { Store } from '../../functions/shared/ports.ts';
import { absent, any, eq, type Item } from '../../functions/shared/store/language.ts';
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

/** Row → hash of what it holds, for all rows of a generation: numbers in memory, whatever they are about. */
export async function digests(tables: Pick<Tables, 'scan'>, generation: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for await (const row of rowsOf(tables, generation))
    found.set(
      `${row.model}\n${row.key}`,
      createHash('sha256').update(canonicalJson(row)).digest('base64url').slice(0, 22),
    );
  return found;
}

/** As rows of the first generation. */
async function* rowsOf(tables: Pick<Tables, 'scan'>, generation: string): AsyncGenerator<Item> {
  const question = {
    FilterExpression: 'begins_with(#m, :m)',
    ExpressionAttributeNames: { '#m': 'model' },
    ExpressionAttributeValues: { ':m': { S: modelIn(generation, 'timeline#') } },
    ConsistentRead: true,
  };
  for await (const row of tables.scan('read_models', question))
    yield { ...row, model: splitModel(String(row.model)).model };
}

async function carryOver(store: Store, tables: Pick<Tables, 'scan'>, from: string, to: string): Promise<void> {
  const there = await digests(tables, to);
  for await (const row of rowsOf(tables, from)) {
    if (there.has(`${row.model}\n${row.key}`)) continue;
    await store.put('read_models', { ...row, model: modelIn(to, String(row.model)) });
  }
}

async function movePointer(store: Store, from: string, to: string): Promise<void> {
  const isStill = from === FIRST_GENERATION ? any(absent('current'), eq('current', from)) : eq('current', from);
  const moved = await store.update('read_models', POINTER, { set: { current: to, former: from } }, isStill);
  if (moved === null)
    throw new Failure('swapped_meanwhile', 'another rebuild took their place meanwhile', 'start the rebuild again');
}
