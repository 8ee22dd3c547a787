/** What a handler says of itself and what the topology grants it are the same (platform §4.5: permissions follow the ports used). */
import { describe, expect, it } from 'vitest';
import { CATALOGUE, EVENT_NAMES } from '../events/catalogue.ts';
import type { DeployedFunction } from '../functions/shared/function-settings.ts';
import { topology } from './topology.ts';
import { ROLES } from './topology-grants.ts';
import { DECLARATIONS } from './topology-rules.ts';

type Definition = {
  readonly name: string;
  readonly consumes: readonly string[];
  readonly produces: readonly string[];
  readonly uses: readonly string[];
};

/** Functions built by `consumer`; sweeper, reconciler, flag-watcher and sealer export their `uses` alone, ingest a type. */
const CONSUMERS = topology.functions.filter(({ name }) =>
  DECLARATIONS.some(({ target, hears }) => target === name && hears.length > 0),
);

async function definitionOf(name: string, entry: string): Promise<Definition> {
  const module: Record<string, unknown> = await import(
    new URL(`../${entry.replace('lambda.ts', 'handler.ts')}`, import.meta.url).href
  );
  const found = Object.values(module)
    .map((value) =>
      typeof value === 'function' && 'definition' in value ? (value.definition as Definition) : undefined,
    )
    .find((definition) => definition?.name === name);
  if (found === undefined) throw new Error(`${entry} has no consumer ${name}`);
  return found;
}

describe.each(CONSUMERS.map(({ name, entry }) => ({ name, entry })))('$name', ({ name, entry }) => {
  it('uses what the topology grants', async () => {
    const { uses } = await definitionOf(name, entry);
    expect([...uses].sort()).toEqual([...ROLES[name as DeployedFunction].uses].sort());
  });

  it('consumes what its rules bring', async () => {
    const { consumes } = await definitionOf(name, entry);
    const heard = DECLARATIONS.filter(({ target }) => target === name).flatMap(({ hears }) =>
      hears === 'everything' ? EVENT_NAMES : hears.map(({ event }) => event),
    );
    expect([...consumes].sort()).toEqual([...new Set(heard)].sort());
  });

  it('produces only facts whose declaration names it', async () => {
    const { produces } = await definitionOf(name, entry);
    const itsOwn = EVENT_NAMES.filter((event) => (CATALOGUE[event].producers as readonly string[]).includes(name));
    expect(produces.filter((event) => !(itsOwn as readonly string[]).includes(event))).toEqual([]);
  });
});

describe.each(['sweeper', 'reconciler', 'flag-watcher', 'sealer'] as const)('%s', (name) => {
  it('uses what the topology grants', async () => {
    const module: Record<string, unknown> = await import(
      new URL(`../functions/${name}/handler.ts`, import.meta.url).href
    );
    expect(module.uses).toEqual(ROLES[name].uses);
  });
});
