/** The auditor's tables as text: as live traffic has made them, and as the archive makes them again. */
import {
  currentGeneration,
  FIRST_GENERATION,
  generationOf,
  modelIn,
  splitModel,
} from '../../../functions/auditor/generations.ts';
import { canonicalJson } from '../../../functions/shared/envelopes.ts';
import type { Item } from '../../../functions/shared/store/language.ts';
import { memoryStore } from '../../../functions/shared/store/memory.ts';
import type { Projection } from '../facts.ts';
import type { World } from './world.ts';

/** @param rebuild  the name of the replay that has written a generation of its own, out of the whole archive */
export async function projectionsOf(world: World, rebuild: string): Promise<Projection[]> {
  const { tables, scheduler, bus } = world;
  const current = await currentGeneration({ store: memoryStore(scheduler.clock, tables) });
  const rows = [...(tables.get('read_models')?.values() ?? [])];
  const trail = [...(tables.get('audit_trail')?.values() ?? [])];
  return [
    {
      table: 'read_models',
      original: readModel(rows, current),
      rebuilt: readModel(rows, generationOf(rebuild) ?? FIRST_GENERATION),
    },
    {
      table: 'audit_trail',
      original: sorted(trail.map(({ event_id, envelope }) => [String(event_id), withoutPublishing(String(envelope))])),
      // Of two copies, one of them with a recovery's mark, the first is as it was stated.
      rebuilt: sorted(
        bus.archive
          .map(({ detail }) => [eventIdOf(detail), withoutPublishing(canonicalJson(JSON.parse(detail)))] as const)
          .toReversed(),
      ),
    },
  ];
}

/** The rows of one generation as if they were of the first. */
function readModel(rows: readonly Item[], generation: string): Projection['original'] {
  const prefix = modelIn(generation, 'timeline#');
  return sorted(
    rows
      .filter(({ model }) => String(model).startsWith(prefix))
      .map((row) => [String(row.event_id), canonicalJson({ ...row, model: splitModel(String(row.model)).model })]),
  );
}

const eventIdOf = (detail: string): string =>
  (JSON.parse(detail) as { metadata: { eventId: string } }).metadata.eventId;
/** Two copies of one event differ in it (protocols §1); whichever came first is recorded. */
const withoutPublishing = (envelope: string): string => envelope.replace(/"publishedAt":"[^"]*"/, '');

/** By event id, each once. */
function sorted(rows: readonly (readonly [string, string])[]): Projection['original'] {
  return [...new Map(rows)].sort(([left], [right]) => (left < right ? -1 : 1));
}
