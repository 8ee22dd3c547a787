import type { Ticket } from '../shared/ports.ts';
import { type exampleOf, testWorld } from '../shared/testing.ts';
import { reconciler } from './handler.ts';

export const MINUTE = 60_000;
export type Fact = ReturnType<typeof exampleOf>;

/** A world in which the reconciler runs, with what customers write in it and what it tells. */
export function setUp() {
  const world = testWorld();
  const container = world.container('reconciler');
  const reads: string[] = [];
  Object.assign(container, {
    helpdesk: {
      ticket: (id: string): Promise<Ticket | null> => {
        reads.push(id);
        return world.helpdesk.ticket(id);
      },
    },
  });
  const told = (): Fact[] => world.bus.published.map(({ detail }) => JSON.parse(detail) as Fact);
  return {
    ...world,
    container,
    reads,
    told,
    run: () => reconciler(container)({}),
    missed: () => told().filter(({ metadata }) => metadata.eventName === 'MissedMessageDetected'),
    writes: (conversationId: string, text = 'Hello') => world.helpdesk.customerWrites({ conversationId, text }),
    claimed: (conversationId: string, id: string) =>
      world.store.put('idempotency', { key: `evt:rp:${conversationId}:${id}`, root_event_id: 'somebody' }),
    record: (conversationId: string, id: string) =>
      world.store.get('idempotency', { key: `evt:rp:${conversationId}:${id}` }),
    replaces: (ports: object) => Object.assign(container, ports),
  };
}
