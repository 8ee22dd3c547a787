/** What the live view looks up of a running endpoint: queues, invocations that wait, rules that are off. */
import type { Endpoint } from '../../../../local/platform/endpoint.ts';
import type { Topology } from '../../../../stacks/topology-types.ts';
import type { Standing } from './aggregate.ts';

type Looked = Pick<Endpoint, 'sqs' | 'dispatcher' | 'names' | 'database'>;

export type Lookups = { standing(): Standing; rulesOff(): ReadonlySet<string> };

export function lookupsOf({ sqs, dispatcher, names, database }: Looked, { functions }: Topology): Lookups {
  const selectOff = database.prepare("SELECT name FROM eb_rule WHERE state = 'DISABLED'");
  const known = new Set(sqs.queueNames());
  const held = (queue: string): number => {
    if (!known.has(queue)) return 0;
    const { visible, inFlight, delayed } = sqs.depth(queue);
    return visible + inFlight + delayed;
  };
  return {
    standing: () => ({
      invocations: dispatcher.depths(),
      queues: new Map(
        functions.map(({ name }) => [
          name,
          {
            later: held(names.laterQueue(name)),
            failed: held(names.failureQueue(name)),
            dead: held(names.deadLetterQueue(name)),
          },
        ]),
      ),
    }),
    rulesOff: () => new Set((selectOff.all() as { name: string }[]).map(({ name }) => name)),
  };
}
