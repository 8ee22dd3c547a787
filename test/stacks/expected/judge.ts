/** Holds a graph against what the specification lets a reviewer expect. */
import type { Graph, Resource } from '../../../tools/stacks/graph.ts';
import { all, kindOf, nameOf } from '../query.ts';
import { differences } from './match.ts';
import { placeOf, written } from './read.ts';
import type { Expectation } from './types.ts';

export type Judgement = {
  readonly problems: readonly string[];
  /** Resources that some entry speaks of, with the ids of these. */
  readonly claimed: ReadonlyMap<Resource, readonly string[]>;
};

/** Every entry must find its resources as it describes them, and every resource an entry that speaks of it. */
export function judgeResources(graph: Graph, entries: readonly Expectation[]): Judgement {
  const claimed = new Map<Resource, string[]>();
  const problems = entries
    .filter(({ on }) => on === undefined || on.includes(graph.stage))
    .flatMap((entry) => written(entry, placeOf(graph)))
    .flatMap((entry) => {
      const found = resourcesOf(graph, entry);
      for (const resource of found) claimed.set(resource, [...(claimed.get(resource) ?? []), entry.id]);
      return [...miscounted(entry, found), ...found.flatMap((resource) => unlike(entry, resource))];
    });
  const surprises = graph.resources
    .filter((resource) => !claimed.has(resource))
    .map((resource) => `${kindOf(resource)} ${nameOf(resource)}: no entry of expected.yaml speaks of it`);
  return { problems: [...problems, ...surprises], claimed };
}

function resourcesOf(graph: Graph, { type, where = {} }: Expectation): Resource[] {
  return all(graph, type).filter(({ properties }) => differences(properties, where).length === 0);
}

function miscounted({ id, spec, type, count = 1, where }: Expectation, { length }: readonly Resource[]): string[] {
  const isRight = count === 'any' || (count === 'some' ? length > 0 : length === count);
  const sought = where === undefined ? '' : ` ${JSON.stringify(where)}`;
  return isRight ? [] : [`${id} (${spec}): ${length} of ${type}${sought}, expected ${count}`];
}

function unlike({ id, spec, has = {} }: Expectation, resource: Resource): string[] {
  return differences(resource.properties, has).map((one) => `${id} (${spec}): ${nameOf(resource)}: ${one}`);
}
