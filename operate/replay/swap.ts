/** The end of a rebuild: the new generation is compared with the one in force, completed from it, and takes its place. */
import { setTimeout as sleep } from 'node:timers/promises';
import { currentGeneration, FIRST_GENERATION, generationOf } from '../../functions/auditor/generations.ts';
import { dynamoStore } from '../../functions/shared/store/live-dynamodb.ts';
import { Failure } from '../failure.ts';
import { asking, tableClient } from '../instance/clients.ts';
import type { Tables } from '../instance/tables.ts';
import { count } from '../text.ts';
import type { Driving } from './drive.ts';
import type { Run } from './runs.ts';
import { completeTaken, countRows, digests, takePlace } from './take-place.ts';

export type Comparison = {
  /** Rows of the period that are the same to the byte. */
  readonly equal: number;
  readonly different: number;
  /** In force, and not rebuilt. */
  readonly missing: number;
  /** Rebuilt, and not in force: what had been lost. */
  readonly added: number;
};

/** The new generation counts as whole when it has not grown for so long. */
const QUIET_MS = 2_000;
/** The same while rows are missing that will probably come. */
const PATIENCE_MS = 15_000;
/** A fact that happened right before the end may have been published after it; its row is carried over. */
const EDGE_MS = 60_000;

/** Throws `not_equal` unless `isForced`: then the rebuilt rows win, and what was not rebuilt is carried over. */
export async function finishRebuild(
  { place, tables, note }: Pick<Driving, 'place' | 'tables' | 'note'>,
  run: Run,
  isForced: boolean,
): Promise<Comparison> {
  const client = tableClient(place);
  const store = dynamoStore(client, place.env, { now: Date.now });
  try {
    const generation = generationOf(run.name) ?? FIRST_GENERATION;
    const current = await asking('DynamoDB', () => currentGeneration({ store }));
    if (current === generation) {
      await asking('DynamoDB', () => completeTaken({ store, tables }, generation));
      return compare(new Map(), new Map(), run);
    }
    note('waiting until the new read models are whole');
    const compared = await untilWhole(tables, current, generation, run);
    note(
      `${count(compared.equal, 'row')} equal, ${compared.different} different, ${compared.missing} not rebuilt, ${compared.added} restored`,
    );
    if (!isForced && (compared.different > 0 || compared.missing > 0))
      throw new Failure(
        'not_equal',
        `${compared.different} rows differ and ${compared.missing} were not rebuilt, so the read models in force stay`,
        `npx frontdesk replay resume ${run.name}, or the same with --override to take the new ones; where rows near the end are missing, cancel it and start again with a later --to`,
      );
    await asking('DynamoDB', () => takePlace({ store, tables }, current, generation));
    return compared;
  } finally {
    client.destroy();
  }
}

async function untilWhole(
  tables: Pick<Tables, 'scan'>,
  current: string,
  generation: string,
  run: Run,
): Promise<Comparison> {
  let known = -1;
  let grewAt = performance.now();
  for (;;) {
    const began = performance.now();
    const rows = await countRows(tables, generation);
    if (rows !== known) grewAt = began;
    known = rows;
    const quietMs = began - grewAt;
    if (quietMs >= QUIET_MS) {
      const { inForce, rebuilt } = await digests(tables, current, generation);
      const compared = compare(inForce, rebuilt, run);
      if (rebuilt.size === known && (compared.missing === 0 || quietMs >= PATIENCE_MS)) return compared;
    }
    // What is missing may still come; the look itself takes its time from those who bring it.
    await sleep(Math.max(QUIET_MS, performance.now() - began));
  }
}

/** Pure. */
export function compare(
  inForce: ReadonlyMap<string, string>,
  rebuilt: ReadonlyMap<string, string>,
  { from, to }: { readonly from: number; readonly to: number },
): Comparison {
  const result = { equal: 0, different: 0, missing: 0, added: 0 };
  for (const [row, digest] of inForce) {
    const other = rebuilt.get(row);
    if (other === digest) result.equal += 1;
    else if (other !== undefined) result.different += 1;
    else if (isWithin(row, from + EDGE_MS, to - EDGE_MS)) result.missing += 1;
  }
  for (const row of rebuilt.keys()) if (!inForce.has(row)) result.added += 1;
  return result;
}

function isWithin(row: string, from: number, to: number): boolean {
  const at = Date.parse(row.slice(row.indexOf('\n') + 1).split('#')[0] ?? '');
  return at >= from && at <= to;
}
