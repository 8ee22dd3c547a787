/** One round: load, kill, a look at what was left, restart, and the verdict on what became of it. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ReadyObject } from '../../../local/platform/ready-file.ts';
import { readFolder, tablesOf } from '../../processes/folder.ts';
import { type Product, startProduct, type Victim } from '../../processes/product.ts';
import { type State, tally, unsettled } from '../../processes/states.ts';
import { startLoad } from './load.ts';
import { freezeIn } from './moment.ts';
import { type Recovery, untilSettled } from './recovery.ts';
import { doubled, type Shown, type Told, unaccounted } from './replies.ts';

export type Plan = {
  readonly data: string;
  readonly portBase: number;
  readonly victim: Victim;
  readonly perSecond: number;
  /** Of the round; other rounds write other messages. */
  readonly seed: string;
  readonly random: () => number;
  /** States to be caught; `null` for a moment drawn at random. */
  readonly aim: ReadonlySet<State> | null;
};

export type Round = {
  readonly product: Product;
  readonly loadMs: number;
  readonly written: number;
  readonly accepted: number;
  /** How many messages were in which state at the kill. */
  readonly states: ReadonlyMap<State, number>;
  /** Processes of the dead group when the restart was ready. */
  readonly survivors: number;
  readonly recovery: Recovery;
  readonly doubled: readonly string[];
  readonly unaccounted: readonly string[];
};

/** Load before the kill: enough for messages to be on every part of the way, on a slow machine too. */
const LOAD_MS = [2_000, 7_000] as const;
const LEAST_ACCEPTED = 10;
const ACCEPTED_WITHIN_MS = 30_000;
const POLL_MS = 20;

export async function playRound(before: Product, plan: Plan): Promise<Round> {
  const { data, portBase, victim, random, aim } = plan;
  const load = startLoad(before.ready.richpanelUrl, plan.perSecond, plan.seed);
  const began = performance.now();
  await sleep(aim === null ? LOAD_MS[0] + random() * (LOAD_MS[1] - LOAD_MS[0]) : LOAD_MS[0]);
  while (load.accepted.length < LEAST_ACCEPTED && performance.now() - began < ACCEPTED_WITHIN_MS) await sleep(POLL_MS);
  if (aim !== null) await freezeIn(aim, before, load, data, random);
  await before.kill(victim);
  const loadMs = performance.now() - began;
  await load.stop();
  // Only what nobody writes to any more can be read: an orphan ends by itself when its supervisor is gone.
  const left = unsettled(await readFolder(data), load.accepted);
  const product = await startProduct(data, portBase);
  const survivors = before.survivors().length;
  const tables = await tablesOf(data);
  const recovery = await untilSettled(tables, left.keys(), load.accepted, product.readyAt);
  await tables.close();
  const outbox = await asked<Told[]>(product.ready, 'outbox');
  return {
    product,
    loadMs,
    written: load.written(),
    accepted: load.accepted.length,
    states: tally(left.values()),
    survivors,
    recovery,
    doubled: doubled(await asked<Shown[]>(product.ready, 'tickets'), outbox),
    unaccounted: unaccounted(recovery.ledger, outbox),
  };
}

async function asked<T>({ richpanelUrl }: ReadyObject, call: string): Promise<T> {
  return (await (await fetch(`${richpanelUrl}/__sandbox/${call}`)).json()) as T;
}
