/** The consumers of `functions/shared/consumers.ts`, found by their names: tests that run all functions run these too. */
import type { EventName } from '../events/catalogue.ts';
import type { ConsumerDefinition, Handler } from '../functions/shared/consumer/definition.ts';
import type { ConsumerName } from '../functions/shared/consumers.ts';
import type { Capabilities, Capability, Container } from '../functions/shared/container.ts';

export type Watcher = {
  readonly definition: ConsumerDefinition<Capability, EventName, never>;
  readonly bind: (container: Container<keyof Capabilities>) => Handler;
};

/** Its handler's one consumer; throws where the folder has none of that name. */
export async function watcher(name: ConsumerName): Promise<Watcher> {
  const module: Record<string, unknown> = await import(`../functions/${name}/handler.ts`);
  for (const value of Object.values(module)) {
    if (typeof value !== 'function' || !('definition' in value)) continue;
    const definition = value.definition as Watcher['definition'];
    if (definition.name === name) return { definition, bind: value as unknown as Watcher['bind'] };
  }
  throw new Error(`functions/${name}/handler.ts has no consumer ${name}`);
}
