/**
 * Read models live in generations. A rebuild writes its own, beside the one in force, and the pointer is moved when it is whole:
 * nobody ever reads half a projection, and claims of an older generation discard nothing (platform §11.5).
 */
import type { Base } from '../shared/container.ts';
import type { Item, Key } from '../shared/store/language.ts';

/** Holds `current`, the generation that people read. */
export const POINTER: Key = { model: 'projection', key: 'pointer' };
/** What everything is written to until the first rebuild. */
export const FIRST_GENERATION = '';

/**
 * The generation of a rebuild: its name without the digits that count its windows, so that all windows of a run write one.
 * `null` for anything but a rebuild.
 */
export function generationOf(replayName: string | null): string | null {
  return /^rebuild-(.{1,22})/.exec(replayName ?? '')?.[1] ?? null;
}

/** Partition of a model in a generation. */
export function modelIn(generation: string, model: string): string {
  return generation === FIRST_GENERATION ? model : `${generation}/${model}`;
}

/** The same the other way round. */
export function splitModel(partition: string): { readonly generation: string; readonly model: string } {
  const end = partition.indexOf('/timeline#');
  return end === -1
    ? { generation: FIRST_GENERATION, model: partition }
    : { generation: partition.slice(0, end), model: partition.slice(end + 1) };
}

export async function currentGeneration({ store }: Pick<Base, 'store'>): Promise<string> {
  return String((await store.get('read_models', POINTER))?.current ?? FIRST_GENERATION);
}

/**
 * Writes a row to the generation in force. The pointer is read again after the write: a swap copies what it finds in the old
 * generation after it moved the pointer, so that a row is either found there or written to the new one as well.
 */
export async function writeInForce(base: Pick<Base, 'store'>, row: Item): Promise<void> {
  let written: string | undefined;
  for (;;) {
    const generation = await currentGeneration(base);
    if (generation === written) return;
    await writeTo(base, generation, row);
    written = generation;
  }
}

/** Every row is a function of one fact and keyed by it: written twice, late or in any order, it is the same row. */
export async function writeTo({ store }: Pick<Base, 'store'>, generation: string, row: Item): Promise<void> {
  await store.put('read_models', { ...row, model: modelIn(generation, String(row.model)) });
}
